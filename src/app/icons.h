// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QString>

namespace genscope {

/// One of our own stroke icons (resources/icons/NAME.svg), drawn in the colour of the text it stands beside:
/// it follows the application's palette without being made again. Checked icons take the accent colour.
QIcon strokeIcon(const QString &name);

/// The same in one fixed colour, for severity marks. Follows nothing.
QIcon strokeIcon(const QString &name, const QColor &color);

/// The application's own icon.
QIcon applicationIcon();

} // namespace genscope
