// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/importreportdialog.h"

#include "app/findinglist.h"
#include "app/services.h"
#include "app/tables/celldelegate.h"
#include "charts/theme.h"
#include "core/format.h"
#include "models/importmodels.h"
#include "models/roles.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QDir>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSaveFile>
#include <QScrollArea>
#include <QSortFilterProxyModel>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

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
        {Dialog::tr("Ignored"), report.ignored,
         Dialog::tr("not AI events, so not kept; what they say about persons and groups was taken over")},
        {Dialog::tr("Rejected"), report.rejected, Dialog::tr("lines that are not events")}};
}

/// `New: 1,200 $ai_generation, 300 $ai_span`, the most frequent first.
QString newEventsText(const ImportReport &report, const QLocale &locale)
{
    constexpr qsizetype kNamed = 8;
    std::vector<std::pair<std::int64_t, std::string>> counts;
    for (const auto &[name, count] : report.byEvent)
        counts.emplace_back(-count, name);
    std::sort(counts.begin(), counts.end());
    QStringList parts;
    for (const auto &[count, name] : counts) {
        if (parts.size() == kNamed) {
            parts.push_back(QStringLiteral("…"));
            break;
        }
        parts.push_back(formatCount(-count, locale) + QLatin1Char(' ') + QString::fromStdString(name));
    }
    return parts.isEmpty() ? QString()
                           : ImportReportDialog::tr("New: %1").arg(parts.join(ImportReportDialog::tr(", ")));
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

/// A table as all lists of this program look.
QTableView *makeTable(QAbstractItemModel *model, const QString &name, QWidget *parent)
{
    auto *table = new QTableView(parent);
    table->setModel(model);
    table->setAccessibleName(name);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(26);
    table->verticalHeader()->setMinimumSectionSize(24);
    table->horizontalHeader()->setHighlightSections(false);
    table->setItemDelegate(new CellDelegate(table));
    return table;
}

} // namespace

ImportReportDialog::ImportReportDialog(const ImportReport &report, const Zone &zone, QualityCheck *check,
                                       FileDialogs *dialogs, QWidget *parent)
    : QDialog(parent), m_report(report), m_zone(zone), m_dialogs(dialogs), m_tabs(new QTabWidget(this))
{
    setWindowTitle(tr("Import report"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(makeCounts());

    m_tabs->setDocumentMode(true);
    m_tabs->addTab(makeFiles(), tr("Files"));
    if (!report.rejects.empty())
        m_tabs->addTab(makeRejects(), tr("Rejected lines (%1)").arg(formatCount(report.rejected, locale())));
    if (check != nullptr)
        m_tabs->addTab(makeQuality(check), tr("Data quality"));
    if (!plainNotes(report).isEmpty())
        m_tabs->addTab(makeNotes(), tr("Notes"));
    if (!report.rejects.empty())
        m_tabs->setCurrentIndex(1); // what there is something to do about
    layout->addWidget(m_tabs, 1);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *copy = buttons->addButton(tr("Copy report"), QDialogButtonBox::ActionRole);
    copy->setAutoDefault(false);
    buttons->button(QDialogButtonBox::Close)->setDefault(true);
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(importReportText(m_report, locale())); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    layout->addWidget(buttons);
    resize(880, 560);
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
    if (const QString events = newEventsText(m_report, locale); !events.isEmpty()) {
        auto *byEvent = new QLabel(events, box);
        byEvent->setTextFormat(Qt::PlainText); // names out of the data
        byEvent->setWordWrap(true);
        byEvent->setForegroundRole(QPalette::PlaceholderText);
        grid->addWidget(byEvent, row + 1, 0, 1, 3);
    }
    grid->setColumnStretch(2, 1);
    return box;
}

QWidget *ImportReportDialog::makeFiles()
{
    auto *model = new SourceModel(m_report.sources, m_zone, this);
    auto *sorted = new QSortFilterProxyModel(model);
    sorted->setSourceModel(model);
    sorted->setSortRole(SortRole);
    QTableView *table = makeTable(sorted, tr("Files"), this);
    table->setSortingEnabled(true);
    table->sortByColumn(-1, Qt::AscendingOrder); // as they were read
    table->resizeColumnsToContents();
    table->setColumnWidth(SourceModel::FileColumn,
                          std::clamp(table->columnWidth(SourceModel::FileColumn), 160, 280));
    return table;
}

QWidget *ImportReportDialog::makeRejects()
{
    m_rejects = new RejectModel(m_report.rejects, this);
    m_shownRejects = new QSortFilterProxyModel(m_rejects);
    m_shownRejects->setSourceModel(m_rejects);
    m_shownRejects->setFilterRole(RejectModel::kKindRole);
    m_rejectTable = makeTable(m_shownRejects, tr("Rejected lines"), this);
    m_rejectTable->setColumnWidth(RejectModel::FileColumn, 180);
    m_rejectTable->setColumnWidth(RejectModel::LineColumn, 80);
    m_rejectTable->horizontalHeader()->setStretchLastSection(true);

    auto *kinds = new RejectKindModel(m_report.rejectKinds, this);
    QTableView *kindTable = makeTable(kinds, tr("Reasons"), this);
    kindTable->setSelectionMode(QAbstractItemView::SingleSelection);
    kindTable->setColumnWidth(RejectKindModel::CountColumn, 80);
    kindTable->horizontalHeader()->setStretchLastSection(true);
    kindTable->setMaximumHeight(28 * (std::min(kinds->rowCount(), 5) + 1) + 8);
    connect(kindTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this, kinds](const QModelIndex &current) {
                const QString kind = kinds->kind(current.row());
                m_shownRejects->setFilterRegularExpression(
                    kind.isEmpty() ? QString()
                                   : QRegularExpression::anchoredPattern(QRegularExpression::escape(kind)));
            });
    kindTable->selectRow(0);

    auto *copy = new QPushButton(tr("Copy lines"), this);
    copy->setToolTip(tr("Selected lines, or all, as file:line: reason"));
    connect(copy, &QPushButton::clicked, this, &ImportReportDialog::copyRejects);
    auto *save = new QPushButton(tr("Export CSV…"), this);
    connect(save, &QPushButton::clicked, this, &ImportReportDialog::exportRejects);
    auto *shown = new QLabel(this);
    if (m_report.rejected > static_cast<std::int64_t>(m_report.rejects.size()))
        shown->setText(tr("The first %1 of %2 rejected lines")
                           .arg(formatCount(static_cast<std::int64_t>(m_report.rejects.size()), locale()),
                                formatCount(m_report.rejected, locale())));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(shown, 1);
    buttons->addWidget(copy);
    buttons->addWidget(save);
    for (QPushButton *button : {copy, save})
        button->setAutoDefault(false);

    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->addWidget(kindTable);
    layout->addWidget(m_rejectTable, 1);
    layout->addLayout(buttons);
    return box;
}

QWidget *ImportReportDialog::makeQuality(QualityCheck *check)
{
    auto *list = new FindingList(check);
    list->setContentsMargins(0, 8, 8, 8);
    connect(list, &FindingList::eventsRequested, this, &ImportReportDialog::eventsRequested);
    auto *scroll = new QScrollArea(this);
    scroll->setAccessibleName(tr("Data quality"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(list);
    return scroll;
}

QWidget *ImportReportDialog::makeNotes()
{
    auto *text = new QPlainTextEdit(plainNotes(m_report), this);
    text->setReadOnly(true);
    text->setTabChangesFocus(true);
    text->setAccessibleName(tr("Notes"));
    return text;
}

void ImportReportDialog::copyRejects()
{
    QModelIndexList rows = m_rejectTable->selectionModel()->selectedRows();
    if (rows.isEmpty()) {
        for (int row = 0; row < m_shownRejects->rowCount(); ++row)
            rows.push_back(m_shownRejects->index(row, 0));
    }
    std::sort(rows.begin(), rows.end());
    QStringList lines;
    for (const QModelIndex &row : std::as_const(rows))
        lines.push_back(m_rejects->lineText(m_shownRejects->mapToSource(row).row()));
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void ImportReportDialog::exportRejects()
{
    const QString proposed = QDir::home().filePath(QStringLiteral("rejected.csv"));
    m_dialogs->saveFile(
        this, tr("Export rejected lines"), proposed, {tr("CSV files (*.csv)")}, [this](const QString &path) {
            QSaveFile file(path);
            const QByteArray csv = rejectsCsv(m_report.rejects);
            if (!file.open(QIODevice::WriteOnly) || file.write(csv) != csv.size() || !file.commit())
                Q_EMIT failed(tr("%1 could not be written: %2.").arg(path, file.errorString()));
        });
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
    add(report.ignored, ImportReportDialog::tr("%1 ignored (not AI events)"));
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
    for (const SourceReport &source : report.sources) {
        lines.push_back(ImportReportDialog::tr("%1\t%2 events\t%3 new\t%4 rejected")
                            .arg(source.name, formatCount(source.events, locale),
                                 formatCount(source.newEvents, locale),
                                 formatCount(source.rejected, locale)));
    }
    for (const Reject &reject : report.rejects)
        lines.push_back(QStringLiteral("%1\t%2\t%3").arg(reject.file).arg(reject.line).arg(reject.reason));
    return lines.join(QLatin1Char('\n'));
}

} // namespace genscope
