// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/filtercompletion.h"

#include "analytics/filterlexer.h"
#include "analytics/issueindex.h"
#include "analytics/rollupfield.h"
#include "core/format.h"
#include "workspace/selection.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <bit>

namespace genscope {

namespace {

using Wants = CompletionPoint::Wants;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(FilterCompletion)
};

/// Follows the grammar loosely: enough to know what comes next, without judging what came before.
class PointFinder
{
public:
    explicit PointFinder(std::string_view text) : m_text(text) {}

    CompletionPoint find()
    {
        FilterLexer lexer(m_text);
        for (FilterToken token = lexer.next(); token.kind != FilterToken::Kind::End; token = lexer.next()) {
            const bool atCursor = token.offset + token.length == m_text.size();
            if (atCursor && isOpen(token))
                return pointAt(token);
            take(token);
        }
        return pointAtEnd();
    }

private:
    /// A word at the cursor may still grow; so may a quoted value that is not closed.
    static bool isOpen(const FilterToken &token)
    {
        switch (token.kind) {
        case FilterToken::Kind::Word:
        case FilterToken::Kind::Number:
            return true;
        case FilterToken::Kind::Broken:
            return true;
        case FilterToken::Kind::Text:
        case FilterToken::Kind::Symbol:
        case FilterToken::Kind::End:
            return false;
        }
        return false;
    }

    CompletionPoint pointAt(const FilterToken &token) const
    {
        if (token.kind == FilterToken::Kind::Broken && token.trouble != FilterToken::Trouble::OpenQuote &&
            token.trouble != FilterToken::Trouble::OpenBacktick)
            return {Wants::Nothing, m_text.size(), {}, {}};
        std::string typed(m_text.substr(token.offset));
        if (typed.starts_with('"'))
            typed.erase(0, 1);
        if (m_wants == Wants::Operator)
            return {m_wants, m_operatorBegin.value_or(token.offset), operatorText(), m_field};
        return {m_wants, token.offset, std::move(typed), fieldInQuestion()};
    }

    CompletionPoint pointAtEnd() const
    {
        if (m_wants == Wants::Operator && m_operatorBegin)
            return {m_wants, *m_operatorBegin, operatorText(), m_field};
        return {m_wants, m_text.size(), {}, fieldInQuestion()};
    }

    std::optional<Field> fieldInQuestion() const
    {
        return m_wants == Wants::Operator || m_wants == Wants::Value ? m_field : std::nullopt;
    }

    /// From the first word of an operator of several words to the cursor.
    std::string operatorText() const
    {
        std::size_t begin = m_operatorBegin.value_or(m_text.size());
        if (!m_operatorBegin) {
            const std::size_t space = m_text.find_last_of(" \t)");
            begin = space == m_text.npos ? 0 : space + 1;
        }
        return std::string(m_text.substr(begin));
    }

    void take(const FilterToken &token)
    {
        switch (m_wants) {
        case Wants::Field:
            takeOperand(token);
            return;
        case Wants::Operator:
            takeOperator(token);
            return;
        case Wants::Value:
            if (m_inList && token.text == "(")
                return;
            m_wants = m_inList ? Wants::Nothing : Wants::Connective;
            return;
        case Wants::Nothing: // inside a list, behind a value
            if (token.text == ",")
                m_wants = Wants::Value;
            else if (token.text == ")")
                endCondition();
            return;
        case Wants::Connective:
            if (token.text == "and" || token.text == "or")
                m_wants = Wants::Field;
            return;
        }
    }

    void takeOperand(const FilterToken &token)
    {
        if (token.text == "not" || token.text == "(" || token.kind != FilterToken::Kind::Word)
            return;
        m_field.reset();
        if (auto field = Field::parse(token.text))
            m_field = *field;
        m_wants = Wants::Operator;
        m_operatorBegin.reset();
    }

    void takeOperator(const FilterToken &token)
    {
        const std::string &word = token.text;
        if (word == "and" || word == "or") {
            m_wants = Wants::Field; // a bare boolean
        } else if (word == ")") {
            endCondition();
        } else if (word == "set") {
            endCondition();
        } else if (word == "in") {
            m_inList = true;
            m_wants = Wants::Value;
        } else if (word == "not" || word == "is") {
            if (!m_operatorBegin)
                m_operatorBegin = token.offset;
        } else {
            m_wants = Wants::Value;
        }
    }

    void endCondition()
    {
        m_wants = Wants::Connective;
        m_inList = false;
        m_field.reset();
    }

    std::string_view m_text;
    Wants m_wants = Wants::Field;
    bool m_inList = false;
    std::optional<Field> m_field;
    std::optional<std::size_t> m_operatorBegin;
};

/// How a field is compared: decides which operators come first and whether its values are listed.
enum class Nature { Named, Boolean, Measured, Instant, Any };

Nature natureOf(const Field &field)
{
    using Id = Field::Id;
    switch (field.id) {
    case Id::IsError:
    case Id::Stream:
    case Id::Priced:
        return Nature::Boolean;
    case Id::Timestamp:
    case Id::Started:
        return Nature::Instant;
    case Id::Cost:
    case Id::CostInput:
    case Id::CostOutput:
    case Id::CostCacheRead:
    case Id::CostCacheWrite:
    case Id::CostRequest:
    case Id::CostWebSearch:
    case Id::Latency:
    case Id::TimeToFirstToken:
    case Id::InputTokens:
    case Id::OutputTokens:
    case Id::CacheReadTokens:
    case Id::CacheWriteTokens:
    case Id::ReasoningTokens:
    case Id::TotalTokens:
        return Nature::Measured;
    case Id::HttpStatus:
    case Id::HourOfDay:
    case Id::DayOfWeek:
    case Id::Property:
        return Nature::Any;
    default: // the rest of a long list is text
        return Nature::Named;
    }
}

bool isWholeNumberField(const Field &field)
{
    return field.id == Field::Id::HttpStatus || field.id == Field::Id::HourOfDay ||
           field.id == Field::Id::DayOfWeek;
}

/// Those of @p choices that hold @p typed, those that begin with it first; the order is kept otherwise.
QVector<Choice> matching(QVector<Choice> choices, const std::string &typed)
{
    const QString wanted = QString::fromStdString(typed).trimmed();
    if (wanted.isEmpty())
        return choices;
    QVector<Choice> first;
    QVector<Choice> rest;
    for (Choice &choice : choices) {
        if (choice.text.startsWith(wanted, Qt::CaseInsensitive))
            first.push_back(std::move(choice));
        else if (choice.text.contains(wanted, Qt::CaseInsensitive))
            rest.push_back(std::move(choice));
    }
    return first + rest;
}

QString toQt(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

std::string quoted(std::string_view value)
{
    std::string text = "\"";
    for (const char c : value) {
        if (c == '"' || c == '\\')
            text += '\\';
        text += c;
    }
    return text + '"';
}

std::string nameText(std::string_view name)
{
    const bool plain = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
               c == '$' || c == '-';
    });
    return plain ? std::string(name) : '`' + std::string(name) + '`';
}

Choice operatorChoice(const char *text, const QString &meaning)
{
    const QString shown = QString::fromLatin1(text);
    const bool takesList = shown.endsWith(QLatin1String("in"));
    const bool endsCondition = shown.endsWith(QLatin1String("set"));
    return {shown, meaning,
            shown + (takesList       ? QStringLiteral(" (")
                     : endsCondition ? QString()
                                     : QStringLiteral(" "))};
}

/// Counts text codes and whole numbers; other types have no values worth listing.
std::vector<ValueCount> countValues(const FieldReader &reader, const Snapshot &snapshot)
{
    std::vector<ValueCount> values;
    if (reader.type() == FieldReader::Type::Text) {
        std::vector<std::int64_t> counts(reader.valueCount());
        std::vector<std::uint32_t> scratch;
        for (std::size_t segment = 0; segment < snapshot.segmentCount(); ++segment) {
            for (const std::uint32_t code : reader.codes(segment, scratch))
                ++counts[code];
        }
        if (!reader.manyValued()) {
            for (std::uint32_t code = 1; code < counts.size(); ++code)
                values.push_back({std::string(reader.value(code)), counts[code]});
            return values;
        }
        std::vector<std::int64_t> members(reader.memberCount());
        for (std::uint32_t code = 0; code < counts.size(); ++code) {
            for (const std::uint32_t member : reader.membersOf(code))
                members[member] += counts[code];
        }
        for (std::uint32_t member = 1; member < members.size(); ++member)
            values.push_back({std::string(reader.member(member)), members[member]});
        return values;
    }
    if (reader.type() != FieldReader::Type::Integer)
        return values;
    std::map<std::int64_t, std::int64_t> counts;
    std::vector<std::int64_t> scratch;
    for (std::size_t segment = 0; segment < snapshot.segmentCount(); ++segment) {
        for (const std::int64_t value : reader.ints(segment, scratch)) {
            if (value != kMissing)
                ++counts[value];
        }
    }
    for (const auto &[value, events] : counts)
        values.push_back({std::to_string(value), events});
    return values;
}

} // namespace

CompletionPoint completionPoint(std::string_view text)
{
    return PointFinder(text).find();
}

std::string fieldText(const PropertyPath &path)
{
    switch (path.scope) {
    case PropertyPath::Scope::Event:
        return "event." + nameText(path.name);
    case PropertyPath::Scope::Person:
        return "person." + nameText(path.name);
    case PropertyPath::Scope::Group:
        return "group." + nameText(path.groupType) + '.' + nameText(path.name);
    }
    return {};
}

QVector<Choice> fieldSuggestions(const CompletionPoint &point, const std::vector<PropertyFact> &properties)
{
    QVector<Choice> choices;
    const auto add = [&choices](const QString &name, const QString &detail) {
        choices.push_back({name, detail, name + QLatin1Char(' ')});
    };
    for (const std::string_view name : Field::builtinNames())
        add(toQt(name), {});
    add(QStringLiteral("input"), Text::tr("search in prompts"));
    add(QStringLiteral("output"), Text::tr("search in answers"));
    for (const std::string &name : RollupField::names())
        add(toQt(name),
            name.starts_with("trace") ? Text::tr("of the whole trace") : Text::tr("of the whole session"));
    for (const PropertyFact &fact : properties)
        add(toQt(fieldText(fact.path)), describedFact(fact, QLocale()));
    return matching(std::move(choices), point.typed);
}

QVector<Choice> operatorSuggestions(const CompletionPoint &point)
{
    const QVector<Choice> equality = {operatorChoice("=", Text::tr("is")),
                                      operatorChoice("!=", Text::tr("is not"))};
    const QVector<Choice> order = {
        operatorChoice(">", Text::tr("more than")), operatorChoice(">=", Text::tr("at least")),
        operatorChoice("<", Text::tr("less than")), operatorChoice("<=", Text::tr("at most"))};
    const QVector<Choice> lists = {operatorChoice("in", Text::tr("is one of")),
                                   operatorChoice("not in", Text::tr("is none of"))};
    const QVector<Choice> text = {operatorChoice("contains", Text::tr("contains, in any case")),
                                  operatorChoice("not contains", Text::tr("does not contain")),
                                  operatorChoice("~", Text::tr("matches a pattern")),
                                  operatorChoice("!~", Text::tr("matches no pattern"))};
    const QVector<Choice> presence = {operatorChoice("is set", Text::tr("has a value")),
                                      operatorChoice("is not set", Text::tr("has no value"))};
    QVector<Choice> choices;
    switch (point.field ? natureOf(*point.field) : Nature::Any) {
    case Nature::Named:
        choices = equality + lists + text + presence;
        break;
    case Nature::Boolean:
        choices = equality + presence;
        break;
    case Nature::Measured:
        choices = order + equality + presence;
        break;
    case Nature::Instant:
        choices = order;
        break;
    case Nature::Any:
        choices = equality + lists + text + order + presence;
        break;
    }
    return matching(std::move(choices), point.typed);
}

QVector<Choice> connectiveSuggestions(const CompletionPoint &point)
{
    return matching({{QStringLiteral("and"), Text::tr("both hold"), QStringLiteral("and ")},
                     {QStringLiteral("or"), Text::tr("one of them holds"), QStringLiteral("or ")}},
                    point.typed);
}

namespace {

/// Every code of the field `issue`, those that the store has first. Only columns are looked at: nobody waits
/// for a list of suggestions.
std::vector<ValueCount> issueCodes(const Selection &selection)
{
    std::vector<ValueCount> codes;
    for (int issue = 0; issue < kDataIssueCount; ++issue)
        codes.push_back({std::string(dataIssueCode(static_cast<DataIssue>(issue))), 0});
    if (const auto index = selection.context.cache->issues(kColumnIssues, selection.context.data)) {
        std::vector<IssueMask> masks;
        for (std::size_t segment = 0; segment < selection.snapshot->segmentCount(); ++segment) {
            (*index)->read(segment, masks);
            for (IssueMask mask : masks) {
                for (; mask != 0; mask &= mask - 1)
                    ++codes[static_cast<std::size_t>(std::countr_zero(mask))].events;
            }
        }
    }
    std::stable_sort(codes.begin(), codes.end(),
                     [](const ValueCount &a, const ValueCount &b) { return a.events > b.events; });
    return codes;
}

} // namespace

std::vector<ValueCount> frequentValues(const Selection &selection, const Field &field, std::size_t limit)
{
    const Nature nature = natureOf(field);
    if (nature == Nature::Measured || nature == Nature::Instant || field.id == Field::Id::Uuid)
        return {};
    if (nature == Nature::Boolean)
        return {{"true", 0}, {"false", 0}};
    if (field.id == Field::Id::Issue)
        return issueCodes(selection);
    const auto reader = selection.context.cache->open(field, selection.context.data);
    if (!reader)
        return {};
    std::vector<ValueCount> values = countValues(**reader, *selection.snapshot);
    std::erase_if(values, [](const ValueCount &value) { return value.events == 0; });
    const std::size_t kept = std::min(limit, values.size());
    std::partial_sort(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(kept), values.end(),
                      [](const ValueCount &a, const ValueCount &b) {
                          return std::tie(b.events, a.text) < std::tie(a.events, b.text);
                      });
    values.resize(kept);
    return values;
}

QVector<Choice> valueSuggestions(const CompletionPoint &point, const std::vector<ValueCount> &values,
                                 const QLocale &locale)
{
    const bool bare =
        point.field && (isWholeNumberField(*point.field) || natureOf(*point.field) == Nature::Boolean);
    QVector<Choice> choices;
    for (const ValueCount &value : values) {
        const QString detail = value.events > 0 ? formatCount(value.events, locale) : QString();
        choices.push_back({toQt(value.text), detail, toQt(bare ? value.text : quoted(value.text))});
    }
    return matching(std::move(choices), point.typed);
}

} // namespace genscope
