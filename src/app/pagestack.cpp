// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pagestack.h"

#include "app/dashboardpage.h"
#include "app/drilldown.h"
#include "app/findinglist.h"
#include "app/latency/latencypage.h"
#include "app/listen/listenpage.h"
#include "app/prices/pricespage.h"
#include "app/prices/pricesview.h"
#include "app/qualitypage.h"
#include "app/spikes/spikespage.h"
#include "app/startpage.h"
#include "app/tables/tablepage.h"
#include "sync/listener.h"
#include "workspace/qualitycheck.h"
#include "workspace/spikesurvey.h"
#include "workspace/spikewatch.h"
#include "workspace/spikewords.h"
#include "workspace/workspace.h"

#include <QDesktopServices>
#include <QTabWidget>

#include <utility>

namespace genscope {

namespace {

ListKind listOf(PageId page)
{
    switch (page) {
    case PageId::Traces:
        return ListKind::Traces;
    case PageId::Sessions:
        return ListKind::Sessions;
    case PageId::Users:
        return ListKind::Users;
    case PageId::Customers:
        return ListKind::Customers;
    case PageId::Errors:
        return ListKind::Errors;
    case PageId::Tools:
        return ListKind::Tools;
    case PageId::Embeddings:
        return ListKind::Embeddings;
    case PageId::Feedback:
        return ListKind::Feedback;
    case PageId::Dashboard:
    case PageId::Generations:
    case PageId::Latency:
    case PageId::Spikes:
    case PageId::Prices:
    case PageId::Quality:
    case PageId::Listen:
        return ListKind::Generations;
    }
    return ListKind::Generations;
}

} // namespace

PageStack::PageStack(Workspace *workspace, const Services &services, QWidget *parent)
    : QStackedWidget(parent),
      m_workspace(workspace),
      m_services(services),
      m_check(new QualityCheck(workspace, this)),
      m_listener(new Listener(workspace, this)),
      m_start(new StartPage(!services.samplePath.isEmpty(), this))
{
    addWidget(m_start);
    for (const PageId id : kPages) {
        QWidget *page = makePage(id);
        m_pages[static_cast<std::size_t>(id)] = page;
        addWidget(page);
    }
    surveySpikes();
}

TablePage *PageStack::table(PageId id) const
{
    return qobject_cast<TablePage *>(m_pages[static_cast<std::size_t>(id)]);
}

void PageStack::setRemoteProject(std::function<std::optional<RemoteProject>()> project)
{
    m_remoteProject = std::move(project);
}

// --- Making

QWidget *PageStack::makePage(PageId id)
{
    switch (id) {
    case PageId::Dashboard:
        return makeDashboard();
    case PageId::Latency:
        return makeLatencyPage();
    case PageId::Spikes:
        return makeSpikesPage();
    case PageId::Prices:
        return makePricesPage();
    case PageId::Quality:
        return makeQualityPage();
    case PageId::Listen:
        return makeListenPage();
    case PageId::Generations:
    case PageId::Traces:
    case PageId::Sessions:
    case PageId::Users:
    case PageId::Customers:
    case PageId::Errors:
    case PageId::Tools:
    case PageId::Embeddings:
    case PageId::Feedback:
        return makeTablePage(listOf(id));
    }
    return nullptr;
}

QWidget *PageStack::makeDashboard()
{
    m_dashboard = new DashboardPage(m_workspace, m_services.now, m_services.settings, this);
    connect(m_dashboard, &DashboardPage::drilled, this,
            [this](ListKind kind, const Scope &scope) { Q_EMIT drillRequested(pageOf(kind), scope); });
    connect(m_dashboard, &DashboardPage::unpricedActivated, this, [this] {
        Q_EMIT pageRequested(PageId::Prices);
        m_prices->showPrices();
    });
    connect(m_dashboard, &DashboardPage::failed, this, &PageStack::raiseError);
    return m_dashboard;
}

QWidget *PageStack::makeTablePage(ListKind kind)
{
    FileDialogs *dialogs = m_services.dialogs;
    TableServices services;
    services.settings = m_services.settings;
    services.saveFile = [dialogs](QWidget *parent, const QString &title, const QString &proposed,
                                  const QStringList &filters, std::function<void(const QString &)> chosen) {
        dialogs->saveFile(parent, title, proposed, filters, std::move(chosen));
    };
    services.remote.project = [this] { return m_remoteProject(); }; // which may be said later
    services.remote.open = [this](const QUrl &link) {
        m_services.openLink ? m_services.openLink(link) : void(QDesktopServices::openUrl(link));
    };
    auto *page = new TablePage(m_workspace, kind, services, this);
    connect(page, &TablePage::message, this, [this](const QString &text) {
        Q_EMIT messageRaised({Message::Severity::Notice, text, {}, {}, {}});
    });
    connect(page, &TablePage::filterRequested, this, [this](const Filter &toAdd) {
        m_workspace->setFilter(withCondition(m_workspace->scope().filter, toAdd));
    });
    connect(page, &TablePage::unpricedActivated, this, [this] {
        Q_EMIT pageRequested(PageId::Prices);
        m_prices->showPrices();
    });
    connect(page, &TablePage::priceRequested, this, [this](const QString &model, const QString &provider) {
        Q_EMIT pageRequested(PageId::Prices);
        m_prices->reveal(model, provider);
    });
    connect(page, &TablePage::openListRequested, this, [this](ListKind list, const Filter &toAdd) {
        Scope scope = m_workspace->scope();
        scope.filter = withCondition(scope.filter, toAdd);
        Q_EMIT drillRequested(pageOf(list), scope);
    });
    return page;
}

QWidget *PageStack::makeLatencyPage()
{
    m_latency = new LatencyPage(m_workspace, m_services.now, m_services.settings, this);
    connect(m_latency, &LatencyPage::drilled, this,
            [this](ListKind kind, const Scope &scope) { Q_EMIT drillRequested(pageOf(kind), scope); });
    connect(m_latency, &LatencyPage::failed, this, &PageStack::raiseError);
    return m_latency;
}

QWidget *PageStack::makePricesPage()
{
    m_prices = new PricesPage(m_workspace, m_services, this);
    connect(m_prices, &PricesPage::message, this, &PageStack::messageRaised);
    connect(m_prices, &PricesPage::callsRequested, this,
            [this](const Filter &filter, const TimeRange &range) {
                Scope scope = m_workspace->scope();
                scope.range = range;
                scope.filter = filter;
                Q_EMIT drillRequested(PageId::Generations, scope);
            });
    connect(m_prices->tabs(), &QTabWidget::currentChanged, this, &PageStack::scopeExplanationChanged);
    return m_prices;
}

QWidget *PageStack::makeQualityPage()
{
    m_quality = new QualityPage(m_check, this);
    connect(m_quality->list(), &FindingList::eventsRequested, this, &PageStack::showFinding);
    connect(m_check, &QualityCheck::importChecked, this, &PageStack::tellImportQuality);
    connect(m_check, &QualityCheck::failed, this, &PageStack::raiseError);
    return m_quality;
}

QWidget *PageStack::makeSpikesPage()
{
    m_spikeWatch = new SpikeWatch(m_workspace, this);
    m_spikes = new SpikesPage(m_workspace, m_spikeWatch, this);
    connect(m_spikes, &SpikesPage::callsRequested, this,
            [this](const Filter &filter, const TimeRange &range) {
                Scope scope = m_workspace->scope();
                scope.range = range;
                scope.filter = withCondition(scope.filter, filter);
                Q_EMIT drillRequested(PageId::Generations, scope);
            });
    return m_spikes;
}

/// Marks spikes on charts, and tells of new ones.
void PageStack::surveySpikes()
{
    m_spikeSurvey = new SpikeSurvey(m_workspace, this);
    connect(m_spikeSurvey, &SpikeSurvey::changed, this, [this] {
        m_dashboard->setSpikes(m_spikeSurvey->spikes());
        m_latency->setSpikes(m_spikeSurvey->spikes());
    });
    connect(m_spikeSurvey, &SpikeSurvey::appeared, this, &PageStack::tellSpikes);
    connect(m_dashboard, &DashboardPage::spikeActivated, this, &PageStack::showSpike);
    connect(m_latency, &LatencyPage::spikeActivated, this, &PageStack::showSpike);
}

QWidget *PageStack::makeListenPage()
{
    m_listenPage = new ListenPage(m_workspace, m_listener, m_services.settings, this);
    connect(m_listener, &Listener::failed, this, &PageStack::raiseError);
    connect(m_listener, &Listener::notice, this, &PageStack::statusRaised);
    connect(m_listener, &Listener::stateChanged, this, [this] {
        TimeRange range = m_workspace->scope().range;
        if (m_listener->state() == Listener::State::Listening && std::exchange(range.to, std::nullopt))
            m_workspace->setTimeRange(range); // else what comes now would not be seen
    });
    return m_listenPage;
}

void PageStack::raiseError(const Error &error)
{
    Q_EMIT messageRaised({Message::Severity::Error, error.message, {}, {}, {}});
}

// --- Showing

void PageStack::showStart()
{
    setCurrentWidget(m_start);
}

void PageStack::showPage(PageId id)
{
    QWidget *page = m_pages[static_cast<std::size_t>(id)];
    setCurrentWidget(page);
    if (auto *table = qobject_cast<TablePage *>(page))
        table->focusTable();
    else
        page->setFocus(Qt::OtherFocusReason);
    Q_EMIT scopeExplanationChanged();
}

QString PageStack::scopeExplanation() const
{
    if (showsPrices() && m_prices->tabs()->currentIndex() == 0)
        return tr("Prices are those of the whole store: time range and filter do not count here.");
    if (currentWidget() == m_quality)
        return tr("What looks wrong is told of the whole store: time range and filter do not count here.");
    if (currentWidget() == m_listenPage)
        return tr("Whatever comes in is shown: time range and filter do not count here.");
    return {};
}

bool PageStack::showsPrices() const
{
    return currentWidget() == m_prices;
}

bool PageStack::find()
{
    if (showsPrices()) {
        m_prices->view()->focusSearch();
        return true;
    }
    auto *table = qobject_cast<TablePage *>(currentWidget());
    return table != nullptr && table->findInDetail();
}

void PageStack::showFinding(const DataFinding &finding)
{
    if (!m_workspace->isOpen())
        return;
    // Over all time and without another filter, so that as many are shown as were counted.
    Scope scope = m_workspace->scope();
    scope.range = {};
    scope.filter = finding.filter();
    Q_EMIT drillRequested(finding.generations > 0 ? PageId::Generations : PageId::Traces, scope);
}

void PageStack::tellSpikes(const Spike &strongest, int count)
{
    const SpikeQuery query = SpikeSurvey::queryOf(strongest.measure);
    Q_EMIT messageRaised({Message::Severity::Notice,
                          tr("%n new spike(s). %1 of %2: %3 instead of %4.", "", count)
                              .arg(spikeMeasureTitle(strongest.measure), spikeWho(strongest, query),
                                   spikeAmount(strongest, strongest.observed, locale()),
                                   spikeAmount(strongest, strongest.baseline, locale())),
                          {},
                          tr("Show"),
                          [this, strongest] { showSpike(strongest); }});
}

void PageStack::showSpike(const Spike &spike)
{
    Q_EMIT pageRequested(PageId::Spikes);
    m_spikes->reveal(spike, SpikeSurvey::queryOf(spike.measure));
}

void PageStack::tellImportQuality()
{
    const std::vector<DataFinding> &findings = m_check->findings();
    if (findings.empty())
        return;
    QStringList titles;
    for (const DataFinding &finding : findings)
        titles.push_back(issueWords(finding.issue).title);
    const bool warning = issueRule(findings.front().issue).severity == IssueSeverity::Warning;
    Q_EMIT messageRaised({warning ? Message::Severity::Warning : Message::Severity::Notice,
                          tr("Data quality: %1. %2.")
                              .arg(qualitySummary(findings, m_check->events(), locale()), titles.front()),
                          titles.join(QLatin1Char('\n')), tr("Show"),
                          [this] { Q_EMIT pageRequested(PageId::Quality); }});
}

} // namespace genscope
