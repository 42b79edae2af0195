// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/filterast.h"
#include "analytics/filterlexer.h"

#include <QCoreApplication>

#include <memory>
#include <optional>
#include <string_view>

namespace genscope {

/// Recursive descent over the filter language. One use: parse(), then problem().
///
///     or      := and ("or" and)*
///     and     := not ("and" not)*
///     not     := "not" not | "(" or ")" | term
///     term    := FIELD [operator values]
class FilterParser
{
    Q_DECLARE_TR_FUNCTIONS(genscope::FilterParser)

public:
    using NodePtr = std::shared_ptr<const Filter::Node>;

    explicit FilterParser(std::string_view text);

    /// Null for a blank text and after a problem.
    NodePtr parse();
    const std::optional<Filter::Problem> &problem() const { return m_problem; }

private:
    NodePtr parseOr();
    NodePtr parseAnd();
    NodePtr parseNot();
    NodePtr parseParentheses();
    NodePtr parseTerm();
    NodePtr parseBare(FilterSubject subject);
    std::optional<FilterSubject> parseSubject();
    std::optional<FilterOp> parseOperator(const FilterSubject &subject);
    std::optional<FilterOp> parseSymbolOperator();
    bool parseValues(Filter::Node &term);
    bool parseList(Filter::Node &term);
    std::optional<FilterLiteral> parseLiteral(const Filter::Node &term);
    std::optional<FilterLiteral> numberLiteral(const FilterSubject &subject);
    bool acceptsText(const Filter::Node &term);

    bool isWord(std::string_view keyword) const;
    bool isSymbol(std::string_view symbol) const;
    bool takeWord(std::string_view keyword);
    bool takeSymbol(std::string_view symbol);
    void advance();

    /// Notes that @p wanted should stand where the current word does. Only the first problem counts.
    void expected(const QString &wanted);
    void fail(const FilterToken &token, QString message);
    QString found() const;

    std::string_view m_text;
    FilterLexer m_lexer;
    FilterToken m_token;
    std::optional<Filter::Problem> m_problem;
    int m_depth = 0;
};

} // namespace genscope
