// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/listcells.h"

#include <functional>

namespace genscope {

bool isMissingAt(const FieldReader &reader, std::size_t row)
{
    switch (reader.type()) {
    case FieldReader::Type::Text:
        return reader.codeAt(row) == 0;
    case FieldReader::Type::Real:
        return std::isnan(reader.realAt(row));
    case FieldReader::Type::Integer:
    case FieldReader::Type::Boolean:
    case FieldReader::Type::Money:
    case FieldReader::Type::Instant:
        break;
    }
    return reader.intAt(row) == kMissing;
}

Cell cellAt(const FieldReader &reader, std::size_t row)
{
    if (reader.type() == FieldReader::Type::Text) {
        const std::uint32_t code = reader.codeAt(row);
        return code == 0 ? Cell() : Cell(std::string(reader.value(code)));
    }
    if (reader.type() == FieldReader::Type::Real)
        return secondsCell(reader.realAt(row));
    const std::int64_t value = reader.intAt(row);
    if (value == kMissing)
        return {};
    switch (reader.type()) {
    case FieldReader::Type::Boolean:
        return value != 0;
    case FieldReader::Type::Money:
        return Money{value};
    case FieldReader::Type::Instant:
        return Timestamp{value};
    case FieldReader::Type::Integer:
    case FieldReader::Type::Text:
    case FieldReader::Type::Real:
        break;
    }
    return value;
}

std::size_t CellHash::operator()(const Cell &cell) const
{
    struct Hash
    {
        std::size_t operator()(std::monostate) const { return 0; }
        std::size_t operator()(bool value) const { return value ? 1 : 2; }
        std::size_t operator()(std::int64_t value) const { return std::hash<std::int64_t>()(value); }
        std::size_t operator()(double value) const { return std::hash<double>()(value); }
        std::size_t operator()(const Money &value) const
        {
            return std::hash<std::int64_t>()(static_cast<std::int64_t>(value.pico));
        }
        std::size_t operator()(const std::string &value) const { return std::hash<std::string>()(value); }
        std::size_t operator()(const Timestamp &value) const { return std::hash<std::int64_t>()(value.us); }
    };
    return std::visit(Hash(), cell);
}

} // namespace genscope
