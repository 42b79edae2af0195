// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/projectlinks.h"
#include "sync/remoteproject.h"

#include <QUrl>

#include <functional>
#include <optional>

namespace genscope {

/// Shows rows in the PostHog project that the open store is pulled from.
struct RemoteOpener
{
    /// Nothing: the store is not pulled from one. Absent: never.
    std::function<std::optional<RemoteProject>()> project;
    std::function<void(const QUrl &)> open;

    std::optional<RemoteProject> current() const
    {
        return project && open ? project() : std::optional<RemoteProject>();
    }
};

} // namespace genscope
