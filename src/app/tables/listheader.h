// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/listmodel.h"

#include <QHeaderView>

namespace genscope {

/// The header of a list: an arrow at every column that is sorted by, with its place where there are several.
/// A click sorts by a column alone, with Shift also by it.
class ListHeader final : public QHeaderView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ListHeader)
public:
    explicit ListHeader(ListModel *model, QWidget *parent = nullptr);

    /// The header shows no selection, and keeps away from it: asked whether a column is selected, Qt looks at
    /// every row of it, which takes seconds in millions of rows.
    void setSelectionModel(QItemSelectionModel *selection) override;

    /// A click is being handled: the base class turns its own arrow round, which is no wish to sort.
    bool isClicking() const { return m_clicking; }

Q_SIGNALS:
    void sortRequested(int section, bool also);

protected:
    void mouseReleaseEvent(QMouseEvent *event) override;
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;
    void initStyleOptionForIndex(QStyleOptionHeader *option, int section) const override;

private:
    int sortPlace(int section) const;

    ListModel *m_model;
    bool m_clicking = false;
    bool m_also = false;
};

} // namespace genscope
