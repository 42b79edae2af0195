// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/importreportdialog.h"

#include "app/tables/celldelegate.h"
#include "charts/theme.h"
#include "core/format.h"
#include "models/tablecolumns.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

namespace genscope {

namespace {

struct CountLine
{
    QString name;
    std::int64_t number;
    QString meaning;
};

QVector<CountLine> countsOf(const ImportReport &report)
{
    using Dialog = ImportReportDialog;
    return {
        {Dialog::tr("New"), report.newEvents, Dialog::tr("events that the store did not have")},
        {Dialog::tr("Duplicates"), report.duplicates,
         Dialog::tr("events that the store had already, unchanged")},
        {Dialog::tr("Updated"), report.updated, Dialog::tr("events that brought more than the stored copy")},
        {Dialog::tr("Ignored"), report.ignored, Dialog::tr("events that are not AI events")},
        {Dialog::tr("Rejected"), report.rejected, Dialog::tr("lines that are not events, listed below")}};
}

QString plainNotes(const ImportReport &report)
{
    QStringList lines;
    for (const QString &file : report.unreadable)
        lines.push_back(file);
    for (const QString &note : report.notes)
        lines.push_back(note);
    return lines.join(QLatin1Char('\n'));
}

} // namespace

RejectModel::RejectModel(std::vector<Reject> rejects, QObject *parent)
    : QAbstractTableModel(parent), m_rejects(std::move(rejects))
{
}

int RejectModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rejects.size());
}

int RejectModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RejectModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Reject &reject = m_rejects[static_cast<std::size_t>(index.row())];
    if (role == Qt::TextAlignmentRole && index.column() == LineColumn)
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole)
        return plainToolTip(index.column() == FileColumn ? reject.file : reject.reason);
    if (role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(index.column())) {
    case FileColumn:
        return QFileInfo(reject.file).fileName();
    case LineColumn:
        return reject.line > 0 ? formatCount(reject.line, QLocale()) : QString();
    case ReasonColumn:
        return reject.reason;
    case ColumnCount:
        break;
    }
    return {};
}

QVariant RejectModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return static_cast<int>((section == LineColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case FileColumn:
        return tr("File");
    case LineColumn:
        return tr("Line");
    case ReasonColumn:
        return tr("Reason");
    case ColumnCount:
        break;
    }
    return {};
}

ImportReportDialog::ImportReportDialog(const ImportReport &report, QWidget *parent)
    : QDialog(parent), m_report(report)
{
    setWindowTitle(tr("Import report"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(makeCounts());

    const QString notes = plainNotes(report);
    if (!notes.isEmpty()) {
        auto *text = new QPlainTextEdit(notes, this);
        text->setReadOnly(true);
        text->setTabChangesFocus(true);
        text->setAccessibleName(tr("Notes"));
        text->setMaximumHeight(6 * text->fontMetrics().lineSpacing());
        layout->addWidget(text);
    }
    if (!report.rejects.empty())
        layout->addWidget(makeRejects(), 1);
    else
        layout->addStretch(1);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    copy->setAutoDefault(false);
    buttons->button(QDialogButtonBox::Close)->setDefault(true);
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(importReportText(m_report, locale())); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    layout->addWidget(buttons);
    resize(640, report.rejects.empty() ? sizeHint().height() : 480);
}

QWidget *ImportReportDialog::makeCounts() const
{
    auto *box = new QWidget;
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(4);
    const QLocale locale;
    int row = 0;
    for (const CountLine &count : countsOf(m_report)) {
        auto *number = new QLabel(formatCount(count.number, locale), box);
        number->setFont(titleFont(number->font()));
        number->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        auto *meaning = new QLabel(count.meaning, box);
        meaning->setForegroundRole(QPalette::PlaceholderText);
        grid->addWidget(new QLabel(count.name, box), row, 0);
        grid->addWidget(number, row, 1);
        grid->addWidget(meaning, row, 2);
        ++row;
    }
    auto *sum =
        new QLabel(tr("%1 lines in %2, %3 in %4")
                       .arg(formatCount(m_report.lines, locale),
                            tr("%n file(s)", nullptr, static_cast<int>(m_report.files)),
                            formatBytes(m_report.bytes, locale), formatSeconds(m_report.seconds, locale)),
                   box);
    sum->setForegroundRole(QPalette::PlaceholderText);
    grid->addWidget(sum, row, 0, 1, 3);
    grid->setColumnStretch(2, 1);
    return box;
}

QWidget *ImportReportDialog::makeRejects()
{
    auto *table = new QTableView(this);
    table->setModel(new RejectModel(m_report.rejects, table));
    table->setAccessibleName(tr("Rejected lines"));
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(26);
    table->horizontalHeader()->setHighlightSections(false);
    table->setItemDelegate(new CellDelegate(table));
    table->verticalHeader()->setMinimumSectionSize(24);
    table->setColumnWidth(RejectModel::FileColumn, 180);
    table->setColumnWidth(RejectModel::LineColumn, 80);
    table->horizontalHeader()->setStretchLastSection(true);
    if (m_report.rejected <= static_cast<std::int64_t>(m_report.rejects.size()))
        return table;
    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(table, 1);
    layout->addWidget(
        new QLabel(tr("The first %1 of %2 rejected lines")
                       .arg(formatCount(static_cast<std::int64_t>(m_report.rejects.size()), locale()),
                            formatCount(m_report.rejected, locale())),
                   box));
    return box;
}

QString importSummary(const ImportReport &report, const QLocale &locale)
{
    QStringList parts = {ImportReportDialog::tr("%1 new events").arg(formatCount(report.newEvents, locale))};
    const auto add = [&](std::int64_t number, const QString &text) {
        if (number > 0)
            parts.push_back(text.arg(formatCount(number, locale)));
    };
    add(report.duplicates, ImportReportDialog::tr("%1 duplicates"));
    add(report.updated, ImportReportDialog::tr("%1 updated"));
    add(report.ignored, ImportReportDialog::tr("%1 ignored"));
    add(report.rejected, ImportReportDialog::tr("%1 rejected lines"));
    return parts.join(ImportReportDialog::tr(", "));
}

QString importReportText(const ImportReport &report, const QLocale &locale)
{
    QStringList lines;
    for (const CountLine &count : countsOf(report))
        lines.push_back(QStringLiteral("%1\t%2").arg(count.name, formatCount(count.number, locale)));
    if (const QString notes = plainNotes(report); !notes.isEmpty())
        lines.push_back(notes);
    for (const Reject &reject : report.rejects)
        lines.push_back(QStringLiteral("%1\t%2\t%3").arg(reject.file).arg(reject.line).arg(reject.reason));
    return lines.join(QLatin1Char('\n'));
}

} // namespace genscope
