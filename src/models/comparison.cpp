// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/comparison.h"

#include "core/format.h"
#include "models/roles.h"
#include "models/tablecolumns.h"
#include "models/tracetreemodel.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace genscope {

namespace {

constexpr qsizetype kLongestLine = 120;
constexpr std::size_t kContext = 2; ///< same lines that stay beside a difference
constexpr qsizetype kLongestText = 2'000'000;

/// For the context that translators see.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Comparison)
};

QString textOf(const std::string &utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

/// Prose has few line ends: cut it behind sentences, so that what was inserted moves nothing but its own.
QString cutIntoLines(const QString &text)
{
    QString out;
    out.reserve(text.size() + text.size() / 40);
    qsizetype length = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c == QLatin1Char('\n')) {
            out += c;
            length = 0;
            continue;
        }
        out += c;
        ++length;
        const bool sentence =
            i + 1 < text.size() && text.at(i + 1).isSpace() && QStringLiteral(".!?:;").contains(c);
        const bool ideographic = QStringLiteral("。！？").contains(c);
        if (((sentence || ideographic) && length > 30) || (length >= kLongestLine && c.isSpace()) ||
            (length >= 2 * kLongestLine && !c.isHighSurrogate())) {
            out += QLatin1Char('\n');
            length = 0;
            if (sentence && text.at(i + 1) == QLatin1Char(' '))
                ++i;
        }
    }
    return out;
}

QString sideText(const Conversation &conversation, ConversationMessage::Origin origin)
{
    QString text;
    for (const ConversationMessage &message : conversation.messages) {
        if (message.origin != origin)
            continue;
        if (!message.roleName.isEmpty())
            text += message.roleName + QStringLiteral(":\n");
        for (const ConversationPart &part : message.parts) {
            if (!part.title.isEmpty())
                text += QLatin1Char('[') + part.title + QStringLiteral("]\n");
            text += part.text + QLatin1Char('\n');
        }
        if (text.size() > kLongestText)
            return text.left(kLongestText) + QLatin1Char('\n') + Text::tr("(the rest is not compared)");
    }
    return text;
}

Comparison::Text textOf(const QString &title, const QString &left, const QString &right)
{
    return {title, diffLines(cutIntoLines(left), cutIntoLines(right))};
}

/// Collects the facts with their differences.
class Facts
{
public:
    Facts(std::vector<Comparison::Fact> &out, const QLocale &locale) : m_out(out), m_locale(locale) {}

    void words(const QString &name, const QString &left, const QString &right)
    {
        if (!left.isEmpty() || !right.isEmpty())
            m_out.push_back({name, left.left(200), right.left(200), {}, left != right});
    }
    void seconds(const QString &name, std::optional<double> left, std::optional<double> right)
    {
        const auto text = [this](double value) { return formatSeconds(value, m_locale); };
        add(name, left, right, text, ratio(left, right));
    }
    void count(const QString &name, std::optional<std::int64_t> left, std::optional<std::int64_t> right)
    {
        const auto text = [this](std::int64_t value) { return formatCount(value, m_locale); };
        const auto real = [](std::optional<std::int64_t> value) {
            return value ? std::optional(static_cast<double>(*value)) : std::nullopt;
        };
        add(name, left, right, text, ratio(real(left), real(right)));
    }
    void money(const QString &name, std::optional<Money> left, std::optional<Money> right)
    {
        const auto text = [this](Money value) { return formatMoney(value, m_locale); };
        add(name, left, right, text,
            left && right && *left != *right ? signedMoney(*right - *left, m_locale) : QString());
    }

private:
    QString ratio(std::optional<double> left, std::optional<double> right) const
    {
        return left && right && *left != *right && *left != 0 ? signedRatio(*right / *left - 1, m_locale)
                                                              : QString();
    }
    template<typename T, typename Format>
    void add(const QString &name, const std::optional<T> &left, const std::optional<T> &right,
             const Format &format, const QString &difference)
    {
        if (left || right)
            m_out.push_back({name, left ? format(*left) : QString(), right ? format(*right) : QString(),
                             difference, left != right});
    }

    std::vector<Comparison::Fact> &m_out;
    const QLocale &m_locale;
};

QString titleOf(const std::string &name, const std::string &id)
{
    return name.empty() ? shortenId(textOf(id), 24) : textOf(name).left(60);
}

/// One line a step, indented by its depth, without what differs from run to run.
QString outlineOf(const TraceDetail &trace)
{
    QString text;
    std::vector<int> depths;
    for (const TraceEvent &event : trace.events) {
        const int depth = event.parent < 0 ? 0 : depths[static_cast<std::size_t>(event.parent)] + 1;
        depths.push_back(depth);
        text += QString(2 * std::min(depth, 20), QLatin1Char(' ')) + eventKindTitle(event.kind);
        for (const std::string &part : {event.name, event.model})
            if (!part.empty())
                text += QStringLiteral("  ") + textOf(part).simplified();
        if (event.failed)
            text += QStringLiteral("  ") + Text::tr("failed: %1").arg(textOf(event.error).simplified());
        text += QLatin1Char('\n');
    }
    text.chop(1);
    return text;
}

} // namespace

Comparison compareEvents(const EventDetail &left, const EventDetail &right, const QLocale &locale)
{
    Comparison comparison{titleOf({}, left.uuid), titleOf({}, right.uuid), {}, {}};
    Facts facts(comparison.facts, locale);
    facts.words(Text::tr("Time"), formatInstant(left.timestamp, left.zone, locale),
                formatInstant(right.timestamp, right.zone, locale));
    facts.words(Text::tr("Kind"), eventKindTitle(left.kind), eventKindTitle(right.kind));
    facts.words(Text::tr("Name"), textOf(left.name), textOf(right.name));
    facts.words(Text::tr("Model"), textOf(left.model), textOf(right.model));
    facts.words(Text::tr("Provider"), textOf(left.provider), textOf(right.provider));
    facts.words(Text::tr("User"), textOf(left.user), textOf(right.user));
    facts.seconds(Text::tr("Latency"), left.latency, right.latency);
    facts.seconds(Text::tr("First token"), left.ttft, right.ttft);
    facts.count(Text::tr("Input tokens"), left.inputTokens, right.inputTokens);
    facts.count(Text::tr("Output tokens"), left.outputTokens, right.outputTokens);
    facts.count(Text::tr("Cached tokens read"), left.cacheReadTokens, right.cacheReadTokens);
    facts.count(Text::tr("Reasoning tokens"), left.reasoningTokens, right.reasoningTokens);
    facts.money(Text::tr("Cost"), left.cost, right.cost);
    facts.words(Text::tr("Error"), textOf(left.error), textOf(right.error));
    using Origin = ConversationMessage::Origin;
    comparison.texts.push_back(textOf(Text::tr("Input"), sideText(left.conversation, Origin::Input),
                                      sideText(right.conversation, Origin::Input)));
    comparison.texts.push_back(textOf(Text::tr("Output"), sideText(left.conversation, Origin::Output),
                                      sideText(right.conversation, Origin::Output)));
    return comparison;
}

Comparison compareTraces(const TraceDetail &left, const TraceDetail &right, const QLocale &locale)
{
    Comparison comparison{titleOf(left.name, left.id), titleOf(right.name, right.id), {}, {}};
    Facts facts(comparison.facts, locale);
    const auto known = [](std::int64_t value) {
        return value == kMissing ? std::nullopt : std::optional(value);
    };
    const auto real = [](double value) { return std::isnan(value) ? std::nullopt : std::optional(value); };
    const auto money = [](std::int64_t pico) {
        return pico == kMissing ? std::nullopt : std::optional(Money{pico});
    };
    const TraceSummary &a = left.summary;
    const TraceSummary &b = right.summary;
    facts.words(Text::tr("Started"), formatInstant(Timestamp{left.startUs}, left.zone, locale),
                formatInstant(Timestamp{right.startUs}, right.zone, locale));
    facts.words(Text::tr("User"), textOf(left.user), textOf(right.user));
    facts.seconds(Text::tr("Wall clock"), real(a.latencyWall), real(b.latencyWall));
    facts.seconds(Text::tr("PostHog latency"), real(a.latencyPostHog), real(b.latencyPostHog));
    facts.money(Text::tr("Cost"), money(a.costPico), money(b.costPico));
    facts.count(Text::tr("Input tokens"), known(a.inputTokens), known(b.inputTokens));
    facts.count(Text::tr("Output tokens"), known(a.outputTokens), known(b.outputTokens));
    facts.count(Text::tr("Events"), a.events, b.events);
    facts.count(Text::tr("Generations"), a.generations, b.generations);
    facts.count(Text::tr("Errors"), a.errors, b.errors);
    facts.words(Text::tr("Tools"), left.tools.join(QStringLiteral(", ")),
                right.tools.join(QStringLiteral(", ")));
    comparison.texts.push_back({Text::tr("Steps"), diffLines(outlineOf(left), outlineOf(right))});
    return comparison;
}

DiffModel::DiffModel(QObject *parent) : QAbstractTableModel(parent) {}

void DiffModel::setTexts(std::vector<Comparison::Text> texts)
{
    beginResetModel();
    m_texts = std::move(texts);
    arrange();
    endResetModel();
}

void DiffModel::setFolded(bool folded)
{
    beginResetModel();
    m_folded = folded;
    arrange();
    endResetModel();
}

void DiffModel::setTitles(const QString &left, const QString &right)
{
    m_left = left;
    m_right = right;
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, 1);
}

void DiffModel::arrange()
{
    m_rows.clear();
    for (const Comparison::Text &text : m_texts) {
        const std::size_t count = text.lines.size();
        const auto isSame = [&text](std::size_t i) { return text.lines[i].kind == DiffLine::Kind::Same; };
        const bool same = std::all_of(text.lines.begin(), text.lines.end(),
                                      [](const DiffLine &line) { return line.kind == DiffLine::Kind::Same; });
        const QString title = count == 0 ? tr("%1: none").arg(text.title)
                              : same     ? tr("%1: the same").arg(text.title)
                                         : text.title;
        m_rows.push_back({{DiffLine::Kind::Same, title, title}, true, false});
        for (std::size_t i = 0; i < count;) {
            std::size_t end = i;
            while (end < count && isSame(end))
                ++end;
            const std::size_t head = i == 0 ? 0 : kContext;
            const std::size_t tail = end == count ? 0 : kContext;
            if (m_folded && end - i > head + tail + 1) {
                for (std::size_t k = i; k < i + head; ++k)
                    m_rows.push_back({text.lines[k], false, false});
                const QString words =
                    tr("%n line(s) that are the same", nullptr, static_cast<int>(end - i - head - tail));
                m_rows.push_back({{DiffLine::Kind::Same, words, words}, false, true});
                i = end - tail;
            }
            for (; i < end; ++i)
                m_rows.push_back({text.lines[i], false, false});
            for (; i < count && !isSame(i); ++i)
                m_rows.push_back({text.lines[i], false, false});
        }
    }
}

int DiffModel::differences() const
{
    return static_cast<int>(std::count_if(
        m_rows.begin(), m_rows.end(), [](const Row &row) { return row.line.kind != DiffLine::Kind::Same; }));
}

int DiffModel::nextDifference(int row, int direction) const
{
    const auto differs = [this](int at) {
        return at >= 0 && at < rowCount() &&
               m_rows[static_cast<std::size_t>(at)].line.kind != DiffLine::Kind::Same;
    };
    int at = row;
    while (differs(at)) // out of the one that is selected
        at += direction;
    while (at >= 0 && at < rowCount() && !differs(at))
        at += direction;
    return differs(at) ? at : -1;
}

int DiffModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int DiffModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 2;
}

QVariant DiffModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case FullTextRole:
        return index.column() == 0 ? row.line.left : row.line.right;
    case Qt::AccessibleTextRole: {
        const QString text = index.column() == 0 ? row.line.left : row.line.right;
        return row.line.kind == DiffLine::Kind::Same ? text : tr("different: %1").arg(text);
    }
    case HeadingRole:
        return row.heading;
    case KindRole:
        return static_cast<int>(row.line.kind);
    case FoldRole:
        return row.fold;
    default:
        return {};
    }
}

QVariant DiffModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical || role != Qt::DisplayRole)
        return {};
    return section == 0 ? m_left : m_right;
}

} // namespace genscope
