// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/timestamp.h"

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace genscope {

/// A line that could not be imported.
struct Reject
{
    QString file;
    std::int64_t line = 0; ///< from 1; 0 if the reason is about the whole file
    QString reason;
};

/// What is alike in reasons: quoted text and numbers left out, so that equal troubles count together.
QString rejectKind(const QString &reason);

/// What an import read from one file.
struct SourceReport
{
    QString name;           ///< path as it was given or found; `-`: standard input
    std::int64_t bytes = 0; ///< on disk
    std::int64_t lines = 0;
    std::int64_t events = 0;
    std::int64_t newEvents = 0;
    std::int64_t duplicates = 0;
    std::int64_t updated = 0;
    std::int64_t ignored = 0;
    std::int64_t rejected = 0;
    /// Of the events that had to be read; copies that were recognised by their bytes alone are left out.
    std::optional<Timestamp> first;
    std::optional<Timestamp> last;

    void addTime(Timestamp time);
};

/// What an import did. For line-based files lines = new + duplicates + updated + ignored + rejected.
struct ImportReport
{
    std::int64_t files = 0;
    std::int64_t bytes = 0;  ///< read from disk, compressed size for compressed files
    std::int64_t lines = 0;  ///< non-empty lines, or elements of arrays and batches
    std::int64_t events = 0; ///< new + duplicates + updated + ignored
    std::int64_t newEvents = 0;
    std::int64_t duplicates = 0;
    std::int64_t updated = 0;
    std::int64_t ignored = 0;
    std::int64_t rejected = 0;
    std::int64_t persons = 0;                    ///< rows about persons, counted as ignored too
    std::map<std::string, std::int64_t> byEvent; ///< new events by name
    std::vector<Reject> rejects;                 ///< kMaxRejects: those about whole files, then the first
    std::map<QString, std::int64_t> rejectKinds; ///< all rejects by rejectKind()
    std::vector<SourceReport> sources;           ///< in the order they were read
    std::vector<QString> notes;      ///< things a reader should know: empty files, values that did not fit
    std::vector<QString> unreadable; ///< files that could not be opened, with the reason
    double seconds = 0;
    bool cancelled = false;

    static constexpr std::size_t kMaxRejects = 1000;
    static constexpr std::size_t kMaxRejectKinds = 100; ///< what comes later counts as `other reasons`

    /// One about a whole file comes before those about lines, however late it is told.
    void addReject(Reject reject);
    /// The object that `genscope import --json` prints (`rejects`: first 20).
    /// @param quality  the JSON list of findings about the store; left out if empty
    QByteArray toJson(const QByteArray &quality = {}) const;
};

} // namespace genscope
