// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "syntheticselection.h"

#include <array>
#include <random>

namespace genscope::test {

std::shared_ptr<const Selection> manyGenerations(std::size_t count)
{
    std::array<Dictionary, kDictFieldCount> dictionaries;
    const auto code = [&dictionaries](DictField field, const std::string &text) {
        return std::int64_t{dictionaries[static_cast<std::size_t>(field)].intern(text)};
    };
    std::mt19937 random(7);
    std::lognormal_distribution<double> latency(0.5, 0.8);
    std::vector<std::shared_ptr<const Segment>> segments;
    SegmentBuilder rows;
    for (std::size_t i = 0; i < count; ++i) {
        FactRow row;
        for (int field = 0; field < kIntFieldCount; ++field)
            row.ints[static_cast<std::size_t>(field)] = emptyValueOf(static_cast<IntField>(field));
        row.reals.fill(std::numeric_limits<double>::quiet_NaN());
        row.uuid.bytes[15] = static_cast<std::uint8_t>(i);
        row.uuid.bytes[14] = static_cast<std::uint8_t>(i >> 8);
        row.uuid.bytes[13] = static_cast<std::uint8_t>(i >> 16);
        row[IntField::Timestamp] = static_cast<std::int64_t>(i) * kMicrosPerSecond;
        row[IntField::Kind] = static_cast<std::int64_t>(EventKind::Generation);
        row[IntField::Model] = code(DictField::Model, "model-" + std::to_string(random() % 20));
        row[IntField::DistinctId] = code(DictField::DistinctId, "user-" + std::to_string(random() % 5'000));
        row[IntField::Trace] = code(DictField::Trace, "trace-" + std::to_string(i / 3));
        row[IntField::InputTokens] = static_cast<std::int64_t>(random() % 8'000);
        row[IntField::OutputTokens] = static_cast<std::int64_t>(random() % 2'000);
        row[IntField::ReportedTotal] = static_cast<std::int64_t>(random()) * 1'000;
        row[RealField::Latency] = latency(random);
        rows.append(row);
        if (rows.full()) {
            segments.push_back(rows.freeze());
            rows.clear();
        }
    }
    if (rows.rows() > 0)
        segments.push_back(rows.freeze());
    std::array<DictionaryView, kDictFieldCount> views;
    for (std::size_t i = 0; i < views.size(); ++i)
        views[i] = dictionaries[i].view();
    auto selection = std::make_shared<Selection>();
    selection->snapshot = std::make_shared<Snapshot>(std::move(segments), views, std::vector<std::string>(),
                                                     std::vector<std::pair<std::uint32_t, std::uint32_t>>());
    selection->context = makeQueryContext(selection->snapshot, nullptr, selection->scope, {});
    selection->rows = RowSet(count, true);
    selection->matchedEvents = static_cast<std::int64_t>(count);
    selection->storedEvents = selection->matchedEvents;
    return selection;
}

} // namespace genscope::test
