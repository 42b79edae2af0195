// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/recentstores.h"

#include <QFileInfo>
#include <QSettings>

namespace genscope {

namespace {

const QString kKey = QStringLiteral("recentStores");
constexpr int kMost = 10;

} // namespace

QVector<RecentStores::Entry> RecentStores::entries() const
{
    QVector<Entry> entries;
    const QStringList paths = m_settings->value(kKey).toStringList();
    for (const QString &path : paths) {
        const QFileInfo info(path);
        entries.push_back({path, info.isFile(), info.size(), info.lastModified()});
    }
    return entries;
}

QString RecentStores::last() const
{
    return m_settings->value(kKey).toStringList().value(0);
}

void RecentStores::add(const QString &path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    QStringList paths = m_settings->value(kKey).toStringList();
    paths.removeAll(absolute);
    paths.prepend(absolute);
    m_settings->setValue(kKey, paths.mid(0, kMost));
}

void RecentStores::remove(const QString &path)
{
    QStringList paths = m_settings->value(kKey).toStringList();
    paths.removeAll(path);
    m_settings->setValue(kKey, paths);
}

} // namespace genscope
