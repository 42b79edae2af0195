// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QProcess>
#include <QStringList>

#include <functional>

namespace genscope {

struct Scope;

/// What `genscope report` is given to draw what the window shows.
QStringList reportArguments(const QString &store, const QString &folder, const Scope &scope);

/// Writes the report in a process of its own, so that drawing and printing pictures does not hold up the
/// window.
class ReportExport final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ReportExport)
public:
    /// @param program  this program's executable
    explicit ReportExport(QString program, QObject *parent = nullptr);
    ~ReportExport() override;

    bool isRunning() const;
    void start(const QString &store, const QString &folder, const Scope &scope);
    void cancel();

Q_SIGNALS:
    void finished(const QString &folder);
    void failed(const QString &reason); ///< what the process said; empty if it was cancelled

private:
    QString m_program;
    QProcess m_process;
    QString m_folder;
    bool m_cancelled = false;
};

} // namespace genscope
