// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/event.h"
#include "pricing/pricebook.h"

#include <QJsonObject>

#include <memory>

namespace genscope {

/// An event as ingest would make it, as far as pricing reads it, from the `properties` of a cost vector.
Event eventFromProperties(const QString &eventName, const QJsonObject &properties);

/// A generation with these properties, written as JSON.
Event generation(const char *propertiesJson);

/// The book that @p json describes; a book that cannot be read fails the test.
std::shared_ptr<const PriceBook> bookFrom(const QByteArray &json);

} // namespace genscope
