// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/syncwords.h"

#include "core/format.h"

#include <QCoreApplication>
#include <QLocale>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::SyncProgress)
};

} // namespace

QString doingWords(const SyncProgress &progress)
{
    const QLocale locale;
    switch (progress.doing) {
    case SyncProgress::Doing::Asking:
        return Text::tr("asking the server");
    case SyncProgress::Doing::NewEvents:
        return Text::tr("new events");
    case SyncProgress::Doing::History:
        return Text::tr("history, %1 done").arg(formatRatio(progress.historyDone, locale));
    case SyncProgress::Doing::Content:
        return Text::tr("prompts and answers of %n trace(s) to come", nullptr,
                        static_cast<int>(progress.contentWanted));
    case SyncProgress::Doing::Persons:
        return Text::tr("persons and groups");
    case SyncProgress::Doing::Comparing:
        return Text::tr("comparing counts");
    case SyncProgress::Doing::Exporting:
        return Text::tr("history as files, %1 done").arg(formatRatio(progress.historyDone, locale));
    case SyncProgress::Doing::Waiting:
        return Text::tr("waiting %1, as the server asks")
            .arg(formatSeconds(static_cast<double>(progress.wait.count()) / 1000, locale));
    case SyncProgress::Doing::OwnLimit:
        return Text::tr("waiting %1, so that requests are left for others")
            .arg(formatSeconds(static_cast<double>(progress.wait.count()) / 1000, locale));
    }
    return {};
}

} // namespace genscope
