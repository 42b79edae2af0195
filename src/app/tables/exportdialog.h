// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QCheckBox;
class QRadioButton;

namespace genscope {

/// What of a list is written to a file. Does not block: accepted() comes later.
class ExportDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ExportDialog)
public:
    ExportDialog(qint64 rows, qint64 selectedRows, int shownColumns, int allColumns,
                 QWidget *parent = nullptr);

    bool selectedRowsOnly() const;
    bool allColumns() const;
    bool jsonLines() const;
    bool byteOrderMark() const; ///< of CSV only

private:
    QRadioButton *m_allRows;
    QRadioButton *m_selectedRows;
    QRadioButton *m_shownColumns;
    QRadioButton *m_allColumns;
    QRadioButton *m_csv;
    QRadioButton *m_jsonLines;
    QCheckBox *m_byteOrderMark;
};

} // namespace genscope
