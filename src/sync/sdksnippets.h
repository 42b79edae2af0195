// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVector>

namespace genscope {

/// What a user pastes into a program so that its SDK sends here.
struct SdkSnippet
{
    QString title; ///< a language, or what it is
    QString code;
};
/// @param token  the project token that is taken; empty: any
QVector<SdkSnippet> sdkSnippets(const QString &address, const QString &token = {});

} // namespace genscope
