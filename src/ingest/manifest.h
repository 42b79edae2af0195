// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>
#include <QStringList>

#include <string_view>

namespace genscope {

// The list of its files that a batch export writes next to them: `..._manifest.json`, `{"files":[KEY,...]}`.

/// Whether @p head, the beginning of a file, is one of a manifest: an object whose first member is `files`.
bool looksLikeManifest(std::string_view head);

/// The keys that the manifest at @p path lists. @error Io; Parse: it is no manifest
Result<QStringList> readManifest(const QString &path);

/// A key or a file's path in the form in which they are compared: browsers and download programs
/// percent-encode names (`%3A` for `:`) or replace what a file system forbids. Without `.` and empty parts.
QString comparableKey(const QString &key);

/// Whether a key leads out of its folder, which no export writes: absolute, or with `..` in it.
bool leavesFolder(const QString &key);

/// Order of import: by the interval of data that batch exports put into names (`{start}-{end}[-N].jsonl.gz`),
/// files without one after those with one; then by path, numbers by value.
class DumpOrder
{
public:
    explicit DumpOrder(const QString &path);

    bool operator<(const DumpOrder &other) const;
    /// `{start}-{end}`, comparable; empty if the name has none.
    const QString &interval() const { return m_interval; }

private:
    QString m_interval;
    QString m_path;
};

} // namespace genscope
