// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/query.h"

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

namespace genscope {

class QueryRun;
struct Scanned;

/// Answers the same queries over one range of time after the other, as a brush moves: what a segment that is
/// wholly inside comes to is found once and kept, so a step reads only the segments at the ends of the range.
/// The answers are those of runQuery() over the rows of the range. For queries without interval. @thread any,
/// one answer at a time
class BrushedQueries
{
public:
    struct Asked
    {
        Query query;
        std::shared_ptr<const RowSet> rows; ///< those that may be brushed; the same for several where it is
    };

    /// @error as runQuery()
    static Result<std::shared_ptr<BrushedQueries>> make(std::vector<Asked> asked, const Scope &scope,
                                                        const QueryContext &context);
    BrushedQueries(std::vector<Asked> asked, const Scope &scope, const QueryContext &context);
    ~BrushedQueries();
    BrushedQueries(const BrushedQueries &) = delete;
    BrushedQueries &operator=(const BrushedQueries &) = delete;

    /// The answers over the rows in @p range, in the order of the queries. @error Cancelled
    Result<std::vector<ResultTable>> answer(const TimeRange &range, const StopToken &stop);

private:
    Status prepare();
    Status keepSegments(const std::vector<std::size_t> &segments, const StopToken &stop);
    std::vector<RowSet> rowsAtEnds(const std::vector<std::size_t> &segments, const TimeRange &range) const;
    std::size_t rowsOf(std::size_t query) const;
    Result<std::vector<ResultTable>> answerAnew(const TimeRange &range, const StopToken &stop) const;

    std::vector<Asked> m_asked;
    Scope m_scope;
    QueryContext m_context;
    std::vector<std::unique_ptr<QueryRun>> m_runs;
    std::vector<std::shared_ptr<const RowSet>> m_rowSets; ///< each different one once
    bool m_incremental = true;
    std::mutex m_mutex;
    std::vector<std::vector<Scanned>> m_kept; ///< by segment, then query; empty: not asked for yet
};

} // namespace genscope
