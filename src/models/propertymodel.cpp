// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/propertymodel.h"

#include "core/format.h"
#include "models/tablecolumns.h"

#include <QLocale>

namespace genscope {

namespace {

constexpr qsizetype kShownCharacters = 300;  ///< of a value in its row
constexpr qsizetype kSearchedBytes = 65'536; ///< of a value

QString shownText(const JsonValue &value)
{
    if (value.isObject())
        return value.size() == 0 ? QStringLiteral("{}")
                                 : PropertyModel::tr("{ %n member(s) }", nullptr, value.size());
    if (value.isArray())
        return value.size() == 0 ? QStringLiteral("[]")
                                 : PropertyModel::tr("[ %n element(s) ]", nullptr, value.size());
    const std::string_view raw = value.raw();
    const bool cut = raw.size() > static_cast<std::size_t>(kShownCharacters) * 4;
    QString text = cut ? QString::fromUtf8(raw.data() + 1, kShownCharacters * 4) : value.text();
    const bool more = cut || text.size() > kShownCharacters;
    text = text.left(kShownCharacters);
    for (QChar &c : text)
        if (c.category() == QChar::Other_Control)
            c = QLatin1Char(' ');
    if (more)
        text +=
            PropertyModel::tr("… (%1)").arg(formatBytes(static_cast<std::int64_t>(raw.size()), QLocale()));
    return text;
}

} // namespace

PropertyModel::PropertyModel(QObject *parent) : QAbstractItemModel(parent) {}

void PropertyModel::setProperties(std::shared_ptr<const JsonTree> tree, const JsonValue &object)
{
    beginResetModel();
    m_tree = std::move(tree);
    m_root = object;
    m_searching = false;
    m_shown.clear();
    m_rowOf.clear();
    endResetModel();
}

void PropertyModel::clear()
{
    setProperties(nullptr, {});
}

int PropertyModel::setSearch(const QString &text)
{
    beginResetModel();
    m_searching = !text.isEmpty() && m_tree != nullptr;
    m_matches = 0;
    m_shown.clear();
    m_rowOf.clear();
    if (m_searching) {
        m_shown.resize(m_tree->nodeCount());
        m_rowOf.assign(m_tree->nodeCount(), -1);
        search(m_root, text, false);
    }
    endResetModel();
    return m_matches;
}

bool PropertyModel::search(const JsonValue &value, const QString &text, bool aboveMatched)
{
    bool any = false;
    for (int i = 0; i < value.size(); ++i) {
        const JsonValue child = value.at(i);
        const bool leaf = !child.isObject() && !child.isArray();
        const std::string_view raw = child.raw();
        bool matches = child.key().contains(text, Qt::CaseInsensitive);
        if (!matches && leaf)
            matches = static_cast<qsizetype>(raw.size()) <= kSearchedBytes
                          ? child.text().contains(text, Qt::CaseInsensitive)
                          : QString::fromUtf8(raw.data(), kSearchedBytes).contains(text, Qt::CaseInsensitive);
        m_matches += matches ? 1 : 0;
        const bool below = search(child, text, aboveMatched || matches);
        if (!matches && !below && !aboveMatched)
            continue;
        any = any || matches || below;
        auto &shown = m_shown[static_cast<std::size_t>(value.node())];
        m_rowOf[static_cast<std::size_t>(child.node())] = static_cast<std::int32_t>(shown.size());
        shown.push_back(child.node());
    }
    return any;
}

JsonValue PropertyModel::valueOf(const QModelIndex &index) const
{
    return index.isValid() ? JsonValue(m_tree.get(), static_cast<std::int32_t>(index.internalId()))
                           : JsonValue();
}

JsonValue PropertyModel::containerOf(const QModelIndex &parent) const
{
    return parent.isValid() ? valueOf(parent) : m_root;
}

QModelIndex PropertyModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    const JsonValue container = containerOf(parent);
    const std::int32_t node =
        m_searching ? m_shown[static_cast<std::size_t>(container.node())][static_cast<std::size_t>(row)]
                    : container.at(row).node();
    return createIndex(row, column, static_cast<quintptr>(node));
}

QModelIndex PropertyModel::parent(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    const JsonValue container = valueOf(index).parent();
    if (!container.exists() || container.node() == m_root.node())
        return {};
    const int row = m_searching ? m_rowOf[static_cast<std::size_t>(container.node())] : container.row();
    return createIndex(row, 0, static_cast<quintptr>(container.node()));
}

int PropertyModel::rowCount(const QModelIndex &parent) const
{
    if (parent.column() > 0)
        return 0;
    const JsonValue container = containerOf(parent);
    if (!container.exists())
        return 0;
    return m_searching ? static_cast<int>(m_shown[static_cast<std::size_t>(container.node())].size())
                       : container.size();
}

int PropertyModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant PropertyModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const JsonValue value = valueOf(index);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        if (index.column() == ValueColumn)
            return shownText(value);
        return value.rawKey().empty() ? QString::number(value.row()) : value.key();
    case Qt::ToolTipRole:
        return plainToolTip(index.column() == NameColumn ? value.key() : shownText(value));
    case FullTextRole:
        return index.column() == NameColumn ? value.key() : value.text();
    case JsonTypeRole:
        return static_cast<int>(value.type());
    default:
        return {};
    }
}

QVariant PropertyModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical || role != Qt::DisplayRole)
        return {};
    return section == NameColumn ? tr("Property") : tr("Value");
}

QString PropertyModel::propertyName(const QModelIndex &index) const
{
    const JsonValue value = valueOf(index);
    return value.exists() && value.parent().node() == m_root.node() ? value.key() : QString();
}

} // namespace genscope
