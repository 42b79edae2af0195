// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>
#include <QUrl>

namespace genscope {

/// A PostHog project: where its private API is, and its number.
struct RemoteProject
{
    QUrl host;  ///< scheme, host and port only
    QString id; ///< or `@current`: the one that the key belongs to

    bool isCurrent() const { return id == QLatin1String("@current"); }
    QString hostText() const { return host.toString(QUrl::RemovePath | QUrl::StripTrailingSlash); }
    bool operator==(const RemoteProject &) const = default;
};

/// The project that a person means. @p host: `us`, `eu`, an address, with or without a scheme, also that
/// events are sent to (`us.i.posthog.com`) or one copied from the browser, whose `/project/12345` counts if
/// @p project is empty.
/// @error Usage: what is wrong with it, and what it should be
Result<RemoteProject> remoteProjectOf(const QString &host, const QString &project);

/// What a key is for, told by how it begins.
enum class KeyKind {
    None,          ///< nothing was given
    Personal,      ///< `phx_`: read with the rights of a person
    ProjectSecret, ///< `phs_`: read one project
    ProjectToken,  ///< `phc_`: send events only; everybody may know it
    Other,         ///< an OAuth token, say, or a key of an old server
};
KeyKind keyKindOf(const QString &key);
/// Why a key of that kind cannot read, as a sentence; empty if it may be able to.
QString whyKeyCannotRead(KeyKind kind);

/// @p text without anything that looks like a key, and without @p key.
QString withoutKeys(QString text, const QByteArray &key = {});

} // namespace genscope
