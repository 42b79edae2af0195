// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QSettings;

namespace genscope {

enum class AppearanceMode { System, Light, Dark };

/// Dresses the application: our style and the light or dark palette of charts/theme.h. In System mode it
/// follows the desktop, judged by the palette that the platform gives (Qt 6.4 has no colour scheme to ask
/// for). The choice is remembered in the settings. One per process, before the first widget. @thread GUI
class Appearance final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Appearance)
public:
    explicit Appearance(QSettings *settings, QObject *parent = nullptr);

    AppearanceMode mode() const { return m_mode; }
    void setMode(AppearanceMode mode);
    bool isDark() const;

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void apply();
    bool systemIsDark() const;

    QSettings *m_settings;
    AppearanceMode m_mode = AppearanceMode::System;
    bool m_applying = false;
    bool m_queued = false;
};

} // namespace genscope
