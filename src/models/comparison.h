// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/eventdetail.h"
#include "models/textdiff.h"
#include "models/tracedetail.h"

#include <QAbstractTableModel>
#include <QLocale>
#include <QString>

#include <vector>

namespace genscope {

/// Two events, or two traces, beside each other. Immutable. @thread any
struct Comparison
{
    struct Fact
    {
        QString name;
        QString left; ///< empty: not known
        QString right;
        QString difference; ///< right less left; empty where there is none to speak of
        bool differs = false;
    };
    struct Text
    {
        QString title;
        std::vector<DiffLine> lines;
    };
    QString leftTitle;
    QString rightTitle;
    std::vector<Fact> facts;
    std::vector<Text> texts; ///< prompt and output, or steps
};

Comparison compareEvents(const EventDetail &left, const EventDetail &right, const QLocale &locale);
/// Numbers, and the steps in order: what one trace did and the other did not.
Comparison compareTraces(const TraceDetail &left, const TraceDetail &right, const QLocale &locale);

/// The lines of a difference in two columns. What is the same on both sides is folded but for the lines next
/// to a difference. Roles: Qt's, FullTextRole and those below. @thread GUI
class DiffModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DiffModel)
public:
    enum Role {
        KindRole = Qt::UserRole + 64, ///< DiffLine::Kind as int
        HeadingRole,                  ///< true for the name of a text
        FoldRole,                     ///< true for `12 lines that are the same`
    };

    explicit DiffModel(QObject *parent = nullptr);
    void setTexts(std::vector<Comparison::Text> texts);
    void setFolded(bool folded);
    int differences() const; ///< lines that are not the same
    /// The next row from @p row on that is not the same on both sides; -1 if there is none.
    int nextDifference(int row, int direction) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void setTitles(const QString &left, const QString &right);

private:
    struct Row
    {
        DiffLine line;
        bool heading = false; ///< of a text, or of folded lines
        bool fold = false;
    };
    void arrange();

    std::vector<Comparison::Text> m_texts;
    std::vector<Row> m_rows;
    QString m_left;
    QString m_right;
    bool m_folded = true;
};

} // namespace genscope
