// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/appearance.h"

#include "app/style.h"
#include "charts/theme.h"

#include <QApplication>
#include <QEvent>
#include <QScopedValueRollback>
#include <QSettings>
#include <QToolTip>

#include <memory>

namespace genscope {

namespace {

const QString kModeKey = QStringLiteral("appearance/mode");

QString modeName(AppearanceMode mode)
{
    switch (mode) {
    case AppearanceMode::System:
        return QStringLiteral("system");
    case AppearanceMode::Light:
        return QStringLiteral("light");
    case AppearanceMode::Dark:
        return QStringLiteral("dark");
    }
    return {};
}

AppearanceMode modeFromName(const QString &name)
{
    for (const auto mode : {AppearanceMode::Light, AppearanceMode::Dark}) {
        if (modeName(mode) == name)
            return mode;
    }
    return AppearanceMode::System;
}

} // namespace

Appearance::Appearance(QSettings *settings, QObject *parent)
    : QObject(parent), m_settings(settings), m_mode(modeFromName(settings->value(kModeKey).toString()))
{
    QApplication::setStyle(new Style);
    apply();
    qApp->installEventFilter(this);
}

void Appearance::setMode(AppearanceMode mode)
{
    if (mode == m_mode)
        return;
    m_mode = mode;
    m_settings->setValue(kModeKey, modeName(mode));
    apply();
}

bool Appearance::isDark() const
{
    return genscope::isApplicationDark();
}

bool Appearance::systemIsDark() const
{
    // An empty palette brings back the platform's own, which Qt hides behind ours otherwise.
    QApplication::setPalette(QPalette());
    return genscope::isDark(QApplication::palette());
}

void Appearance::apply()
{
    const QScopedValueRollback<bool> guard(m_applying, true);
    const bool dark = m_mode == AppearanceMode::Dark || (m_mode == AppearanceMode::System && systemIsDark());
    const Theme &theme = dark ? Theme::darkTheme() : Theme::lightTheme();
    QApplication::setPalette(theme.palette());
    QToolTip::setPalette(theme.palette());
    Q_EMIT changed();
}

bool Appearance::eventFilter(QObject *watched, QEvent *event)
{
    // The desktop switched between light and dark: Qt tells every window. Once is enough for all of them.
    if (event->type() == QEvent::ThemeChange && m_mode == AppearanceMode::System && !m_applying &&
        !m_queued) {
        m_queued = true;
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_queued = false;
                apply();
            },
            Qt::QueuedConnection);
    }
    return QObject::eventFilter(watched, event);
}

} // namespace genscope
