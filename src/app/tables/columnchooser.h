// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tablecolumns.h"

#include <QFrame>

#include <string>
#include <vector>

class QLineEdit;
class QListWidget;
class QListWidgetItem;

namespace genscope {

/// A popup to choose the columns of a list: a search box over checkable names, built-in ones first, then the
/// properties that the store has seen.
class ColumnChooser final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ColumnChooser)
public:
    explicit ColumnChooser(ListKind kind, QWidget *parent = nullptr);

    /// @param shown  from left to right
    void setShown(const std::vector<std::string> &shown);
    /// Further columns to offer; those known already stay as they are.
    void addProperties(const std::vector<PropertyPath> &paths);
    void popupBelow(QWidget *anchor);

Q_SIGNALS:
    /// The columns in the order shown before, new ones at the end.
    void columnsChosen(const std::vector<std::string> &names);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void addItem(const std::string &name);
    void applySearch(const QString &text);
    void takeChange(QListWidgetItem *item);
    void reset();

    ListKind m_kind;
    std::vector<std::string> m_shown;
    QLineEdit *m_search;
    QListWidget *m_list;
    bool m_filling = false;
};

} // namespace genscope
