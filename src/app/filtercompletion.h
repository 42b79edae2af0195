// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/field.h"
#include "app/choices.h"
#include "models/propertyfacts.h"

#include <QString>
#include <QVector>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

struct Selection;

/// What may follow at the cursor of a filter text.
struct CompletionPoint
{
    enum class Wants {
        Nothing, ///< inside or behind something complete
        Field,
        Operator,
        Value,
        Connective, ///< `and`, `or`
    };
    Wants wants = Wants::Field;
    std::size_t begin = 0;      ///< byte offset of what is replaced; it ends at the cursor
    std::string typed;          ///< what is there of it, without an opening quote
    std::optional<Field> field; ///< Operator, Value
};

/// @param text  the filter up to the cursor
CompletionPoint completionPoint(std::string_view text);

/// A field as the filter language writes it, with backticks where a name needs them.
std::string fieldText(const PropertyPath &path);

/// Fields whose name holds what was typed, those that begin with it first. Values are the text to put in.
/// Properties with their type and fill.
QVector<Choice> fieldSuggestions(const CompletionPoint &point, const std::vector<PropertyFact> &properties);
/// Operators that suit the field, each with what it means.
QVector<Choice> operatorSuggestions(const CompletionPoint &point);
QVector<Choice> connectiveSuggestions(const CompletionPoint &point);

/// A value of the data and the number of events that have it.
struct ValueCount
{
    std::string text;
    std::int64_t events = 0;
};
/// The most frequent values of @p field over all events of the selection's snapshot, most frequent first;
/// empty for fields that are measured rather than named (cost, tokens, latency, time). @thread any but the
/// GUI's
std::vector<ValueCount> frequentValues(const Selection &selection, const Field &field, std::size_t limit);
QVector<Choice> valueSuggestions(const CompletionPoint &point, const std::vector<ValueCount> &values,
                                 const QLocale &locale);

} // namespace genscope
