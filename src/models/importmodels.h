// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel> // before <compare>, which moc of Qt 6.4 cannot read first

#include "core/zone.h"
#include "ingest/importreport.h"

#include <QVector>

namespace genscope {

/// The files of an import with their counts and spans of time. Roles: roles.h. @thread GUI
class SourceModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SourceModel)
public:
    enum Column {
        FileColumn,
        EventsColumn,
        NewColumn,
        DuplicatesColumn,
        UpdatedColumn,
        IgnoredColumn,
        RejectedColumn,
        FirstColumn,
        LastColumn,
        BytesColumn,
        ColumnCount
    };

    SourceModel(std::vector<SourceReport> sources, const Zone &zone, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const SourceReport &source, Column column) const;

    std::vector<SourceReport> m_sources;
    Zone m_zone;
};

/// The lines that could not be imported. Roles: roles.h, and KindRole.
class RejectModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RejectModel)
public:
    enum Column { FileColumn, LineColumn, ReasonColumn, ColumnCount };
    static constexpr int kKindRole = Qt::UserRole + 100; ///< rejectKind() of the reason

    explicit RejectModel(std::vector<Reject> rejects, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// `file:line: reason`, as an editor's list of problems has it.
    QString lineText(int row) const;

private:
    std::vector<Reject> m_rejects;
};

/// The reasons of rejects with how many lines have them, most first; the first row stands for all.
class RejectKindModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RejectKindModel)
public:
    enum Column { CountColumn, ReasonColumn, ColumnCount };

    explicit RejectKindModel(const std::map<QString, std::int64_t> &kinds, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Empty for the row that stands for all.
    QString kind(int row) const;

private:
    QVector<std::pair<QString, std::int64_t>> m_kinds;
};

/// Comma-separated values with the columns file, line, reason; safe for spreadsheets.
QByteArray rejectsCsv(const std::vector<Reject> &rejects);

} // namespace genscope
