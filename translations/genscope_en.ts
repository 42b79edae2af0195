<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
    <context>
        <name>DumpReader</name>
        <message numerus="yes">
            <source>%n file(s) left out: they hold no events</source>
            <translation>
                <numerusform>%n file left out: they hold no events</numerusform>
                <numerusform>%n files left out: they hold no events</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) left out: the manifest does not list them</source>
            <translation>
                <numerusform>%n file left out: the manifest does not list them</numerusform>
                <numerusform>%n files left out: the manifest does not list them</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) cannot be read: each is %1; export the events as JSON Lines or as CSV</source>
            <translation>
                <numerusform>%n file cannot be read: each is %1; export the events as JSON Lines or as CSV</numerusform>
                <numerusform>%n files cannot be read: each is %1; export the events as JSON Lines or as CSV</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>it lists %n file(s), none of which is here, so it does not choose among those that are</source>
            <translation>
                <numerusform>it lists %n file, none of which is here, so it does not choose among those that are</numerusform>
                <numerusform>it lists %n files, none of which is here, so it does not choose among those that are</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>EventCopy</name>
        <message numerus="yes">
            <source>%n more call(s) left out.</source>
            <translation>
                <numerusform>%n more call left out.</numerusform>
                <numerusform>%n more calls left out.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PrettyJson</name>
        <message numerus="yes">
            <source>… %n more</source>
            <translation>
                <numerusform>… %n more</numerusform>
                <numerusform>… %n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Store</name>
        <message numerus="yes">
            <source> (and %n more like it)</source>
            <translation>
                <numerusform> (and %n more like it)</numerusform>
                <numerusform> (and %n more like it)</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::BarChart</name>
        <message numerus="yes">
            <source>%n more</source>
            <translation>
                <numerusform>%n more</numerusform>
                <numerusform>%n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::ChartTile</name>
        <message numerus="yes">
            <source>None of %n matching row(s) carries this number.</source>
            <translation>
                <numerusform>None of %n matching row carries this number.</numerusform>
                <numerusform>None of %n matching rows carries this number.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::CommandLine</name>
        <message numerus="yes">
            <source>… and %n more rejected</source>
            <translation>
                <numerusform>… and %n more rejected</numerusform>
                <numerusform>… and %n more rejected</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>rebuilt from %n event(s)</source>
            <translation>
                <numerusform>rebuilt from %n event</numerusform>
                <numerusform>rebuilt from %n events</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1: %n damaged original(s) could not be kept, the first at %2. The store as it was is kept as %3.</source>
            <translation>
                <numerusform>%1: %n damaged original could not be kept, the first at %2. The store as it was is kept as %3.</numerusform>
                <numerusform>%1: %n damaged originals could not be kept, the first at %2. The store as it was is kept as %3.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>sound: %n event(s)</source>
            <translation>
                <numerusform>sound: %n event</numerusform>
                <numerusform>sound: %n events</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>not sound: %n problem(s)</source>
            <translation>
                <numerusform>not sound: %n problem</numerusform>
                <numerusform>not sound: %n problems</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n faulty price row(s) in %1</source>
            <translation>
                <numerusform>%n faulty price row in %1</numerusform>
                <numerusform>%n faulty price rows in %1</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Nothing looks wrong in %Ln event(s).
</source>
            <translation>
                <numerusform>Nothing looks wrong in %Ln event.
</numerusform>
                <numerusform>Nothing looks wrong in %Ln events.
</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1: %2: %Ln event(s), %3
</source>
            <translation>
                <numerusform>%1: %2: %Ln event, %3
</numerusform>
                <numerusform>%1: %2: %Ln events, %3
</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::CompareDialog</name>
        <message numerus="yes">
            <source>%n line(s) differ</source>
            <translation>
                <numerusform>%n line differ</numerusform>
                <numerusform>%n lines differ</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::ConnectDialog</name>
        <message numerus="yes">
            <source>the last %n day(s)</source>
            <translation>
                <numerusform>the last %n day</numerusform>
                <numerusform>the last %n days</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>every %n minute(s)</source>
            <translation>
                <numerusform>every %n minute</numerusform>
                <numerusform>every %n minutes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::ConversationView</name>
        <message numerus="yes">
            <source>Show %n earlier message(s)</source>
            <translation>
                <numerusform>Show %n earlier message</numerusform>
                <numerusform>Show %n earlier messages</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Show %n message(s) that the call before had too</source>
            <translation>
                <numerusform>Show %n message that the call before had too</numerusform>
                <numerusform>Show %n messages that the call before had too</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::CostChangeDialog</name>
        <message numerus="yes">
            <source>%n call(s) without a price are in no amount.</source>
            <translation>
                <numerusform>%n call without a price are in no amount.</numerusform>
                <numerusform>%n calls without a price are in no amount.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::Dashboard</name>
        <message numerus="yes">
            <source>it needs one to %n measure(s)</source>
            <translation>
                <numerusform>it needs one to %n measure</numerusform>
                <numerusform>it needs one to %n measures</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>A dashboard has one to %n tile(s).</source>
            <translation>
                <numerusform>A dashboard has one to %n tile.</numerusform>
                <numerusform>A dashboard has one to %n tiles.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::DataIssue</name>
        <message numerus="yes">
            <source>%n more model(s)</source>
            <translation>
                <numerusform>%n more model</numerusform>
                <numerusform>%n more models</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::DiffModel</name>
        <message numerus="yes">
            <source>%n line(s) that are the same</source>
            <translation>
                <numerusform>%n line that are the same</numerusform>
                <numerusform>%n lines that are the same</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::DocumentController</name>
        <message numerus="yes">
            <source>%n file(s)</source>
            <translation>
                <numerusform>%n file</numerusform>
                <numerusform>%n files</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>One store is shown at a time: opening %1, leaving out %n other(s).</source>
            <translation>
                <numerusform>One store is shown at a time: opening %1, leaving out %n other.</numerusform>
                <numerusform>One store is shown at a time: opening %1, leaving out %n others.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Rebuilt %1 from %n event(s).</source>
            <translation>
                <numerusform>Rebuilt %1 from %n event.</numerusform>
                <numerusform>Rebuilt %1 from %n events.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n damaged original(s) could not be kept; the store as it was is kept as %1.</source>
            <translation>
                <numerusform>%n damaged original could not be kept; the store as it was is kept as %1.</numerusform>
                <numerusform>%n damaged originals could not be kept; the store as it was is kept as %1.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::ExportDialog</name>
        <message numerus="yes">
            <source>The %n shown, in their order</source>
            <translation>
                <numerusform>The %n shown, in their order</numerusform>
                <numerusform>The %n shown, in their order</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Everything: all %n columns</source>
            <translation>
                <numerusform>Everything: all %n columns</numerusform>
                <numerusform>Everything: all %n columns</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::ExportJob</name>
        <message numerus="yes">
            <source>Wrote %n row(s) to %1.</source>
            <translation>
                <numerusform>Wrote %n row to %1.</numerusform>
                <numerusform>Wrote %n rows to %1.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::FindingList</name>
        <message numerus="yes">
            <source>%n warning(s)</source>
            <translation>
                <numerusform>%n warning</numerusform>
                <numerusform>%n warnings</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n note(s)</source>
            <translation>
                <numerusform>%n note</numerusform>
                <numerusform>%n notes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::ImportReportDialog</name>
        <message numerus="yes">
            <source>%n file(s)</source>
            <translation>
                <numerusform>%n file</numerusform>
                <numerusform>%n files</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::MessageBar</name>
        <message numerus="yes">
            <source>%n more</source>
            <translation>
                <numerusform>%n more</numerusform>
                <numerusform>%n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::PageStack</name>
        <message numerus="yes">
            <source>%n new spike(s). %1 of %2: %3 instead of %4.</source>
            <translation>
                <numerusform>%n new spike. %1 of %2: %3 instead of %4.</numerusform>
                <numerusform>%n new spikes. %1 of %2: %3 instead of %4.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::PriceBook</name>
        <message numerus="yes">
            <source>%n model(s) without a price per token left out</source>
            <translation>
                <numerusform>%n model without a price per token left out</numerusform>
                <numerusform>%n models without a price per token left out</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n more faulty row(s)</source>
            <translation>
                <numerusform>%n more faulty row</numerusform>
                <numerusform>%n more faulty rows</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::PriceEditor</name>
        <message numerus="yes">
            <source>%n further tier(s) stay as they are.</source>
            <translation>
                <numerusform>%n further tier stay as they are.</numerusform>
                <numerusform>%n further tiers stay as they are.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::PricesPage</name>
        <message numerus="yes">
            <source>delete %n price(s)</source>
            <translation>
                <numerusform>delete %n price</numerusform>
                <numerusform>delete %n prices</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n of your own in this store</source>
            <translation>
                <numerusform>%n of your own in this store</numerusform>
                <numerusform>%n of your own in this store</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::PropertyModel</name>
        <message numerus="yes">
            <source>{ %n member(s) }</source>
            <translation>
                <numerusform>{ %n member }</numerusform>
                <numerusform>{ %n members }</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>[ %n element(s) ]</source>
            <translation>
                <numerusform>[ %n element ]</numerusform>
                <numerusform>[ %n elements ]</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::PropertyView</name>
        <message numerus="yes">
            <source>%n match(es)</source>
            <translation>
                <numerusform>%n match</numerusform>
                <numerusform>%n matches</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::Report</name>
        <message numerus="yes">
            <source>%Ln generation(s)</source>
            <translation>
                <numerusform>%Ln generation</numerusform>
                <numerusform>%Ln generations</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln user(s)</source>
            <translation>
                <numerusform>%Ln user</numerusform>
                <numerusform>%Ln users</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln generation(s) failed (%1).</source>
            <translation>
                <numerusform>%Ln generation failed (%1).</numerusform>
                <numerusform>%Ln generations failed (%1).</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::SessionView</name>
        <message numerus="yes">
            <source>Show %n earlier call(s)</source>
            <translation>
                <numerusform>Show %n earlier call</numerusform>
                <numerusform>Show %n earlier calls</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Show %n message(s) that the call before had too</source>
            <translation>
                <numerusform>Show %n message that the call before had too</numerusform>
                <numerusform>Show %n messages that the call before had too</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::Spikes</name>
        <message numerus="yes">
            <source>%n call(s)</source>
            <translation>
                <numerusform>%n call</numerusform>
                <numerusform>%n calls</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::SpikesPage</name>
        <message numerus="yes">
            <source>%n unusual interval(s), strongest first.</source>
            <translation>
                <numerusform>%n unusual interval, strongest first.</numerusform>
                <numerusform>%n unusual intervals, strongest first.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n unusual interval(s) of before. What is selected has changed: looking again …</source>
            <translation>
                <numerusform>%n unusual interval of before. What is selected has changed: looking again …</numerusform>
                <numerusform>%n unusual intervals of before. What is selected has changed: looking again …</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::StatusLine</name>
        <message numerus="yes">
            <source>%n file(s)</source>
            <translation>
                <numerusform>%n file</numerusform>
                <numerusform>%n files</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::SyncPlan</name>
        <message numerus="yes">
            <source>The server gives at most %n event(s) at once.</source>
            <translation>
                <numerusform>The server gives at most %n event at once.</numerusform>
                <numerusform>The server gives at most %n events at once.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n day(s) lacked events and were pulled again.</source>
            <translation>
                <numerusform>%n day lacked events and were pulled again.</numerusform>
                <numerusform>%n days lacked events and were pulled again.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::SyncProgress</name>
        <message numerus="yes">
            <source>prompts and answers of %n trace(s) to come</source>
            <translation>
                <numerusform>prompts and answers of %n trace to come</numerusform>
                <numerusform>prompts and answers of %n traces to come</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::TableChart</name>
        <message numerus="yes">
            <source>%n more</source>
            <translation>
                <numerusform>%n more</numerusform>
                <numerusform>%n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::TablePage</name>
        <message numerus="yes">
            <source>Copied %n row(s).</source>
            <translation>
                <numerusform>Copied %n row.</numerusform>
                <numerusform>Copied %n rows.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::TimeSeriesChart</name>
        <message numerus="yes">
            <source>%n more</source>
            <translation>
                <numerusform>%n more</numerusform>
                <numerusform>%n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::TracePane</name>
        <message numerus="yes">
            <source>%n call(s)</source>
            <translation>
                <numerusform>%n call</numerusform>
                <numerusform>%n calls</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n step(s) name a parent that is not here.</source>
            <translation>
                <numerusform>%n step name a parent that is not here.</numerusform>
                <numerusform>%n steps name a parent that is not here.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n circle(s) of parents cut.</source>
            <translation>
                <numerusform>%n circle of parents cut.</numerusform>
                <numerusform>%n circles of parents cut.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n step(s) have the id of an earlier one.</source>
            <translation>
                <numerusform>%n step have the id of an earlier one.</numerusform>
                <numerusform>%n steps have the id of an earlier one.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::TraceTreeModel</name>
        <message numerus="yes">
            <source>%n below</source>
            <translation>
                <numerusform>%n below</numerusform>
                <numerusform>%n below</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>genscope::ValuePopup</name>
        <message numerus="yes">
            <source>%1: %n value(s)</source>
            <translation>
                <numerusform>%1: %n value</numerusform>
                <numerusform>%1: %n values</numerusform>
            </translation>
        </message>
    </context>
</TS>
