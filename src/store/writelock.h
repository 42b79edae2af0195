// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/stoptoken.h"
#include "store/connection.h"

#include <QLockFile>
#include <QString>

#include <chrono>
#include <memory>

namespace genscope {

/// Takes a lock file if it is free within that time. One whose program is gone does not count, nor one that
/// says nothing because its program was killed while it made it.
bool tryLockFile(QLockFile &lock, std::chrono::milliseconds patience);

/// The lock `STORE.lock` that keeps a second importer out for as long as the first one runs, not only for one
/// transaction. Waits for it as @p wait says. A lock whose program is gone does not count.
/// @error Io, Cancelled
Result<std::unique_ptr<QLockFile>> lockForWriting(const QString &storePath, const WriterWait &wait,
                                                  const StopToken &stop);

/// Somebody waits in lockForWriting() for that store. Whoever holds it for long asks now and then, and lets
/// go for kTurn when it can.
bool isWantedByOthers(const QString &storePath);
/// Begins the transaction of a short edit. A sign beside the store asks a program that commits batch after
/// batch for a turn. @error Database, Cancelled
Status beginEditing(const Connection &connection, const WriterWait &wait, const StopToken &stop);
/// Somebody waits in beginEditing(): whoever has just committed waits for kTurn before it goes on.
bool isEditWaiting(const QString &storePath);
/// Long enough for one who waits to take the lock.
inline constexpr std::chrono::milliseconds kTurn{300};

} // namespace genscope
