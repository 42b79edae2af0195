// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/jobarea.h"

#include "app/icons.h"
#include "core/format.h"
#include "models/tablecolumns.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace genscope {

QString progressText(const Progress &progress, const QLocale &locale)
{
    QStringList parts;
    if (progress.bytesTotal > 0)
        parts.push_back(
            JobArea::tr("%1 of %2")
                .arg(formatBytes(progress.bytesDone, locale), formatBytes(progress.bytesTotal, locale)));
    parts.push_back(JobArea::tr("%1 events").arg(formatCount(progress.eventsDone, locale)));
    // A rate over less than a second says nothing yet.
    if (progress.secondsElapsed >= 1 && progress.bytesDone > 0) {
        const double rate = static_cast<double>(progress.bytesDone) / progress.secondsElapsed;
        parts.push_back(JobArea::tr("%1/s").arg(formatBytes(std::llround(rate), locale)));
        if (progress.bytesTotal > progress.bytesDone) {
            const double left = static_cast<double>(progress.bytesTotal - progress.bytesDone) / rate;
            const auto whole = std::max<std::int64_t>(1, std::llround(left));
            parts.push_back(
                whole < 60 ? JobArea::tr("%1 s left").arg(whole)
                           : JobArea::tr("%1 left").arg(formatSeconds(static_cast<double>(whole), locale)));
        }
    }
    return parts.join(JobArea::tr(", "));
}

JobArea::JobArea(QWidget *parent)
    : QWidget(parent),
      m_label(new QLabel(this)),
      m_bar(new QProgressBar(this)),
      m_cancel(new QToolButton(this))
{
    m_label->setTextFormat(Qt::PlainText); // file names
    m_bar->setFixedWidth(120);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress"));
    m_cancel->setIcon(strokeIcon(QStringLiteral("close")));
    m_cancel->setAutoRaise(true);
    m_cancel->setFocusPolicy(Qt::TabFocus);
    m_cancel->setAccessibleName(tr("Stop the running job"));
    connect(m_cancel, &QToolButton::clicked, this, [this] {
        m_cancel->setEnabled(false);
        m_label->setText(tr("%1: stopping…").arg(m_title));
        Q_EMIT cancelRequested();
    });
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 0, 0, 0);
    layout->addWidget(m_bar);
    layout->addWidget(m_cancel);
    layout->addWidget(m_label, 1);
    hide();
}

void JobArea::begin(const QString &title, bool cancellable, const QString &stopHint)
{
    m_cancel->setToolTip(stopHint.isEmpty() ? tr("Stop") : stopHint);
    m_title = title;
    m_label->setText(title);
    m_label->setToolTip(plainToolTip(title));
    m_bar->setRange(0, 0);
    m_cancel->setVisible(cancellable);
    m_cancel->setEnabled(true);
    show();
}

void JobArea::setTitle(const QString &title)
{
    if (!m_cancel->isEnabled())
        return; // stopping: the last word is said
    m_title = title;
    m_label->setText(title);
    m_label->setToolTip(plainToolTip(title));
}

void JobArea::setProgress(const Progress &progress)
{
    if (!m_cancel->isEnabled())
        return; // stopping: the last word is said
    if (progress.bytesTotal > 0) {
        m_bar->setRange(0, 1000);
        m_bar->setValue(static_cast<int>(1000.0 * static_cast<double>(progress.bytesDone) /
                                         static_cast<double>(progress.bytesTotal)));
    }
    m_label->setText(tr("%1: %2").arg(m_title, progressText(progress, locale())));
}

void JobArea::setEvents(std::int64_t done, std::int64_t total)
{
    if (!m_cancel->isEnabled())
        return;
    constexpr int kSteps = 1000;
    m_bar->setRange(0, kSteps);
    m_bar->setValue(static_cast<int>(kSteps * done / std::max<std::int64_t>(total, 1)));
    m_label->setText(
        tr("%1: %2 of %3 events").arg(m_title, formatCount(done, locale()), formatCount(total, locale())));
}

void JobArea::setShare(std::int64_t done, std::int64_t total)
{
    if (!m_cancel->isEnabled())
        return;
    constexpr int kSteps = 1000;
    m_bar->setRange(0, kSteps);
    m_bar->setValue(static_cast<int>(kSteps * done / std::max<std::int64_t>(total, 1)));
}

void JobArea::end()
{
    hide();
    m_label->clear();
}

QString JobArea::text() const
{
    return m_label->text();
}

} // namespace genscope
