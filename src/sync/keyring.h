// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "sync/remoteproject.h"

#include <QByteArray>

#include <functional>

namespace genscope {

/// Where keys are kept between runs. They are in no other place: no setting, no store, no log.
/// @thread GUI, or one with an event loop
class KeyRing
{
public:
    using Read = std::function<void(const Result<QByteArray> &key)>; ///< empty: there is none
    using Changed = std::function<void(const Status &)>;

    KeyRing() = default;
    virtual ~KeyRing() = default;
    KeyRing(const KeyRing &) = delete;
    KeyRing &operator=(const KeyRing &) = delete;

    // They answer later. @error Io: there is no key ring, or it refuses
    virtual void read(const RemoteProject &project, const Read &done) = 0;
    virtual void write(const RemoteProject &project, const QByteArray &key, const Changed &done) = 0;
    virtual void remove(const RemoteProject &project, const Changed &done) = 0;
};

/// The key ring of the user's session.
KeyRing &systemKeyRing();

/// The environment variable that holds a key for the command line.
inline constexpr const char *kKeyVariable = "GENSCOPE_API_KEY";

/// The key of the environment, else of @p ring: waits for it. @error Io, Usage: there is none
Result<QByteArray> keyFor(const RemoteProject &project, KeyRing &ring);

} // namespace genscope
