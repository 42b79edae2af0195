// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of the values of a field: users, customers, errors, tools.
#include "analytics/dimension.h"
#include "analytics/fieldunit.h"
#include "analytics/listcells.h"
#include "analytics/listitems.h"
#include "analytics/listmeasures.h"
#include "analytics/listmembers.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <numeric>
#include <span>

namespace genscope {

namespace {

using Role = ResultTable::Role;

bool hasGenerations(const RowSet &rows, const Snapshot &snapshot)
{
    for (std::size_t i = 0; i < snapshot.segmentCount(); ++i) {
        const RowBits &generations = snapshot.segment(i).rowsOfKind(EventKind::Generation);
        const auto selected = std::span(rows.words()).subspan(i * (Segment::kRows / 64), generations.size());
        if (countCommonBits(generations, selected) != 0)
            return true;
    }
    return false;
}

/// The kinds of events that a list is over.
KindSet kindsOf(ListKind kind, const RowSet &rows, const Snapshot &snapshot)
{
    const bool isOfPeople = kind == ListKind::Users || kind == ListKind::Customers;
    if (kind == ListKind::Errors || (isOfPeople && !hasGenerations(rows, snapshot)))
        return kindSet({EventKind::Generation, EventKind::Span, EventKind::Trace, EventKind::Embedding});
    return kindSet({EventKind::Generation});
}

RowSet failedRows(const RowSet &rows, const Snapshot &snapshot)
{
    RowSet failed(rows.size());
    std::vector<std::int64_t> flags;
    for (std::size_t i = 0; i < snapshot.segmentCount(); ++i) {
        const Segment &segment = snapshot.segment(i);
        flags.resize(segment.rows());
        segment.ints(IntField::Flags).decode(flags);
        const std::size_t first = i * Segment::kRows;
        rows.forEach(first, first + segment.rows(), [&](std::size_t row) {
            if ((flags[row - first] & IsErrorFlag) != 0)
                failed.set(row);
        });
    }
    return failed;
}

/// Columns that are made of a measure over two periods.
bool isComposed(const std::string &name)
{
    return name == "cost_before" || name == "cost_change";
}

/// The range of the same length just before; nothing if a bound is open.
std::optional<TimeRange> rangeBefore(const TimeRange &range)
{
    if (!range.from || !range.to)
        return std::nullopt;
    return TimeRange{Timestamp{2 * range.from->us - range.to->us}, range.from};
}

/// True if the data reach back over half of @p range or more: costs of a time that was hardly recorded would
/// make everything look new.
bool isRecorded(const TimeRange &range, const Snapshot &snapshot)
{
    const auto first = snapshot.firstTimestamp();
    return first && first->us <= range.from->us + (range.to->us - range.from->us) / 2;
}

/// Fields that say something about a value of another field: names and properties, not amounts of one event.
bool describes(const Field &field)
{
    return unitOf(field) == Unit::None && field.id != Field::Id::Timestamp && field.id != Field::Id::Started;
}

class GroupItems final : public ListItems
{
public:
    GroupItems(const ListSource &source, Field key, std::shared_ptr<const FieldReader> reader)
        : m_source(source),
          m_kinds(kindsOf(source.kind, source.rows, *source.context.data.snapshot)),
          m_key(std::move(key)),
          m_rows(source.kind == ListKind::Errors ? failedRows(source.rows, snapshot()) : source.rows),
          m_dimension(std::move(reader), snapshot(), m_rows)
    {
    }

    /// Finds the values and their events. False if stopped.
    bool load()
    {
        std::vector<ListMembers::Member> members;
        if (!(byStatus() ? findPairs(members) : findValues(members)))
            return false;
        std::vector<std::uint32_t> order(m_items.size());
        std::iota(order.begin(), order.end(), 0u);
        std::sort(order.begin(), order.end(),
                  [this](std::uint32_t a, std::uint32_t b) { return before(m_items[a], m_items[b]); });
        std::vector<std::uint32_t> place(m_items.size());
        std::vector<Item> items;
        for (std::uint32_t item = 0; item < order.size(); ++item) {
            place[order[item]] = item;
            items.push_back(m_items[order[item]]);
        }
        m_items = std::move(items);
        for (ListMembers::Member &member : members)
            member.item = place[member.item];
        m_members = std::make_unique<ListMembers>(snapshot(), m_items.size(), std::move(members));
        return true;
    }

    Result<std::vector<ListColumn>> columns(const std::vector<std::string> &names) override
    {
        std::vector<Measure> measures;
        for (const std::string &name : names) {
            if (const auto measure = measureFromName(name))
                measures.push_back(*measure);
        }
        if (!measures.empty()) {
            auto values =
                ListMeasures::run(measures, keyFields(), m_kinds, m_source.scope, m_rows, m_source.context);
            if (!values)
                return values.error();
            m_measures = std::move(*values);
        }
        if (std::any_of(names.begin(), names.end(), isComposed)) {
            if (const Status loaded = loadComposed(); !loaded)
                return loaded.error();
        }
        std::size_t nextMeasure = 0;
        std::vector<ListColumn> columns;
        for (const std::string &name : names) {
            Result<ListColumn> column =
                measureFromName(name) ? measureColumn(name, nextMeasure++) : open(name);
            if (!column)
                return column.error();
            columns.push_back(std::move(*column));
        }
        return columns;
    }

    Result<std::vector<std::uint32_t>> ordered(const std::vector<ListOrder> &by) const override
    {
        return orderedByCells(m_items.size(), by);
    }

private:
    /// A value; of errors, with an HTTP status.
    struct Item
    {
        std::uint32_t code = 0;
        std::int64_t status = kMissing;
    };

    /// One message may stand for a refused key and a busy server: they are not one error.
    bool byStatus() const { return m_source.kind == ListKind::Errors; }
    std::vector<Field> keyFields() const
    {
        return byStatus() ? std::vector{m_key, *listField("http_status")} : std::vector{m_key};
    }
    bool before(const Item &a, const Item &b) const
    {
        if (a.code != b.code)
            return m_dimension.before(a.code, b.code);
        if (a.status == kMissing || b.status == kMissing)
            return a.status != b.status && b.status == kMissing;
        return a.status < b.status;
    }

    bool findValues(std::vector<ListMembers::Member> &members)
    {
        constexpr std::uint32_t kNone = 0xFFFF'FFFF;
        std::vector<std::uint32_t> itemOfCode(m_dimension.codeCount(), kNone);
        return forEachValue([&](std::uint32_t code, std::uint32_t row, bool) {
            if (code == 0)
                return;
            if (itemOfCode[code] == kNone) {
                itemOfCode[code] = static_cast<std::uint32_t>(m_items.size());
                m_items.push_back({code, kMissing});
            }
            members.push_back({itemOfCode[code], row});
        });
    }

    bool findPairs(std::vector<ListMembers::Member> &members)
    {
        std::map<std::pair<std::uint32_t, std::int64_t>, std::uint32_t> itemOfPair;
        return forEachValue([&](std::uint32_t code, std::uint32_t row, bool) {
            const std::int64_t status = snapshot().intAt(row, IntField::HttpStatus);
            const auto [found, isNew] =
                itemOfPair.try_emplace({code, status}, static_cast<std::uint32_t>(m_items.size()));
            if (isNew)
                m_items.push_back({code, status});
            members.push_back({found->second, row});
        });
    }

    Cell measureKey(std::uint32_t item) const
    {
        const Cell value = m_dimension.cell(m_items[item].code);
        return byStatus() ? ListMeasures::pairKey(value, countCell(m_items[item].status)) : value;
    }

    const Snapshot &snapshot() const { return *m_source.context.data.snapshot; }

    /// Calls @p visit(code, row, whether it is the row's only value). False if stopped.
    template<typename Visit>
    bool forEachValue(Visit visit) const
    {
        Dimension::Scratch scratch;
        std::vector<std::int64_t> kinds;
        std::vector<std::uint32_t> rows, codes;
        for (std::size_t i = 0; i < snapshot().segmentCount(); ++i) {
            if (m_source.context.data.stop.stopRequested())
                return false;
            const Segment &segment = snapshot().segment(i);
            kinds.resize(segment.rows());
            segment.ints(IntField::Kind).decode(kinds);
            const std::size_t first = i * Segment::kRows;
            rows.clear();
            m_rows.forEach(first, first + segment.rows(), [&](std::size_t row) {
                if (m_kinds.test(static_cast<std::size_t>(kinds[row - first])))
                    rows.push_back(static_cast<std::uint32_t>(row - first));
            });
            codes.resize(rows.size());
            m_dimension.read(i, rows, codes, scratch);
            for (std::size_t at = 0; at < rows.size(); ++at) {
                const auto row = static_cast<std::uint32_t>(first + rows[at]);
                if (!m_dimension.manyValued()) {
                    visit(codes[at], row, true);
                    continue;
                }
                const auto members = m_dimension.members(codes[at]);
                for (const std::uint32_t member : members)
                    visit(member, row, members.size() == 1);
            }
        }
        return true;
    }

    ListColumn measureColumn(const std::string &name, std::size_t index) const
    {
        ListColumn column;
        column.info = {name, Role::Measure, measureUnit(*measureFromName(name))};
        column.cell = [this, index](std::uint32_t item) { return m_measures.value(measureKey(item), index); };
        return column;
    }

    /// What composed columns are made of: cost, and what the same values cost in the compared period, where
    /// there is one and it was recorded.
    Status loadComposed()
    {
        auto now =
            ListMeasures::run({Measure::Cost}, {m_key}, m_kinds, m_source.scope, m_rows, m_source.context);
        if (!now)
            return now.error();
        m_now = std::move(*now);
        const auto range = m_source.compared ? m_source.compared : rangeBefore(m_source.scope.range);
        if (m_hasBefore || !range || !isRecorded(*range, snapshot()))
            return Done{};
        Scope scope = m_source.scope;
        scope.range = *range;
        const auto rows = selectRows(scope, m_source.context);
        if (!rows)
            return rows.error();
        auto before = ListMeasures::run({Measure::Cost, Measure::Generations}, {m_key}, m_kinds, scope, *rows,
                                        m_source.context);
        if (!before)
            return before.error();
        m_before = std::move(*before);
        m_hasBefore = true;
        return Done{};
    }

    /// Who had no calls cost nothing; who had only unpriced ones, nobody knows what.
    Cell costBefore(std::uint32_t item) const
    {
        const Cell key = m_dimension.cell(m_items[item].code);
        if (!m_hasBefore)
            return {};
        return isMissing(m_before.value(key, 1)) ? Cell(Money{}) : m_before.value(key, 0);
    }

    Cell costChange(std::uint32_t item) const
    {
        const Cell before = costBefore(item);
        const Cell &now = m_now.value(m_dimension.cell(m_items[item].code), 0);
        if (!std::holds_alternative<Money>(before) || !std::holds_alternative<Money>(now))
            return {};
        return std::get<Money>(now) - std::get<Money>(before);
    }

    Result<ListColumn> open(const std::string &name) const
    {
        ListColumn column;
        column.info = {name, Role::Field, Unit::None};
        const std::optional<Field> field = listField(name);
        if (field && *field == m_key) {
            column.info.role = Role::Dimension;
            column.cell = [this](std::uint32_t item) { return m_dimension.cell(m_items[item].code); };
        } else if (name == "http_status" && byStatus()) {
            column.info.role = Role::Dimension;
            column.cell = [this](std::uint32_t item) { return countCell(m_items[item].status); };
        } else if (name == "first_seen") {
            column.cell = [this](std::uint32_t item) { return Timestamp{m_members->firstSeenUs()[item]}; };
        } else if (name == "last_seen") {
            column.cell = [this](std::uint32_t item) { return Timestamp{m_members->lastSeenUs()[item]}; };
        } else if (name == "days_seen") {
            column.info = {name, Role::Measure, Unit::Number};
            column.cell = [days = m_members->daysSeen(m_source.scope.zone)](std::uint32_t item) {
                return Cell(days[item]);
            };
        } else if (name == "single_share" && m_dimension.manyValued()) {
            column.info = {name, Role::Measure, Unit::Ratio};
            column.cell = [shares = singleShares()](std::uint32_t item) { return Cell(shares[item]); };
        } else if (isComposed(name) &&
                   (m_source.kind == ListKind::Users || m_source.kind == ListKind::Customers)) {
            column.info = {name, Role::Measure, Unit::Usd};
            if (name == "cost_change")
                column.cell = [this](std::uint32_t item) { return costChange(item); };
            else
                column.cell = [this](std::uint32_t item) { return costBefore(item); };
        } else if (field && describes(*field)) {
            return describingColumn(name, *field);
        } else {
            return unknownListColumn(m_source.kind, name);
        }
        return column;
    }

    Result<ListColumn> describingColumn(const std::string &name, const Field &field) const
    {
        const auto reader = m_source.context.cache->open(field, m_source.context.data);
        if (!reader)
            return reader.error();
        ListColumn column;
        column.info = {name, Role::Field, Unit::None};
        column.cell = [reader = *reader, rows = m_members->newestRows(**reader)](std::uint32_t item) {
            return rows[item] == ListMembers::kNoRow ? Cell() : cellAt(*reader, rows[item]);
        };
        return column;
    }

    /// By item: the share of its events that have no other value.
    std::vector<double> singleShares() const
    {
        std::vector<std::int64_t> all(m_dimension.codeCount());
        std::vector<std::int64_t> single(m_dimension.codeCount());
        forEachValue([&](std::uint32_t code, std::uint32_t, bool isSingle) {
            ++all[code];
            single[code] += isSingle;
        });
        std::vector<double> shares;
        for (const Item &item : m_items)
            shares.push_back(static_cast<double>(single[item.code]) / static_cast<double>(all[item.code]));
        return shares;
    }

    ListSource m_source;
    KindSet m_kinds;
    Field m_key;
    RowSet m_rows;
    Dimension m_dimension;
    std::vector<Item> m_items; ///< by value, then by status
    std::unique_ptr<ListMembers> m_members;
    ListMeasures m_measures;
    ListMeasures m_before; ///< cost and generations of the previous period
    ListMeasures m_now;    ///< cost and tokens
    bool m_hasBefore = false;
};

} // namespace

Result<std::unique_ptr<ListItems>> groupItems(const ListSource &source)
{
    const Field key = *listKeyField(source.kind);
    auto reader = source.context.cache->open(key, source.context.data);
    if (!reader)
        return reader.error();
    auto items = std::make_unique<GroupItems>(source, key, std::move(*reader));
    if (!items->load())
        return makeError(Error::Kind::Cancelled, QCoreApplication::translate("genscope::Lists", "Stopped."));
    return std::unique_ptr<ListItems>(std::move(items));
}

} // namespace genscope
