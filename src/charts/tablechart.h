// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chartview.h"

#include "charts/resultmodel.h"

class QTableView;

namespace genscope {

/// A breakdown as a table: one row for each value, one column for each measure, and the differences where
/// there is something to compare with.
class TableChart final : public ChartView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TableChart)
public:
    explicit TableChart(QWidget *parent = nullptr);

    void setResult(const ResultTable &table, const ChartContext &context) override;
    void paintPicture(QPainter &painter, const QRect &area) override;

    ResultModel *model() const { return m_model; }
    QTableView *view() const { return m_view; }
    QSize sizeHint() const override { return {420, 220}; }
    QSize minimumSizeHint() const override { return {160, 80}; }

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    class Delegate;
    void dress();
    void activate(int row, Qt::KeyboardModifiers modifiers);

    ResultModel *m_model;
    QTableView *m_view;
};

} // namespace genscope
