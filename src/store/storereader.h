// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/eventsource.h"
#include "analytics/snapshot.h"
#include "core/result.h"
#include "core/stoptoken.h"
#include "core/uuid.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace genscope {

/// One file, pipe or cursor that events came from.
struct SourceInfo
{
    std::string name;
    std::string kind;        ///< `file`, `stdin`
    std::int64_t events = 0; ///< read from it, new or not
    std::int64_t rejected = 0;
};

/// What `genscope stats` says.
struct StoreStats
{
    std::int64_t events = 0;
    std::vector<std::pair<std::string, std::int64_t>> byEvent;
    std::int64_t persons = 0;                                 ///< known ones, anonymous users left out
    std::vector<std::pair<std::string, std::int64_t>> groups; ///< type -> known groups
    std::optional<Timestamp> first;
    std::optional<Timestamp> last;
    std::int64_t storeBytes = 0;
    std::int64_t rejected = 0; ///< lines, each counted once however often its file was imported
    std::vector<SourceInfo> sources;
};

/// Reads a store, also while it is being written. All functions may be called from any thread at the same
/// time: each call opens its own SQLite connection (about half a millisecond), because those of QtSql belong
/// to the thread that opened them.
class StoreReader final : public EventSource
{
public:
    /// @error Io if there is no such file, it is not a store, its schema is newer, or it cannot be read; the
    /// file is
    ///        left as it is. An older schema is an error that asks for it to be opened for writing once.
    static Result<std::shared_ptr<StoreReader>> open(const QString &path);
    ~StoreReader() override;

    const QString &path() const;
    /// All committed events as columns. @error Database, Cancelled
    Result<std::shared_ptr<const Snapshot>> loadSnapshot(const StopToken &stop) const;
    Result<StoreStats> stats() const;

    /// The captured JSON of an event, byte for byte. @error Database; Usage if there is no such event
    Result<std::string> rawEvent(const Uuid &uuid) const;
    Result<std::string> rawEventAt(std::size_t row) const;
    /// The same for many events, in the order of @p rows, over one connection.
    Status readRawEvents(const std::vector<std::uint32_t> &rows,
                         const std::function<void(std::uint32_t row, std::string raw)> &visit) const;
    /// The newest known properties of a person or group as a JSON object; `{}` if there are none.
    Result<std::string> personProperties(const std::string &personOrDistinctId) const;
    Result<std::string> groupProperties(const std::string &type, const std::string &key) const;
    /// Names of event, person and group properties seen, most frequent first: for completion and column
    /// choosers.
    Result<std::vector<PropertyPath>> propertyNames() const;

    Status readProperty(const PropertyPath &path, std::size_t rows,
                        const std::function<void(std::size_t, std::string_view)> &visit,
                        const StopToken &stop) const override;
    Status readSpanIds(const RowSet &rows, const std::function<void(std::size_t, std::string_view)> &visit,
                       const StopToken &stop) const override;
    Status readContent(Content content, const RowSet &rows,
                       const std::function<void(std::size_t, std::string_view)> &visit,
                       const StopToken &stop) const override;
    Status searchContent(Content content, const RowSet &rows, const TextHint &hint,
                         const std::function<void(std::size_t, std::string_view)> &visit,
                         const StopToken &stop) const override;

private:
    explicit StoreReader(const QString &path);
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// What a path is, without changing it: for "open" actions that take stores and dumps alike.
bool looksLikeStore(const QString &path);

} // namespace genscope
