// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/reportcontent.h"

#include <QByteArray>

namespace genscope {

/// The report as one HTML page that needs no other file, no script and no network, in light and dark. Every
/// text of the data is escaped.
QByteArray reportPage(const ReportContent &content);

} // namespace genscope
