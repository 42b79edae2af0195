// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/remoteproject.h"

#include <QUrl>

namespace genscope {

// Where PostHog shows things of a project in the browser.

/// A trace, and in it @p event (a uuid; may be empty).
QUrl traceLink(const RemoteProject &project, const QString &trace, const QString &event);
/// A user, by a distinct id.
QUrl userLink(const RemoteProject &project, const QString &distinctId);

} // namespace genscope
