// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/columnfigures.h"

#include <QFrame>

class QLabel;
class QTreeWidget;

namespace genscope {

/// The commonest values of a column with how often they occur; one click makes one a filter. Deletes itself
/// when closed.
class ValuePopup final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ValuePopup)
public:
    ValuePopup(const TableColumn &column, QWidget *parent);

    void setCounts(const ValueCounts &counts, const Zone &zone);
    void popupAt(const QPoint &global);
    QTreeWidget *list() const { return m_list; }

Q_SIGNALS:
    void chosen(const genscope::Cell &value);

private:
    TableColumn m_column;
    std::vector<Cell> m_values;
    QLabel *m_title;
    QTreeWidget *m_list;
};

} // namespace genscope
