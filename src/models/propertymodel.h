// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/jsontree.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace genscope {

/// Properties as a tree of names and values, as captured: members of objects and elements of arrays below
/// them. With a search text only matches, what is above them and what is below them are shown. Roles:
/// roles.h. @thread GUI
class PropertyModel final : public QAbstractItemModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PropertyModel)
public:
    enum Column { NameColumn, ValueColumn, ColumnCount };

    explicit PropertyModel(QObject *parent = nullptr);

    /// Shows the members of @p object, which is inside @p tree.
    void setProperties(std::shared_ptr<const JsonTree> tree, const JsonValue &object);
    void clear();
    /// Case-insensitive, in names and values; empty shows all. @return matching nodes
    int setSearch(const QString &text);

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// `event.$ai_model_parameters`: top-level members as filters name them; empty below.
    QString propertyName(const QModelIndex &index) const;

private:
    JsonValue valueOf(const QModelIndex &index) const;
    JsonValue containerOf(const QModelIndex &parent) const;
    bool search(const JsonValue &value, const QString &text, bool aboveMatched);

    std::shared_ptr<const JsonTree> m_tree;
    JsonValue m_root;
    // With a search: the shown children per node, and the position of each shown node in its parent.
    bool m_searching = false;
    std::vector<std::vector<std::int32_t>> m_shown;
    std::vector<std::int32_t> m_rowOf;
    int m_matches = 0;
};

} // namespace genscope
