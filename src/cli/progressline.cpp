// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/progressline.h"

#include "core/format.h"

#include <QCoreApplication>
#include <QLocale>

#include <cstdio>
#include <unistd.h>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::CommandLine)
};

} // namespace

ProgressLine::ProgressLine(Unit unit) : m_unit(unit), m_shown(isatty(STDERR_FILENO)) {}

ProgressLine::~ProgressLine()
{
    if (m_shown)
        std::fputs("\r\033[K", stderr);
}

EventProgress ProgressLine::callback() const
{
    if (!m_shown)
        return {};
    return [unit = m_unit](std::int64_t done, std::int64_t total) {
        const QLocale locale;
        const QString line =
            (unit == Unit::Events ? Text::tr("%1 of %2 events") : Text::tr("%1 of %2 blocks"))
                .arg(formatCount(done, locale), formatCount(total, locale));
        std::fprintf(stderr, "\r\033[K%s", qUtf8Printable(line));
    };
}

} // namespace genscope
