// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/usage.h"
#include "ingest/capturedobject.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

// Types drift in real data: numbers arrive as strings, booleans as "true", ids as numbers. These functions
// settle one value each; what is not of the wanted kind is absent.

/// A number, or a string that holds one; the whole text of it.
std::optional<std::string> numberText(json::Value value);
std::optional<double> numberOf(json::Value value);
/// true or false, or a string that says so.
std::optional<bool> booleanOf(json::Value value);
/// A string that is not empty.
std::string stringOf(json::Value value);
/// A string; a number or boolean as JavaScript's String() writes it; containers are dropped. For ids and
/// names.
std::string idOf(json::Value value);
/// A string; anything else as compact JSON.
std::string textOf(json::Value value);

/// Reads numeric properties of one event; values that do not fit are noted and count as missing.
class NumberReader
{
public:
    NumberReader(const CapturedObject &object, std::vector<std::string> &notes)
        : m_object(object), m_notes(notes)
    {
    }

    /// Rounded to a whole number.
    Count count(Property property);
    Amount amount(Property property);
    /// Seconds; negative and non-finite ones are no durations.
    std::optional<double> duration(Property property);
    std::optional<std::int32_t> status(Property property);

private:
    void noteMisfit(Property property);

    const CapturedObject &m_object;
    std::vector<std::string> &m_notes;
};

/// The whole number nearest to @p text; nothing if it is no number or does not fit 64 bits.
std::optional<std::int64_t> wholeNumber(std::string_view text);

} // namespace genscope
