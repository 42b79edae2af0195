// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/reportcontent.h"

#include <QByteArray>

namespace genscope {

/// The report on A4 pages: facts, number tiles, every chart whole on one page, and the totals.
QByteArray reportPdf(const ReportContent &content);

} // namespace genscope
