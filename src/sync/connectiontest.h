// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/stoptoken.h"
#include "sync/remoteproject.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <cstdint>

namespace genscope {

class ApiClient;

/// Whether a project can be pulled with a key, in words for a person.
struct ConnectionTest
{
    QString problem;         ///< what is wrong and what to do; empty: it works
    std::int64_t events = 0; ///< AI events of the last 30 days
    QStringList remarks;     ///< what would be missing: groups, say, whose scope the key lacks
};

/// Asks a few small questions. @thread blocks; any but the GUI's
ConnectionTest testConnection(const RemoteProject &project, const QByteArray &key, const StopToken &stop);

/// The project with its number, where it is given as the one that the key belongs to (`@current`): what is
/// pulled is noted under the number, whichever way it was asked for.
/// @error Network, Cancelled
Result<RemoteProject> numberedProject(ApiClient &client, const StopToken &stop);

} // namespace genscope
