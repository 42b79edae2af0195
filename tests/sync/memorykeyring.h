// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/keyring.h"

#include <QHash>
#include <QTimer>

namespace genscope {

/// A key ring for tests: it answers later, as a real one, and can be missing.
class MemoryKeyRing final : public KeyRing
{
public:
    QHash<QString, QByteArray> keys; ///< by host and project
    bool isMissing = false;

    static QString entry(const RemoteProject &project)
    {
        return project.hostText() + QLatin1Char(' ') + project.id;
    }
    void read(const RemoteProject &project, const Read &done) override
    {
        later([this, project, done] {
            if (isMissing)
                done(missing());
            else
                done(keys.value(entry(project)));
        });
    }
    void write(const RemoteProject &project, const QByteArray &key, const Changed &done) override
    {
        later([this, project, key, done] {
            if (isMissing)
                return done(missing());
            keys[entry(project)] = key;
            done(Done{});
        });
    }
    void remove(const RemoteProject &project, const Changed &done) override
    {
        later([this, project, done] {
            if (isMissing)
                return done(missing());
            keys.remove(entry(project));
            done(Done{});
        });
    }

private:
    static void later(const std::function<void()> &work) { QTimer::singleShot(0, work); }
    static Error missing()
    {
        return makeError(Error::Kind::Io, QStringLiteral("No key ring can be reached."));
    }
};

} // namespace genscope
