// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/filterparser.h"

#include "analytics/textpattern.h"
#include "core/nearestname.h"
#include "core/timestamp.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace genscope {

namespace {

using TokenKind = FilterToken::Kind;
using NodeKind = Filter::Node::Kind;

// Deeper nesting is a mistake, and would overflow the stack.
constexpr int kMaxDepth = 200;

constexpr std::array<std::string_view, 9> kKeywords{"and", "or",       "not",  "in",   "is",
                                                    "set", "contains", "true", "false"};

constexpr std::array<std::pair<std::string_view, FilterOp>, 8> kSymbolOperators{{
    {"=", FilterOp::Equal},
    {"!=", FilterOp::NotEqual},
    {"<", FilterOp::Less},
    {"<=", FilterOp::LessEqual},
    {">", FilterOp::Greater},
    {">=", FilterOp::GreaterEqual},
    {"~", FilterOp::Matches},
    {"!~", FilterOp::NotMatches},
}};

bool isKeyword(std::string_view word)
{
    return std::find(kKeywords.begin(), kKeywords.end(), word) != kKeywords.end();
}

std::string lowerCase(std::string_view word)
{
    std::string lower(word);
    for (char &c : lower)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return lower;
}

bool isOrdering(FilterOp op)
{
    return op == FilterOp::Less || op == FilterOp::LessEqual || op == FilterOp::Greater ||
           op == FilterOp::GreaterEqual;
}

bool searchesText(FilterOp op)
{
    return op == FilterOp::Contains || op == FilterOp::NotContains || op == FilterOp::Matches ||
           op == FilterOp::NotMatches;
}

/// The power of ten that brings a number of @p unit to the base unit of @p kind, if it is a unit of that
/// kind.
std::optional<int> scaleOfUnit(std::string_view unit, FilterValueKind kind)
{
    if (unit.empty())
        return 0;
    switch (kind) {
    case FilterValueKind::Seconds:
        return unit == "s" ? std::optional(0) : unit == "ms" ? std::optional(3) : std::nullopt;
    case FilterValueKind::Money:
        return unit == "$" ? std::optional(0) : unit == "c" ? std::optional(2) : std::nullopt;
    case FilterValueKind::Count:
    case FilterValueKind::Property: // a property's own unit is not known, but thousands are thousands
        return unit == "k" ? std::optional(-3) : std::nullopt;
    case FilterValueKind::Text:
    case FilterValueKind::Number:
    case FilterValueKind::Boolean:
    case FilterValueKind::Instant:
    case FilterValueKind::Content:
        break;
    }
    return std::nullopt;
}

FilterParser::NodePtr joined(NodeKind kind, std::vector<FilterParser::NodePtr> parts)
{
    if (parts.size() == 1)
        return parts.front();
    auto node = std::make_shared<Filter::Node>();
    node->kind = kind;
    for (FilterParser::NodePtr &part : parts) {
        // `(a and b) and c` is `a and b and c`: one shape for one meaning.
        if (part->kind == kind)
            node->children.insert(node->children.end(), part->children.begin(), part->children.end());
        else
            node->children.push_back(std::move(part));
    }
    return node;
}

} // namespace

FilterParser::FilterParser(std::string_view text) : m_text(text), m_lexer(text)
{
    advance();
}

FilterParser::NodePtr FilterParser::parse()
{
    if (m_token.kind == TokenKind::End)
        return nullptr;
    NodePtr root = parseOr();
    if (root && m_token.kind != TokenKind::End) {
        expected(tr("“and”, “or” or the end"));
        return nullptr;
    }
    return m_problem ? nullptr : root;
}

FilterParser::NodePtr FilterParser::parseOr()
{
    std::vector<NodePtr> parts;
    do {
        parts.push_back(parseAnd());
        if (!parts.back())
            return nullptr;
    } while (takeWord("or"));
    return joined(NodeKind::Or, std::move(parts));
}

FilterParser::NodePtr FilterParser::parseAnd()
{
    std::vector<NodePtr> parts;
    do {
        parts.push_back(parseNot());
        if (!parts.back())
            return nullptr;
    } while (takeWord("and"));
    return joined(NodeKind::And, std::move(parts));
}

FilterParser::NodePtr FilterParser::parseNot()
{
    if (m_depth >= kMaxDepth) {
        fail(m_token,
             tr("expected a simpler filter: this one is nested more than %1 levels deep").arg(kMaxDepth));
        return nullptr;
    }
    ++m_depth;
    NodePtr node;
    if (takeWord("not")) {
        if (NodePtr operand = parseNot()) {
            auto negation = std::make_shared<Filter::Node>();
            negation->kind = NodeKind::Not;
            negation->children.push_back(std::move(operand));
            node = std::move(negation);
        }
    } else {
        node = isSymbol("(") ? parseParentheses() : parseTerm();
    }
    --m_depth;
    return node;
}

FilterParser::NodePtr FilterParser::parseParentheses()
{
    advance();
    NodePtr inner = parseOr();
    if (inner && !takeSymbol(")")) {
        expected(tr("“and”, “or” or “)”"));
        return nullptr;
    }
    return inner;
}

FilterParser::NodePtr FilterParser::parseTerm()
{
    std::optional<FilterSubject> subject = parseSubject();
    if (!subject)
        return nullptr;
    const bool atEnd = m_token.kind == TokenKind::End || isWord("and") || isWord("or") || isSymbol(")");
    const FilterValueKind kind = subject->kind();
    if (atEnd && (kind == FilterValueKind::Boolean || kind == FilterValueKind::Property))
        return parseBare(std::move(*subject));

    const std::optional<FilterOp> op = parseOperator(*subject);
    if (!op)
        return nullptr;
    auto term = std::make_shared<Filter::Node>();
    term->subject = std::move(*subject);
    term->op = *op;
    if (!parseValues(*term))
        return nullptr;
    return term;
}

FilterParser::NodePtr FilterParser::parseBare(FilterSubject subject)
{
    auto term = std::make_shared<Filter::Node>();
    term->subject = std::move(subject);
    term->op = FilterOp::Equal;
    term->values.push_back(FilterLiteral::ofBoolean(true));
    return term;
}

std::optional<FilterSubject> FilterParser::parseSubject()
{
    if (m_token.kind != TokenKind::Word || isKeyword(m_token.text)) {
        expected(tr("a field, “not” or “(”"));
        return std::nullopt;
    }
    FilterSubject subject;
    if (m_token.text == "input" || m_token.text == "output") {
        subject.content =
            m_token.text == "input" ? EventSource::Content::Input : EventSource::Content::Output;
    } else if (const auto rollup = RollupField::parse(m_token.text)) {
        subject.rollup = rollup;
    } else {
        Result<Field> field = Field::parse(m_token.text);
        if (!field) {
            fail(m_token, tr("expected a field: a built-in name such as “model”, or event.NAME, person.NAME, "
                             "group.TYPE.NAME; found %1")
                                  .arg(found()) +
                              didYouMean(m_token.text, Field::builtinNames()));
            return std::nullopt;
        }
        subject.field = std::move(*field);
    }
    advance();
    return subject;
}

std::optional<FilterOp> FilterParser::parseSymbolOperator()
{
    if (m_token.kind != TokenKind::Symbol)
        return std::nullopt;
    for (const auto &[symbol, op] : kSymbolOperators) {
        if (m_token.text == symbol)
            return op;
    }
    return std::nullopt;
}

std::optional<FilterOp> FilterParser::parseOperator(const FilterSubject &subject)
{
    const FilterToken first = m_token;
    std::optional<FilterOp> op = parseSymbolOperator();
    if (op) {
        advance();
    } else if (takeWord("in")) {
        op = FilterOp::In;
    } else if (takeWord("contains")) {
        op = FilterOp::Contains;
    } else if (takeWord("not")) {
        if (takeWord("in"))
            op = FilterOp::NotIn;
        else if (takeWord("contains"))
            op = FilterOp::NotContains;
        else
            expected(tr("“in” or “contains”"));
    } else if (takeWord("is")) {
        op = takeWord("not") ? FilterOp::IsNotSet : FilterOp::IsSet;
        if (!takeWord("set")) {
            expected(*op == FilterOp::IsNotSet ? tr("“set”") : tr("“set” or “not set”"));
            return std::nullopt;
        }
    } else {
        expected(tr("an operator (= != < <= > >= ~ !~ in, contains, is set)"));
    }
    if (op && subject.kind() == FilterValueKind::Instant && searchesText(*op)) {
        fail(first, tr("expected = != < <= > >= or in: “%1” is a point in time")
                        .arg(QString::fromStdString(subject.text())));
        return std::nullopt;
    }
    if (op && subject.rollup && searchesText(*op)) {
        fail(first, tr("expected = != < <= > >= or in: “%1” is a number")
                        .arg(QString::fromStdString(subject.text())));
        return std::nullopt;
    }
    return op;
}

bool FilterParser::parseValues(Filter::Node &term)
{
    if (term.op == FilterOp::IsSet || term.op == FilterOp::IsNotSet)
        return true;
    if (term.op == FilterOp::In || term.op == FilterOp::NotIn)
        return parseList(term);
    std::optional<FilterLiteral> literal = parseLiteral(term);
    if (!literal)
        return false;
    term.values.push_back(std::move(*literal));
    return true;
}

bool FilterParser::parseList(Filter::Node &term)
{
    if (!takeSymbol("(")) {
        expected(tr("“(” and values"));
        return false;
    }
    do {
        std::optional<FilterLiteral> literal = parseLiteral(term);
        if (!literal)
            return false;
        term.values.push_back(std::move(*literal));
    } while (takeSymbol(","));
    if (!takeSymbol(")")) {
        expected(tr("“,” or “)”"));
        return false;
    }
    return true;
}

std::optional<FilterLiteral> FilterParser::parseLiteral(const Filter::Node &term)
{
    const FilterValueKind kind = term.subject.kind();
    std::optional<FilterLiteral> literal;
    if (m_token.kind == TokenKind::Text && acceptsText(term)) {
        literal = FilterLiteral::ofText(m_token.text);
    } else if (m_problem) {
        return std::nullopt;
    } else if (kind == FilterValueKind::Instant) {
        expected(tr("a date or time in double quotes, such as \"2025-06-02\""));
    } else if (searchesText(term.op)) {
        expected(tr("text in double quotes"));
    } else if (m_token.kind == TokenKind::Number) {
        literal = numberLiteral(term.subject);
    } else if (term.subject.rollup) {
        expected(tr("a number"));
    } else if ((isWord("true") || isWord("false")) && !isOrdering(term.op)) {
        literal = FilterLiteral::ofBoolean(isWord("true"));
    } else {
        expected(tr("a value: a number, or text in double quotes"));
    }
    if (literal)
        advance();
    return literal;
}

bool FilterParser::acceptsText(const Filter::Node &term)
{
    if (term.op == FilterOp::Matches || term.op == FilterOp::NotMatches) {
        const Result<TextPattern> pattern = TextPattern::compile(m_token.text);
        if (!pattern)
            fail(m_token, tr("expected a regular expression (RE2): %1").arg(pattern.error().message));
        return pattern.ok();
    }
    if (term.subject.rollup)
        return false;
    return term.subject.kind() != FilterValueKind::Instant || parseIsoTime(m_token.text).has_value();
}

std::optional<FilterLiteral> FilterParser::numberLiteral(const FilterSubject &subject)
{
    const std::optional<JsonNumber> number = JsonNumber::parse(m_token.text);
    if (!number) {
        expected(tr("a number"));
        return std::nullopt;
    }
    const std::optional<int> scale = scaleOfUnit(m_token.unit, subject.kind());
    if (!scale) {
        fail(m_token, tr("expected a number without “%1”: this unit does not fit “%2”")
                          .arg(QString::fromStdString(m_token.unit), QString::fromStdString(subject.text())));
        return std::nullopt;
    }
    FilterLiteral literal;
    literal.kind = FilterLiteral::Kind::Number;
    literal.text = m_text.substr(m_token.offset, m_token.length);
    literal.number = number->scaledDown(*scale);
    return literal;
}

bool FilterParser::isWord(std::string_view keyword) const
{
    return m_token.kind == TokenKind::Word && m_token.text == keyword;
}

bool FilterParser::isSymbol(std::string_view symbol) const
{
    return m_token.kind == TokenKind::Symbol && m_token.text == symbol;
}

bool FilterParser::takeWord(std::string_view keyword)
{
    const bool match = isWord(keyword);
    if (match)
        advance();
    return match;
}

bool FilterParser::takeSymbol(std::string_view symbol)
{
    const bool match = isSymbol(symbol);
    if (match)
        advance();
    return match;
}

void FilterParser::advance()
{
    m_token = m_lexer.next();
}

QString FilterParser::found() const
{
    if (m_token.kind == TokenKind::End)
        return tr("the end");
    return tr("“%1”").arg(QString::fromUtf8(m_text.substr(m_token.offset, m_token.length)));
}

void FilterParser::expected(const QString &wanted)
{
    using Trouble = FilterToken::Trouble;
    switch (m_token.trouble) {
    case Trouble::OpenQuote:
        return fail(m_token, tr("expected a closing double quote for this text"));
    case Trouble::OpenBacktick:
        return fail(m_token, tr("expected a closing backtick for this name"));
    case Trouble::SingleQuote:
        return fail(m_token, tr("expected %1; text goes in double quotes").arg(wanted));
    case Trouble::BadNumber:
        return fail(m_token, tr("expected a number, found %1").arg(found()));
    case Trouble::BadUnit:
        return fail(m_token,
                    tr("expected a number with one of the units ms, s, c, k, $, found %1").arg(found()));
    case Trouble::None:
    case Trouble::Stray:
        break;
    }
    QString message = tr("expected %1, found %2").arg(wanted, found());
    if (m_token.kind == TokenKind::Word && !isKeyword(m_token.text) && isKeyword(lowerCase(m_token.text)))
        message += tr("; keywords are lower-case");
    fail(m_token, message);
}

void FilterParser::fail(const FilterToken &token, QString message)
{
    if (!m_problem)
        m_problem = Filter::Problem{token.offset, token.length, std::move(message)};
}

} // namespace genscope
