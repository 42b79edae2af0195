// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <functional>
#include <span>

namespace genscope {

class Connection;

/// Marks a SQLite file as a Genscope store: "GenS" in the file's header.
inline constexpr std::int32_t kApplicationId = 0x47656e53;

/// One step of the schema. Steps are never changed once released: a new version is a new step.
struct Migration
{
    int version = 0; ///< the `user_version` after it; one more than that of the step before
    QStringList statements;
    /// What SQL cannot say, after the statements.
    std::function<Status(const Connection &)> finish = nullptr;
};

/// All steps, oldest first. The documentation of the result is docs/store-schema.md.
std::span<const Migration> storeMigrations();
/// The schema that this program reads and writes.
int currentSchemaVersion();

/// Brings an open store to the last of @p migrations, in one transaction. @error Database
Status migrate(const Connection &connection, std::span<const Migration> migrations);

/// What the first bytes of a file say about it, without SQLite and without touching it.
struct StoreFile
{
    enum class Kind {
        Missing,
        Empty,      ///< of length 0: a store that was never written
        Unreadable, ///< a folder, a device, or no permission
        Other,      ///< not ours
        Store,
    };
    Kind kind = Kind::Missing;
    int schemaVersion = 0; ///< as of the last checkpoint
    QString reason;        ///< Unreadable: why
};
StoreFile inspectStoreFile(const QString &path);

} // namespace genscope
