// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/fieldtext.h"

#include "core/money.h"

#include <charconv>
#include <cmath>

namespace genscope {

void NumberTexts::load(std::size_t segment)
{
    if (m_reader.type() == FieldReader::Type::Real)
        m_reals = m_reader.reals(segment, m_realScratch);
    else
        m_ints = m_reader.ints(segment, m_intScratch);
}

std::optional<std::string_view> NumberTexts::at(std::size_t row)
{
    const auto digits = [this](auto number) {
        const auto end = std::to_chars(m_digits.data(), m_digits.data() + m_digits.size(), number).ptr;
        return std::string_view(m_digits.data(), static_cast<std::size_t>(end - m_digits.data()));
    };
    if (m_reader.type() == FieldReader::Type::Real) {
        if (std::isnan(m_reals[row]))
            return std::nullopt;
        return digits(m_reals[row]);
    }
    const std::int64_t value = m_ints[row];
    if (value == kMissing)
        return std::nullopt;
    switch (m_reader.type()) {
    case FieldReader::Type::Boolean:
        return value != 0 ? "true" : "false";
    case FieldReader::Type::Money:
        m_text = Money{value}.toString();
        return m_text;
    case FieldReader::Type::Instant:
        m_text = m_zone.iso(Timestamp{value});
        return m_text;
    case FieldReader::Type::Integer:
    case FieldReader::Type::Real:
    case FieldReader::Type::Text:
        break;
    }
    return digits(value);
}

} // namespace genscope
