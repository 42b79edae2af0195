// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QDialog>

#include "ingest/importreport.h"

namespace genscope {

/// The lines that could not be imported.
class RejectModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RejectModel)
public:
    enum Column { FileColumn, LineColumn, ReasonColumn, ColumnCount };

    explicit RejectModel(std::vector<Reject> rejects, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<Reject> m_rejects;
};

/// What an import did, line by line where something was rejected. Stays open beside the window.
class ImportReportDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ImportReportDialog)
public:
    ImportReportDialog(const ImportReport &report, QWidget *parent);

private:
    QWidget *makeCounts() const;
    QWidget *makeRejects();

    ImportReport m_report;
};

/// One sentence: `12,000 new events, 3 duplicates, 2 rejected lines`.
QString importSummary(const ImportReport &report, const QLocale &locale);
/// The report as plain text with a line for each reject, tab-separated: for the clipboard.
QString importReportText(const ImportReport &report, const QLocale &locale);

} // namespace genscope
