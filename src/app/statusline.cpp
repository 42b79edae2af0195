// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/statusline.h"

#include "app/jobarea.h"
#include "charts/linkbutton.h"
#include "charts/theme.h"
#include "core/format.h"
#include "models/tablecolumns.h"
#include "pricing/pricebook.h"
#include "workspace/costwords.h"
#include "workspace/workspace.h"

#include <QFile>
#include <QFileInfo>
#include <QLabel>
#include <QLocale>

#ifdef Q_OS_LINUX
#include <unistd.h>
#endif

namespace genscope {

namespace {

/// What the process holds in memory; 0 where the system does not say.
std::int64_t residentBytes()
{
#ifdef Q_OS_LINUX
    QFile file(QStringLiteral("/proc/self/statm"));
    if (file.open(QIODevice::ReadOnly))
        return file.readLine().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE);
#endif
    return 0;
}

/// The store with its write-ahead log.
std::int64_t storeBytes(const QString &path)
{
    return QFileInfo(path).size() + QFileInfo(path + QStringLiteral("-wal")).size();
}

} // namespace

StatusLine::StatusLine(Workspace *workspace, QWidget *parent)
    : QStatusBar(parent),
      m_workspace(workspace),
      m_job(new JobArea(this)),
      m_openJob(new JobArea(this)),
      m_reportJob(new JobArea(this)),
      m_pullJob(new JobArea(this)),
      m_rebuildJob(new JobArea(this)),
      m_indexJob(new JobArea(this)),
      m_pull(new LinkButton(this)),
      m_rows(addPart(tr("Rows"),
                     tr("Events that the time range and the filter match, of all events in the store"))),
      m_store(addPart(tr("Store"), {})),
      m_zone(addPart(tr("Time zone"), tr("Time zone of days, hours and times"))),
      m_prices(new LinkButton(this)),
      m_memory(addPart(tr("Memory"), tr("Memory that this program uses")))
{
    setSizeGripEnabled(false);
    setMinimumHeight(36); // that of a running job, so that the page does not jump when one begins
    insertPermanentWidget(0, m_job, 1);
    insertPermanentWidget(1, m_openJob, 1);
    insertPermanentWidget(2, m_reportJob, 1);
    insertPermanentWidget(3, m_rebuildJob, 1);
    insertPermanentWidget(4, m_indexJob, 1);
    insertPermanentWidget(5, m_pullJob, 1);
    for (LinkButton *link : {m_pull, m_prices}) {
        link->setFont(smallFont(font()));
        link->setForegroundRole(QPalette::PlaceholderText);
        link->setContentsMargins(8, 4, 8, 4);
    }
    insertPermanentWidget(8, m_pull);    // behind the store
    insertPermanentWidget(10, m_prices); // before the memory
    m_pull->hide();
    connect(m_pull, &LinkButton::clicked, this, &StatusLine::pullActivated);
    connect(m_prices, &LinkButton::clicked, this, &StatusLine::pricesActivated);
    connect(workspace, &Workspace::scopeChanged, this, &StatusLine::showPrices);
    showPrices();

    connect(workspace, &Workspace::selectionChanged, this, &StatusLine::showSelection);
    connect(workspace, &Workspace::scopeChanged, this, &StatusLine::showSelection);
    connect(workspace, &Workspace::opened, this, &StatusLine::showStore);
    connect(workspace, &Workspace::closed, this, &StatusLine::showStore);
    watchImport();
    m_refresh.setInterval(2000);
    connect(&m_refresh, &QTimer::timeout, this, [this] {
        showMemory();
        showStore();
    });
    m_refresh.start();
    showSelection();
    showStore();
    showMemory();
}

QLabel *StatusLine::addPart(const QString &name, const QString &hint)
{
    auto *label = new QLabel(this);
    label->setTextFormat(Qt::PlainText); // file names
    label->setFont(smallFont(font()));
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setAccessibleName(name);
    label->setToolTip(hint);
    label->setContentsMargins(8, 4, 8, 4);
    addPermanentWidget(label);
    return label;
}

void StatusLine::watchImport()
{
    connect(m_workspace, &Workspace::importStarted, this, [this](const QStringList &paths) {
        const QString what = paths.size() == 1 ? QFileInfo(paths.front()).fileName()
                                               : tr("%n file(s)", nullptr, static_cast<int>(paths.size()));
        m_job->begin(tr("Importing %1").arg(what), true, tr("Stop; what is imported so far is kept"));
    });
    connect(m_workspace, &Workspace::importProgress, this,
            [this](const Progress &progress) { m_job->setProgress(progress); });
    const auto finished = [this] {
        m_job->end();
        showStore();
    };
    connect(m_workspace, &Workspace::importFinished, this, finished);
    connect(m_workspace, &Workspace::importFailed, this, finished);
    connect(m_job, &JobArea::cancelRequested, m_workspace, &Workspace::cancelImport);
}

void StatusLine::showSelection()
{
    const auto selection = m_workspace->selection();
    const QLocale locale;
    m_rows->setText(tr("%1 of %2 events")
                        .arg(formatCount(selection->matchedEvents, locale),
                             formatCount(selection->storedEvents, locale)));
    m_zone->setText(QString::fromUtf8(m_workspace->scope().zone.name()));
}

void StatusLine::showStore()
{
    const bool open = m_workspace->isOpen();
    for (QLabel *part : {m_rows, m_store, m_zone})
        part->setVisible(open);
    if (!open)
        return;
    const QString path = m_workspace->storePath();
    m_store->setText(tr("%1, %2").arg(QFileInfo(path).fileName(), formatBytes(storeBytes(path), QLocale())));
    m_store->setToolTip(plainToolTip(path));
}

void StatusLine::showPrices()
{
    const QString date = PriceBook::bundled()->date();
    const QString prices = date.isEmpty() ? tr("prices undated") : tr("prices of %1").arg(date);
    const QString view = costViewNote(m_workspace->scope());
    m_prices->setLink(view.isEmpty() ? prices : tr("%1, cost %2").arg(prices, view),
                      tr("Date of the prices behind recomputed costs, and which cost is shown. Click for the "
                         "prices."));
}

void StatusLine::setPull(const QString &summary, const QString &facts)
{
    m_pull->setVisible(!summary.isEmpty());
    m_pull->setLink(summary, facts);
}

void StatusLine::showMemory()
{
    const std::int64_t bytes = residentBytes();
    m_memory->setVisible(bytes > 0);
    m_memory->setText(formatBytes(bytes, QLocale()));
}

QString StatusLine::text() const
{
    QStringList texts;
    for (const QLabel *part : {m_rows, m_store, m_zone}) {
        if (part->isVisibleTo(this))
            texts.push_back(part->text());
    }
    if (m_pull->isVisibleTo(this))
        texts.push_back(m_pull->text());
    texts.push_back(m_prices->text());
    if (m_memory->isVisibleTo(this))
        texts.push_back(m_memory->text());
    return texts.join(QStringLiteral(" | "));
}

} // namespace genscope
