// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/field.h"
#include "core/zone.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

/// The values of a field that is not text, as the text that exports write for them: whole numbers plain,
/// money in dollars without exponent, seconds with the fewest digits that read back, instants as ISO times in
/// a zone, `true` and `false`.
class NumberTexts
{
public:
    NumberTexts(const FieldReader &reader, const Zone &zone) : m_reader(reader), m_zone(zone) {}

    void load(std::size_t segment);
    /// @p row counts from the segment's first; nothing where the value is missing. Valid until the next call.
    std::optional<std::string_view> at(std::size_t row);

private:
    const FieldReader &m_reader;
    Zone m_zone;
    std::vector<std::int64_t> m_intScratch;
    std::vector<double> m_realScratch;
    std::span<const std::int64_t> m_ints;
    std::span<const double> m_reals;
    std::array<char, 40> m_digits{};
    std::string m_text;
};

} // namespace genscope
