// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog> // before <compare>, which moc of Qt 6.4 cannot read first

#include "analytics/dataissues.h"
#include "core/zone.h"
#include "ingest/importreport.h"

class QSortFilterProxyModel;
class QTableView;
class QTabWidget;

namespace genscope {

class FileDialogs;
class QualityCheck;
class RejectModel;

/// What an import did: counts, each file, each rejected line, and what looks wrong in the store since. Stays
/// open beside the window.
class ImportReportDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ImportReportDialog)
public:
    /// @param check  of the store that the import was into; null: it is not open any more
    ImportReportDialog(const ImportReport &report, const Zone &zone, QualityCheck *check,
                       FileDialogs *dialogs, QWidget *parent);

    QTabWidget *tabs() const { return m_tabs; }

Q_SIGNALS:
    void eventsRequested(const genscope::DataFinding &finding);
    void failed(const QString &message);

private:
    QWidget *makeCounts() const;
    QWidget *makeFiles();
    QWidget *makeRejects();
    QWidget *makeQuality(QualityCheck *check);
    QWidget *makeNotes();
    void copyRejects();
    void exportRejects();

    ImportReport m_report;
    Zone m_zone;
    FileDialogs *m_dialogs;
    QTabWidget *m_tabs = nullptr;
    RejectModel *m_rejects = nullptr;
    QSortFilterProxyModel *m_shownRejects = nullptr;
    QTableView *m_rejectTable = nullptr;
};

/// One sentence: `12,000 new events, 3 duplicates, 2 rejected lines`.
QString importSummary(const ImportReport &report, const QLocale &locale);
/// The report as plain text with a line for each file and each reject, tab-separated: for the clipboard.
QString importReportText(const ImportReport &report, const QLocale &locale);

} // namespace genscope
