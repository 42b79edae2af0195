// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/eventrows.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace genscope {

namespace {

constexpr std::string_view kUuid = "uuid";
constexpr std::string_view kTokensPerSecond = "tokens_per_second";

Cell cellOf(const FieldReader &reader, std::size_t row)
{
    if (reader.type() == FieldReader::Type::Text) {
        const std::uint32_t code = reader.codeAt(row);
        if (code == 0)
            return {};
        return std::string(reader.value(code));
    }
    if (reader.type() == FieldReader::Type::Real) {
        const double value = reader.realAt(row);
        return std::isnan(value) ? Cell() : Cell(value);
    }
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
    case FieldReader::Type::Real:
    case FieldReader::Type::Text:
        break;
    }
    return value;
}

Cell manyValued(const FieldReader &reader, std::size_t row)
{
    std::string text;
    for (const std::uint32_t member : reader.membersOf(reader.codeAt(row))) {
        if (!text.empty())
            text += ", ";
        text += reader.member(member);
    }
    return text.empty() ? Cell() : Cell(std::move(text));
}

double tokensPerSecond(const Snapshot &snapshot, std::size_t row)
{
    const std::int64_t tokens = snapshot.intAt(row, IntField::OutputTokens);
    const double latency = snapshot.realAt(row, RealField::Latency);
    if (tokens == kMissing || !(latency > 0))
        return std::numeric_limits<double>::quiet_NaN();
    return static_cast<double>(tokens) / latency;
}

/// Stable, missing last, as sortedRows().
std::vector<std::uint32_t> sortedBySpeed(const Selection &selection, KindSet kinds, bool descending)
{
    std::vector<std::pair<double, std::uint32_t>> keyed;
    selection.rows.forEach([&](std::size_t row) {
        const auto kind = static_cast<std::size_t>(selection.snapshot->intAt(row, IntField::Kind));
        if (kinds.test(kind))
            keyed.emplace_back(tokensPerSecond(*selection.snapshot, row), static_cast<std::uint32_t>(row));
    });
    std::stable_sort(keyed.begin(), keyed.end(), [descending](const auto &a, const auto &b) {
        if (std::isnan(a.first) || std::isnan(b.first))
            return !std::isnan(a.first) && std::isnan(b.first);
        return descending ? a.first > b.first : a.first < b.first;
    });
    std::vector<std::uint32_t> rows(keyed.size());
    std::transform(keyed.begin(), keyed.end(), rows.begin(), [](const auto &key) { return key.second; });
    return rows;
}

Result<std::vector<std::uint32_t>> order(const ListRequest &request, const std::string &sortPart)
{
    const KindSet kinds = eventKindsOf(request.kind);
    if (sortPart == kTokensPerSecond)
        return sortedBySpeed(*request.selection, kinds, request.descending);
    std::optional<Field> field;
    if (!sortPart.empty())
        field = listColumn(request.kind, sortPart).field;
    if (!field) {
        field = Field{Field::Id::Timestamp, {}, "timestamp"};
    }
    return sortedRows(request.selection->rows, kinds, *field, request.descending, request.selection->context);
}

} // namespace

EventRows::EventRows(const ListRequest &request, std::vector<ListColumn> columns, Order rows,
                     std::vector<std::vector<PartReader>> readers)
    : ListRows(request.selection, std::move(columns)),
      m_rows(std::move(rows)),
      m_readers(std::move(readers)),
      m_sortColumn(request.sortColumn),
      m_descending(request.descending)
{
}

/// A name that is no field has a part without reader: the column stays empty.
Result<EventRows::PartReader> EventRows::openPart(ListKind kind, const Selection &selection,
                                                  const std::string &name)
{
    PartReader part;
    if (name == kUuid)
        part.source = Source::Uuid;
    else if (name == kTokensPerSecond)
        part.source = Source::TokensPerSecond;
    if (part.source != Source::Field)
        return part;
    const auto field = listColumn(kind, name).field;
    if (!field)
        return part;
    auto opened = selection.context.cache->open(*field, selection.context.data);
    if (!opened)
        return opened.error();
    part.reader = std::move(*opened);
    return part;
}

Result<std::shared_ptr<const ListRows>> EventRows::load(const ListRequest &request)
{
    std::vector<ListColumn> columns;
    std::vector<std::vector<PartReader>> readers;
    for (const std::string &name : request.columns) {
        ListColumn column = listColumn(request.kind, name);
        std::vector<PartReader> parts;
        for (const std::string &part : column.parts) {
            auto opened = openPart(request.kind, *request.selection, part);
            if (!opened)
                return opened.error();
            parts.push_back(std::move(*opened));
        }
        readers.push_back(std::move(parts));
        columns.push_back(std::move(column));
    }
    const auto *before = dynamic_cast<const EventRows *>(request.previous.get());
    if (before != nullptr && before->selection() == request.selection &&
        before->m_sortColumn == request.sortColumn && before->m_descending == request.descending)
        return std::shared_ptr<const ListRows>(
            new EventRows(request, std::move(columns), before->m_rows, std::move(readers)));
    const std::string sortPart = request.sortColumn.empty()
                                     ? std::string()
                                     : listColumn(request.kind, request.sortColumn).parts.front();
    auto sorted = order(request, sortPart);
    if (!sorted)
        return sorted.error();
    auto rows = std::make_shared<const std::vector<std::uint32_t>>(std::move(*sorted));
    return std::shared_ptr<const ListRows>(
        new EventRows(request, std::move(columns), std::move(rows), std::move(readers)));
}

Cell EventRows::read(const PartReader &part, std::size_t row) const
{
    switch (part.source) {
    case Source::Uuid:
        return selection()->snapshot->uuidAt(row).toString();
    case Source::TokensPerSecond: {
        const double speed = tokensPerSecond(*selection()->snapshot, row);
        return std::isnan(speed) ? Cell() : Cell(speed);
    }
    case Source::Field:
        break;
    }
    if (!part.reader)
        return {};
    return part.reader->manyValued() ? manyValued(*part.reader, row) : cellOf(*part.reader, row);
}

Cell EventRows::cell(std::size_t position, std::size_t column, std::size_t part) const
{
    return read(m_readers[column][part], (*m_rows)[position]);
}

Cell EventRows::value(std::size_t position, const std::string &name) const
{
    const int shown = columnIndex(name);
    if (shown >= 0)
        return cell(position, static_cast<std::size_t>(shown), 0);
    if (name.find('.') != std::string::npos)
        return {};
    const auto part = openPart(ListKind::Generations, *selection(), name);
    return part ? read(*part, (*m_rows)[position]) : Cell();
}

bool EventRows::failed(std::size_t position) const
{
    return (selection()->snapshot->intAt((*m_rows)[position], IntField::Flags) & IsErrorFlag) != 0;
}

} // namespace genscope
