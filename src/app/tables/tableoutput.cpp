// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What leaves a table page: copies and exported files.
#include "app/tables/exportdialog.h"
#include "app/tables/exportjob.h"
#include "app/tables/listview.h"
#include "app/tables/tablepage.h"
#include "core/format.h"
#include "workspace/costwords.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLocale>

namespace genscope {

namespace {

constexpr std::size_t kCopiedRows = 100'000; ///< more belong into a file

QString nameOf(ListKind kind)
{
    const std::string_view name = listKindName(kind);
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

} // namespace

void TablePage::buildCopyActions()
{
    const struct
    {
        CopyFormat format;
        QString text;
        QKeyCombination keys;
    } kFormats[] = {{CopyFormat::Csv, tr("Copy as CSV"), Qt::CTRL | Qt::SHIFT | Qt::Key_C},
                    {CopyFormat::Markdown, tr("Copy as Markdown"), Qt::CTRL | Qt::SHIFT | Qt::Key_M},
                    {CopyFormat::Json, tr("Copy as JSON"), Qt::CTRL | Qt::SHIFT | Qt::Key_J}};
    for (const auto &offer : kFormats) {
        auto *action = new QAction(offer.text, this);
        action->setShortcut(offer.keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, [this, format = offer.format] { copySelection(format); });
        addAction(action);
        m_copyAs += action;
    }
}

void TablePage::copySelection(CopyFormat format)
{
    if (m_view->selectedRowCount() > kCopiedRows) {
        Q_EMIT message(tr("Up to %1 rows can be copied: export them to a file instead.")
                           .arg(formatCount(kCopiedRows, QLocale())));
        return;
    }
    const RowRanges ranges = m_view->selectedRanges();
    if (ranges.empty()) {
        Q_EMIT message(tr("Select rows to copy."));
        return;
    }
    m_workspace->compute<QString>(
        this, QStringLiteral("copy"),
        [rows = m_model->rows(), ranges, columns = m_view->columnOrder(), format](const Selection &) {
            return copiedRows(*rows, ranges, columns, format);
        },
        [this, count = rowCount(ranges)](const QString &text) {
            QGuiApplication::clipboard()->setText(text);
            Q_EMIT message(tr("Copied %n row(s).", nullptr, static_cast<int>(count)));
        });
}

void TablePage::exportRows()
{
    if (m_export->isRunning())
        return;
    const auto rows = static_cast<qint64>(m_model->rows()->size());
    if (rows == 0) {
        Q_EMIT message(tr("There is nothing to export."));
        return;
    }
    const std::size_t all = allExportColumns(kind(), m_model->columnNames()).size();
    auto *dialog = new ExportDialog(rows, static_cast<qint64>(m_view->selectedRowCount()),
                                    m_model->columnCount(), static_cast<int>(all), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const ExportChoice choice{dialog->selectedRowsOnly(), dialog->allColumns(), dialog->jsonLines(),
                                  dialog->byteOrderMark()};
        const QString view = costViewMark(m_workspace->scope());
        const QString name = nameOf(kind()) + (view.isEmpty() ? view : QLatin1Char('-') + view) +
                             (choice.jsonLines ? QStringLiteral(".jsonl") : QStringLiteral(".csv"));
        const QString filter =
            choice.jsonLines ? tr("JSON Lines (*.jsonl)") : tr("Comma-separated values (*.csv)");
        m_services.saveFile(this, dialog->windowTitle(), name, {filter}, [=, this](const QString &path) {
            if (!path.isEmpty())
                startExport(choice, path);
        });
    });
    dialog->open();
}

void TablePage::startExport(const ExportChoice &choice, const QString &path)
{
    ListExport what;
    what.request.kind = kind();
    what.request.selection = m_model->rows()->selection();
    what.request.previous = m_model->rows();
    what.request.columns = m_view->columnOrder();
    if (choice.allColumns)
        what.request.columns = allExportColumns(kind(), what.request.columns);
    what.request.sort = m_model->sorting();
    if (choice.selectedOnly)
        what.positions = m_view->selectedRanges();
    what.jsonLines = choice.jsonLines;
    what.byteOrderMark = choice.byteOrderMark;
    what.path = path;
    m_exportAction->setEnabled(false);
    m_export->start(std::move(what));
}

} // namespace genscope
