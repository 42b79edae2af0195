// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/eventcopy.h"

#include "core/format.h"
#include "models/tracetreemodel.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace genscope {

namespace {

constexpr PrettyLimits kWhole{1u << 31, 1u << 31};
constexpr int kCallsInMarkdown = 100;

/// For the context that translators see.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(EventCopy)
};

QString textOf(const std::string &utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

/// One line that is no markup: names come from strangers.
QString plain(const QString &text)
{
    QString line;
    for (const QChar c : text.left(200).simplified()) {
        if (QStringLiteral("\\`*_{}[]<>#|~!&").contains(c))
            line += QLatin1Char('\\');
        line += c;
    }
    return line;
}

/// In a fence that is longer than any inside.
QString fenced(const QString &text, const QString &language = {})
{
    int longest = 2;
    int run = 0;
    for (const QChar c : text) {
        run = c == QLatin1Char('`') ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const QString fence(longest + 1, QLatin1Char('`'));
    return fence + language + QLatin1Char('\n') + text + QLatin1Char('\n') + fence + QStringLiteral("\n\n");
}

QString roleText(const ConversationMessage &message)
{
    const bool output = message.origin == ConversationMessage::Origin::Output;
    switch (message.role) {
    case ConversationMessage::Role::User:
        return Text::tr("User");
    case ConversationMessage::Role::System:
        return Text::tr("System");
    case ConversationMessage::Role::Assistant:
        return output ? Text::tr("Assistant (output)") : Text::tr("Assistant");
    case ConversationMessage::Role::Tool:
        return Text::tr("Tool");
    case ConversationMessage::Role::Other:
        break;
    }
    return plain(message.roleName);
}

QString partText(const ConversationPart &part)
{
    switch (part.kind) {
    case ConversationPart::Kind::Text:
        return fenced(part.text);
    case ConversationPart::Kind::Reasoning:
        return Text::tr("Reasoning:") + QStringLiteral("\n\n") + fenced(part.text);
    case ConversationPart::Kind::ToolCall:
        return Text::tr("Tool call: %1").arg(plain(part.title)) + QStringLiteral("\n\n") +
               fenced(part.text, QStringLiteral("json"));
    case ConversationPart::Kind::ToolResult:
        return Text::tr("Tool result: %1").arg(plain(part.title)) + QStringLiteral("\n\n") +
               fenced(part.text);
    case ConversationPart::Kind::Media:
        return QStringLiteral("[%1: %2]\n\n").arg(plain(part.title), plain(part.text));
    case ConversationPart::Kind::Raw:
        return fenced(part.text, QStringLiteral("json"));
    }
    return {};
}

QString tokensText(std::optional<std::int64_t> input, std::optional<std::int64_t> output,
                   const QLocale &locale)
{
    const auto count = [&locale](std::optional<std::int64_t> number) {
        return number ? formatCount(*number, locale) : QStringLiteral("–");
    };
    return input || output ? count(input) + QStringLiteral(" → ") + count(output) : QString();
}

QString markdown(const EventDetail &event, const QLocale &locale, const QString &level)
{
    QStringList title{eventKindTitle(event.kind)};
    for (const std::string &name : {event.name, event.model})
        if (!name.empty())
            title += plain(textOf(name));
    QString text = level + QLatin1Char(' ') + title.join(QStringLiteral(" · ")) + QStringLiteral("\n\n");
    const auto fact = [&text](const QString &name, const QString &value) {
        if (!value.isEmpty())
            text += QStringLiteral("- %1: %2\n").arg(name, value);
    };
    fact(Text::tr("Time"), QString::fromStdString(event.zone.iso(event.timestamp)));
    fact(Text::tr("Provider"), plain(textOf(event.provider)));
    fact(Text::tr("User"), event.user.empty() ? Text::tr("anonymous") : plain(textOf(event.user)));
    fact(Text::tr("Latency"), event.latency ? formatSeconds(*event.latency, locale) : QString());
    fact(Text::tr("First token"), event.ttft ? formatSeconds(*event.ttft, locale) : QString());
    fact(Text::tr("Tokens"), tokensText(event.inputTokens, event.outputTokens, locale));
    if (event.bill)
        fact(Text::tr("Cost"), event.cost ? formatMoney(*event.cost, locale) : Text::tr("unpriced"));
    fact(Text::tr("Trace"), plain(textOf(event.trace)));
    fact(Text::tr("ID"), plain(textOf(event.uuid)));
    text += QLatin1Char('\n');
    if (event.failed)
        text += Text::tr("Error:") + QStringLiteral("\n\n") + fenced(textOf(event.error));
    for (const ConversationMessage &message : event.conversation.messages) {
        text += level + QStringLiteral("# ") + roleText(message) + QStringLiteral("\n\n");
        for (const ConversationPart &part : message.parts)
            text += partText(part);
    }
    return text;
}

QString outline(const TraceDetail &trace, const QLocale &locale)
{
    QString text;
    std::vector<int> depths;
    for (const TraceEvent &event : trace.events) {
        const int depth = event.parent < 0 ? 0 : depths[static_cast<std::size_t>(event.parent)] + 1;
        depths.push_back(depth);
        QStringList facts{eventKindTitle(event.kind)};
        for (const std::string &name : {event.name, event.model})
            if (!name.empty())
                facts += plain(textOf(name));
        if (event.latency)
            facts += formatSeconds(*event.latency, locale);
        facts += tokensText(event.inputTokens, event.outputTokens, locale);
        if (event.cost)
            facts += formatMoney(*event.cost, locale);
        if (event.failed)
            facts += Text::tr("failed: %1").arg(plain(textOf(event.error)));
        facts.removeAll(QString());
        text += QString(2 * std::min(depth, 20), QLatin1Char(' ')) + QStringLiteral("- ") +
                facts.join(QStringLiteral(" · ")) + QLatin1Char('\n');
    }
    return text;
}

} // namespace

QString eventAsJson(const EventDetail &event)
{
    const auto tree = JsonTree::parse(*event.raw);
    return tree ? prettyJson((*tree)->root(), kWhole).text : textOf(*event.raw);
}

QString eventAsMarkdown(const EventDetail &event, const QLocale &locale)
{
    return markdown(event, locale, QStringLiteral("##"));
}

Result<std::string> traceAsJson(const Selection &selection, const TraceDetail &trace)
{
    std::vector<std::uint32_t> rows = trace.notes;
    for (const TraceEvent &event : trace.events)
        rows.push_back(event.row);
    std::sort(rows.begin(), rows.end());
    std::string json;
    const Status read = selection.reader->readRawEvents(rows, [&json](std::uint32_t, const std::string &raw) {
        json += json.empty() ? "[\n" : ",\n";
        json += raw;
    });
    if (!read)
        return read.error();
    return json.empty() ? std::string("[]\n") : json + "\n]\n";
}

Result<QString> traceAsMarkdown(const Selection &selection, const TraceDetail &trace, const QLocale &locale)
{
    const TraceSummary &sum = trace.summary;
    QString text =
        QStringLiteral("# ") +
        (trace.name.empty() ? Text::tr("Trace %1").arg(plain(textOf(trace.id))) : plain(textOf(trace.name))) +
        QStringLiteral("\n\n");
    const auto fact = [&text](const QString &name, const QString &value) {
        if (!value.isEmpty())
            text += QStringLiteral("- %1: %2\n").arg(name, value);
    };
    fact(Text::tr("ID"), plain(textOf(trace.id)));
    fact(Text::tr("Started"), QString::fromStdString(trace.zone.iso(Timestamp{trace.startUs})));
    fact(Text::tr("Wall clock"),
         formatSeconds(static_cast<double>(trace.endUs - trace.startUs) / 1e6, locale));
    if (sum.costPico != kMissing)
        fact(Text::tr("Cost"), formatMoney(Money{sum.costPico}, locale));
    if (sum.unpriced > 0)
        fact(Text::tr("Unpriced calls"), formatCount(sum.unpriced, locale));
    fact(Text::tr("Errors"), formatCount(sum.errors, locale));
    text += QLatin1Char('\n') + outline(trace, locale) + QLatin1Char('\n');
    int calls = 0;
    int left = 0;
    for (const TraceEvent &event : trace.events) {
        if (event.kind != EventKind::Generation && event.kind != EventKind::Embedding)
            continue;
        if (++calls > kCallsInMarkdown) {
            ++left;
            continue;
        }
        const auto detail = loadEventDetail(selection, event.row);
        if (!detail)
            return detail.error();
        text += eventAsMarkdown(**detail, locale);
    }
    if (left > 0)
        text += Text::tr("%n more call(s) left out.", nullptr, left) + QLatin1Char('\n');
    return text;
}

} // namespace genscope
