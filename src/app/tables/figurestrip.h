// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/columnfigures.h"

#include <QWidget>

#include <array>
#include <map>

namespace genscope {

class ListView;

/// Below a table, under its columns: sum, mean and p95 of their numbers. Moves with the table.
class FigureStrip final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FigureStrip)
public:
    explicit FigureStrip(ListView *view, QWidget *parent = nullptr);

    /// Figures of @p rows, which may be older than what the table shows.
    void setFigures(ListKind kind, const ListRows &rows, const std::vector<ColumnFigures> &figures);
    void clear();
    /// What stands below a column, a line each; for tests and screen readers.
    QStringList textsOf(const std::string &column) const;

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    static constexpr int kLines = 3;
    struct Texts
    {
        std::array<QString, kLines> lines;
        QString hint;
    };
    int lineHeight() const;
    int labelWidth() const;
    void paintColumn(QPainter &painter, int section, const Texts &texts) const;
    void paintLabels(QPainter &painter) const;

    ListView *m_view;
    std::map<std::string, Texts> m_texts; ///< by column
};

} // namespace genscope
