// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What a table page remembers from one day to the next.
#include "app/tables/detailpane.h"
#include "app/tables/listview.h"
#include "app/tables/tablepage.h"

#include <QSettings>
#include <QSplitter>

#include <algorithm>

namespace genscope {

namespace {

QStringList toStrings(const std::vector<std::string> &names)
{
    QStringList strings;
    for (const std::string &name : names)
        strings += QString::fromStdString(name);
    return strings;
}

std::vector<std::string> toNames(const QStringList &strings)
{
    std::vector<std::string> names;
    for (const QString &name : strings)
        names.push_back(name.toStdString());
    return names;
}

/// `-cost` is from the largest down, as on the command line.
QStringList sortTexts(const std::vector<ListSort> &sorting)
{
    QStringList texts;
    for (const ListSort &by : sorting)
        texts += (by.descending ? QStringLiteral("-") : QString()) + QString::fromStdString(by.column);
    return texts;
}

std::vector<ListSort> sortingFrom(const QStringList &texts)
{
    std::vector<ListSort> sorting;
    for (const QString &text : texts) {
        const bool descending = text.startsWith(QLatin1Char('-'));
        sorting.push_back({text.mid(descending ? 1 : 0).toStdString(), descending});
    }
    return sorting;
}

} // namespace

QString TablePage::settingsKey(const char *name) const
{
    const std::string_view list = listKindName(kind());
    return QStringLiteral("tables/%1/%2")
        .arg(QString::fromLatin1(list.data(), static_cast<qsizetype>(list.size())), QLatin1String(name));
}

void TablePage::restoreSettings()
{
    if (m_services.settings == nullptr)
        return;
    const QSettings &settings = *m_services.settings;
    const auto names = toNames(settings.value(settingsKey("columns")).toStringList());
    if (!names.empty())
        m_model->setColumns(names);
    QHash<QString, int> widths;
    const QVariantMap saved = settings.value(settingsKey("widths")).toMap();
    for (auto it = saved.cbegin(); it != saved.cend(); ++it)
        widths.insert(it.key(), it.value().toInt());
    m_view->setColumnWidths(widths);
    m_view->setPinnedColumns(toNames(settings.value(settingsKey("pinned")).toStringList()));
    m_model->setSorting(sortingFrom(settings.value(settingsKey("sorting")).toStringList()));
    const QVariantMap marks = settings.value(settingsKey("marks")).toMap();
    for (auto it = marks.cbegin(); it != marks.cend(); ++it)
        m_model->setMark(it.key().toStdString(), static_cast<CellMark>(std::clamp(it.value().toInt(), 0, 2)));
}

TableLayout TablePage::tableLayout() const
{
    TableLayout layout;
    // What was asked for may still be loading: then the header is behind.
    const std::vector<std::string> shown = m_view->columnOrder();
    const std::vector<std::string> &asked = m_model->columnNames();
    const bool same = std::is_permutation(shown.begin(), shown.end(), asked.begin(), asked.end());
    layout.columns = same ? shown : asked;
    layout.pinned = m_view->pinnedColumns();
    layout.sorting = m_model->sorting();
    for (auto it = m_view->columnWidths().cbegin(); it != m_view->columnWidths().cend(); ++it)
        layout.widths[it.key().toStdString()] = it.value();
    for (const std::string &name : layout.columns)
        if (const CellMark mark = m_model->markOf(name); mark != CellMark::None)
            layout.marks[name] = static_cast<int>(mark);
    return layout;
}

void TablePage::setTableLayout(const TableLayout &layout)
{
    QHash<QString, int> widths;
    for (const auto &[name, width] : layout.widths)
        widths.insert(QString::fromStdString(name), width);
    m_view->setColumnWidths(widths);
    if (!layout.columns.empty() && (m_model->isLoading() || !m_view->setColumnOrder(layout.columns)))
        m_model->setColumns(layout.columns);
    m_view->setPinnedColumns(layout.pinned);
    m_stale |= m_model->sorting() != layout.sorting;
    m_model->setSorting(layout.sorting);
    for (const std::string &name : m_model->columnNames()) {
        const auto mark = layout.marks.find(name);
        m_model->setMark(name, mark == layout.marks.end()
                                   ? CellMark::None
                                   : static_cast<CellMark>(std::clamp(mark->second, 0, 2)));
    }
    saveSettings();
    reloadIfShown();
}

void TablePage::saveSettings()
{
    if (m_services.settings == nullptr)
        return;
    QSettings &settings = *m_services.settings;
    const TableLayout layout = tableLayout();
    const std::vector<std::string> &names = layout.columns;
    settings.setValue(settingsKey("columns"), toStrings(names));
    QVariantMap widths;
    for (auto it = m_view->columnWidths().cbegin(); it != m_view->columnWidths().cend(); ++it)
        widths.insert(it.key(), it.value());
    settings.setValue(settingsKey("widths"), widths);
    settings.setValue(settingsKey("pinned"), toStrings(m_view->pinnedColumns()));
    settings.setValue(settingsKey("sorting"), sortTexts(m_model->sorting()));
    QVariantMap marks;
    for (const std::string &name : names)
        if (const CellMark mark = m_model->markOf(name); mark != CellMark::None)
            marks.insert(QString::fromStdString(name), static_cast<int>(mark));
    settings.setValue(settingsKey("marks"), marks);
    if (!m_detail->isHidden() && !isDetailLarge())
        settings.setValue(settingsKey("splitter"), m_splitter->saveState());
}

} // namespace genscope
