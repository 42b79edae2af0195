// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/fieldunit.h"
#include "analytics/listcells.h"
#include "analytics/listitems.h"

#include <algorithm>

namespace genscope {

namespace {

using Role = ResultTable::Role;
using ReaderPtr = std::shared_ptr<const FieldReader>;

/// Columns that no field has, and the properties they come from: the first that an event has counts.
struct Identity
{
    std::string_view column;
    std::vector<std::string_view> properties;
};
const std::vector<Identity> &identities()
{
    static const std::vector<Identity> kIdentities{
        {"span_id", {"$ai_generation_id", "$ai_span_id"}},
        {"parent_id", {"$ai_parent_id"}},
    };
    return kIdentities;
}

Field propertyField(std::string_view name)
{
    Field field;
    field.id = Field::Id::Property;
    field.path.scope = PropertyPath::Scope::Event;
    field.path.name = name;
    field.text = std::string("event.").append(name);
    return field;
}

KindSet kindsOf(ListKind kind)
{
    switch (kind) {
    case ListKind::Embeddings:
        return kindSet({EventKind::Embedding});
    case ListKind::Feedback:
        return kindSet({EventKind::Feedback, EventKind::Metric});
    default:
        return kindSet({EventKind::Generation});
    }
}

/// Events of some kinds; an item is a row of the snapshot.
class EventItems final : public ListItems
{
public:
    explicit EventItems(const ListSource &source) : m_source(source), m_kinds(kindsOf(source.kind)) {}

    Result<std::vector<ListColumn>> columns(const std::vector<std::string> &names) override
    {
        std::vector<ListColumn> columns;
        for (const std::string &name : names) {
            Result<ListColumn> column = open(name);
            if (!column)
                return column.error();
            columns.push_back(std::move(*column));
        }
        return columns;
    }

    /// From the last column to the first: every sort keeps what the one before it made where values are
    /// equal.
    Result<std::vector<std::uint32_t>> ordered(const std::vector<ListOrder> &by) const override
    {
        auto order = orderedAlone(*by.back().column, by.back().descending);
        for (std::size_t i = by.size() - 1; order && i-- > 0;) {
            const ListColumn &column = *by[i].column;
            order = column.field ? reorderedRows(*order, m_source.rows, m_kinds, *column.field,
                                                 by[i].descending, m_source.context)
                                 : reorderedByCells(*order, column, by[i].descending);
        }
        return order;
    }

private:
    using Order = std::vector<std::uint32_t>;

    Result<Order> orderedAlone(const ListColumn &by, bool descending) const
    {
        if (by.field)
            return sortedRows(m_source.rows, m_kinds, *by.field, descending, m_source.context);
        Field time;
        time.id = Field::Id::Timestamp;
        auto rows = sortedRows(m_source.rows, m_kinds, time, true, m_source.context);
        return rows ? reorderedByCells(*rows, by, descending) : rows;
    }

    static Order reorderedByCells(const Order &rows, const ListColumn &by, bool descending)
    {
        ListColumn byRow = by;
        byRow.cell = [&](std::uint32_t item) { return by.cell(rows[item]); };
        Order order = orderedByCells(rows.size(), {{&byRow, descending}});
        for (std::uint32_t &item : order)
            item = rows[item];
        return order;
    }

    Result<ReaderPtr> openReader(const Field &field) const
    {
        return m_source.context.cache->open(field, m_source.context.data);
    }

    Result<ListColumn> open(const std::string &name) const
    {
        if (name == "tokens_per_second")
            return speedColumn(name);
        for (const Identity &identity : identities()) {
            if (identity.column == name)
                return openIdentity(name, identity);
        }
        const std::optional<Field> field = listField(name);
        if (!field)
            return unknownListColumn(m_source.kind, name);
        const auto reader = openReader(*field);
        if (!reader)
            return reader.error();
        ListColumn column;
        column.info = {name, Role::Field, unitOf(*field)};
        column.cell = [reader = *reader](std::uint32_t row) { return cellAt(*reader, row); };
        column.field = field;
        return column;
    }

    Result<ListColumn> openIdentity(const std::string &name, const Identity &identity) const
    {
        std::vector<ReaderPtr> readers;
        for (const std::string_view property : identity.properties) {
            auto reader = openReader(propertyField(property));
            if (!reader)
                return reader.error();
            readers.push_back(std::move(*reader));
        }
        ListColumn column;
        column.info = {name, Role::Field, Unit::None};
        column.cell = [readers](std::uint32_t row) -> Cell {
            for (const ReaderPtr &reader : readers) {
                if (Cell cell = cellAt(*reader, row); !isMissing(cell))
                    return cell;
            }
            return {};
        };
        return column;
    }

    /// As the measure: output tokens by seconds, of events without error.
    ListColumn speedColumn(const std::string &name) const
    {
        ListColumn column;
        column.info = {name, Role::Field, Unit::TokensPerSecond};
        column.cell = [snapshot = m_source.context.data.snapshot](std::uint32_t row) -> Cell {
            const std::int64_t tokens = snapshot->intAt(row, IntField::OutputTokens);
            const double seconds = snapshot->realAt(row, RealField::Latency);
            const bool failed = (snapshot->intAt(row, IntField::Flags) & IsErrorFlag) != 0;
            if (failed || tokens == kMissing || !(seconds > 0))
                return {};
            return static_cast<double>(tokens) / seconds;
        };
        return column;
    }

    ListSource m_source;
    KindSet m_kinds;
};

} // namespace

Result<std::unique_ptr<ListItems>> eventItems(const ListSource &source)
{
    return std::unique_ptr<ListItems>(std::make_unique<EventItems>(source));
}

} // namespace genscope
