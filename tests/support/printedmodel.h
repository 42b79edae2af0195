// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemModel>
#include <QString>

#include <string>

namespace genscope::test {

/// A model as text, a line a row, cells joined by ` | `, children indented: failures read as a diff.
inline std::string printed(const QAbstractItemModel &model, const QModelIndex &parent = {}, int depth = 0)
{
    QString text;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(parent); ++column)
            cells += model.index(row, column, parent).data().toString();
        text += QString(depth * 2, QLatin1Char(' ')) + cells.join(QStringLiteral(" | ")) + QLatin1Char('\n');
        text += QString::fromStdString(printed(model, model.index(row, 0, parent), depth + 1));
    }
    return text.toStdString();
}

/// The header line in the same form.
inline std::string printedHeader(const QAbstractItemModel &model)
{
    QStringList titles;
    for (int column = 0; column < model.columnCount(); ++column)
        titles += model.headerData(column, Qt::Horizontal).toString();
    return titles.join(QStringLiteral(" | ")).toStdString();
}

} // namespace genscope::test
