// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>
#include <QVector>

class QSettings;

namespace genscope {

/// The stores opened last, in the settings.
class RecentStores
{
public:
    struct Entry
    {
        QString path;
        bool exists = false;
        qint64 bytes = 0;
        QDateTime modified;
    };

    explicit RecentStores(QSettings *settings) : m_settings(settings) {}

    QVector<Entry> entries() const; ///< newest first, with what the file system says now
    QString last() const;           ///< empty if there is none
    void add(const QString &path);
    void remove(const QString &path);

private:
    QSettings *m_settings;
};

} // namespace genscope
