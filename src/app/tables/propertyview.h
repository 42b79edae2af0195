// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/filter.h"
#include "models/propertymodel.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QTimer;
class QTreeView;

namespace genscope {

/// Properties as a tree with a search box; values can be copied, and used as filters.
class PropertyView final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PropertyView)
public:
    explicit PropertyView(QWidget *parent = nullptr);

    /// What the top-level members are in filters; names and group type of @p scope, without its name part.
    void setProperties(std::shared_ptr<const JsonTree> tree, const JsonValue &object,
                       const PropertyPath &scope);
    void clear();
    PropertyModel *model() const { return m_model; }
    QLineEdit *searchBox() const { return m_search; }

Q_SIGNALS:
    void filterRequested(const genscope::Filter &toAdd);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void search();
    void menuAt(const QPoint &at);
    void copyCurrent();

    PropertyModel *m_model;
    QTreeView *m_tree;
    QLineEdit *m_search;
    QLabel *m_matches;
    QTimer *m_searchTimer;
    PropertyPath m_scope;
};

} // namespace genscope
