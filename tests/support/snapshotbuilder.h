// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/eventsource.h"
#include "analytics/snapshot.h"
#include "core/event.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace genscope::test {

using Texts = std::vector<std::pair<std::string, std::string>>;

/// An event as tests write it: `{.time = "2025-06-02T10:00Z", .model = "gpt-4o", .bookCost = 0.02}`. What is
/// left out is missing. Money is USD.
struct TestEvent
{
    std::string time = "2025-06-02T00:00:00Z"; ///< ISO; without offset it is UTC
    EventKind kind = EventKind::Generation;
    std::string name = {}; ///< left out: `$ai_` and the kind
    std::string user = {}; ///< distinct_id; equal to trace it is anonymous
    std::string person = {};
    std::string trace = {};
    std::string session = {};
    std::string spanName = {};
    std::string spanId = {};
    std::string model = {};
    std::string provider = {};
    std::string serviceTier = {};
    std::string lib = {};
    std::string tools = {}; ///< comma separated
    std::optional<std::int64_t> status = {};
    std::optional<bool> stream = {};
    bool isError = false;
    std::string error = {}; ///< normalised; sets isError
    bool root = false;
    bool aheadOfServer = false;
    bool farBehindServer = false;
    bool cacheStated = false;
    bool startsAtTimestamp = false;
    std::optional<double> latency = {}; ///< seconds
    std::optional<double> ttft = {};    ///< seconds

    std::optional<std::int64_t> input = {}; ///< tokens
    std::optional<std::int64_t> output = {};
    std::optional<std::int64_t> cacheRead = {};
    std::optional<std::int64_t> cacheWrite = {};
    std::optional<std::int64_t> reasoning = {};
    bool cacheExclusive = false;

    std::optional<double> reportedCost = {}; ///< total
    std::optional<double> reportedInput = {};
    std::optional<double> reportedOutput = {};
    std::optional<double> reportedRequest = {};
    std::optional<double> reportedWebSearch = {};
    bool reportedFinal = false;
    std::optional<double> bookInput = {};
    std::optional<double> bookOutput = {};
    std::optional<double> bookCacheRead = {};
    std::optional<double> bookCacheWrite = {};
    std::optional<double> bookRequest = {};
    std::optional<double> bookWebSearch = {};
    int costSource = 0; ///< genscope::CostSource
    std::string costModel = {};
    std::string costProvider = {};

    Texts groups = {};     ///< {type, key}
    Texts properties = {}; ///< {`event.feature`, text}, {`person.plan`, text}, {`group.company.tier`, text}
    std::optional<std::string> inputText = {};
    std::optional<std::string> outputText = {};
};

/// Properties and content of the built events, as the store would read them.
class FakeEventSource final : public EventSource
{
public:
    Status readProperty(const PropertyPath &path, std::size_t rows,
                        const std::function<void(std::size_t, std::string_view)> &visit,
                        const StopToken &stop) const override;
    Status readSpanIds(const RowSet &rows, const std::function<void(std::size_t, std::string_view)> &visit,
                       const StopToken &stop) const override;
    Status readContent(Content content, const RowSet &rows,
                       const std::function<void(std::size_t, std::string_view)> &visit,
                       const StopToken &stop) const override;

    mutable int propertyReads = 0; ///< how often readProperty() was called
    mutable int spanIdReads = 0;

private:
    friend class SnapshotBuilder;
    std::map<std::string, std::vector<std::pair<std::size_t, std::string>>> m_properties;
    std::vector<std::string> m_spanIds; ///< by row; empty: none
    std::vector<std::optional<std::string>> m_inputs;
    std::vector<std::optional<std::string>> m_outputs;
};

/// Builds a snapshot from events, row after row. Uuids count from 1.
class SnapshotBuilder
{
public:
    SnapshotBuilder() = default;
    explicit SnapshotBuilder(const std::vector<TestEvent> &events);

    SnapshotBuilder &add(const TestEvent &event);
    /// What the store knows about a distinct_id, beyond what events say.
    SnapshotBuilder &person(const std::string &distinctId, const std::string &person);

    std::shared_ptr<const Snapshot> build();
    const FakeEventSource &source() const { return *m_source; } ///< lives as long as the builder

private:
    FactRow factsOf(const TestEvent &event);
    std::int64_t code(DictField field, const std::string &text);
    int groupSlot(const std::string &type);

    std::vector<std::shared_ptr<const Segment>> m_segments;
    SegmentBuilder m_rows;
    std::array<Dictionary, kDictFieldCount> m_dictionaries;
    std::vector<std::string> m_groupTypes;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> m_distinctToPerson;
    std::unique_ptr<FakeEventSource> m_source = std::make_unique<FakeEventSource>();
    std::size_t m_count = 0;
};

} // namespace genscope::test
