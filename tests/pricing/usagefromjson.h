// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/event.h"

#include <QJsonObject>

namespace genscope {

/// An event as ingest would make it, as far as pricing reads it, from the `properties` of a cost vector.
Event eventFromProperties(const QString &eventName, const QJsonObject &properties);

} // namespace genscope
