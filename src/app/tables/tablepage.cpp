// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/tablepage.h"

#include "app/tables/columnchooser.h"
#include "app/tables/detailpane.h"
#include "app/tables/emptystate.h"
#include "app/tables/exportjob.h"
#include "app/tables/figurestrip.h"
#include "app/tables/listview.h"
#include "app/tables/matchbutton.h"
#include "app/tables/summarypane.h"
#include "charts/linkbutton.h"
#include "charts/theme.h"
#include "core/format.h"
#include "workspace/costwords.h"

#include <QAction>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>
#include <QStackedLayout>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace genscope {

namespace {

constexpr int kBusyAfterMs = 100;

void saveWithDesktopDialog(QWidget *parent, const QString &title, const QString &proposed,
                           const QStringList &filters, std::function<void(const QString &)> chosen)
{
    auto *dialog = new QFileDialog(parent, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters(filters);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->selectFile(proposed);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, std::move(chosen));
    dialog->open();
}

} // namespace

TablePage::TablePage(Workspace *workspace, ListKind kind, QWidget *parent)
    : TablePage(workspace, kind, TableServices(), parent)
{
}

TablePage::TablePage(Workspace *workspace, ListKind kind, TableServices services, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_services(std::move(services)),
      m_model(new ListModel(workspace, kind, this)),
      m_view(new ListView(m_model)),
      m_detail(new DetailPane(workspace)),
      m_figures(new FigureStrip(m_view)),
      m_splitter(new QSplitter(Qt::Horizontal)),
      m_listSide(new QWidget),
      m_stack(new QStackedLayout),
      m_empty(new EmptyState),
      m_export(new ExportJob(workspace)),
      m_count(new QLabel),
      m_busy(new QLabel),
      m_footer(new QLabel),
      m_unpriced(new LinkButton),
      m_columnsButton(new QToolButton)
{
    if (!m_services.saveFile)
        m_services.saveFile = saveWithDesktopDialog;
    m_view->setAccessibleName(listTitle(kind));
    buildActions();

    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    auto *leftLayout = new QVBoxLayout(m_listSide);
    leftLayout->setContentsMargins(0, 0, 0, 0);
    leftLayout->setSpacing(0);
    leftLayout->addWidget(buildToolbar());
    leftLayout->addLayout(m_stack, 1);
    leftLayout->addWidget(m_figures);
    leftLayout->addWidget(buildFooter());
    m_splitter->addWidget(m_listSide);
    m_splitter->addWidget(m_detail);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setChildrenCollapsible(false);
    m_detail->setMinimumWidth(280);
    m_detail->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);

    m_detail->setRemote(m_services.remote);
    restoreSettings();
    connectWorkspace();
    connectView();
    showEmptyState();
}

TablePage::~TablePage()
{
    saveSettings();
}

void TablePage::buildActions()
{
    m_exportAction = new QAction(tr("Export…"), this);
    m_exportAction->setToolTip(tr("Write the list to a file, as CSV or JSON Lines"));
    connect(m_exportAction, &QAction::triggered, this, &TablePage::exportRows);
    m_copyAction = new QAction(tr("Copy"), this);
    m_copyAction->setToolTip(tr("Copy the selected rows, to paste into a spreadsheet (Ctrl+C)"));
    connect(m_copyAction, &QAction::triggered, this, [this] { copySelection(CopyFormat::Tsv); });
    buildCopyActions();
    auto *compare = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_D), this);
    compare->setContext(Qt::WidgetWithChildrenShortcut);
    connect(compare, &QShortcut::activated, this, &TablePage::compareSelected);
}

QWidget *TablePage::buildToolbar()
{
    auto *title = new QLabel(listTitle(kind()));
    title->setFont(titleFont(font()));
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_count->setTextFormat(Qt::PlainText);
    m_busy->setForegroundRole(QPalette::PlaceholderText);
    m_columnsButton->setText(tr("Columns"));
    m_columnsButton->setToolTip(tr("Choose columns, properties among them"));
    m_columnsButton->setFocusPolicy(Qt::StrongFocus);
    connect(m_columnsButton, &QToolButton::clicked, this, &TablePage::chooseColumns);
    auto *copy = new QToolButton;
    copy->setDefaultAction(m_copyAction);
    copy->addActions(m_copyAs);
    copy->setPopupMode(QToolButton::MenuButtonPopup);
    copy->setFocusPolicy(Qt::StrongFocus);
    auto *write = new QToolButton;
    write->setDefaultAction(m_exportAction);
    write->setFocusPolicy(Qt::StrongFocus);
    for (QToolButton *button : {m_columnsButton, copy, write})
        button->setAutoRaise(true);

    auto *bar = new QWidget;
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(title);
    layout->addWidget(m_count);
    layout->addWidget(m_busy);
    layout->addStretch();
    if (kind() == ListKind::Traces || kind() == ListKind::Sessions) {
        m_match = new MatchButton(m_workspace, kind());
        layout->addWidget(m_match);
    }
    layout->addWidget(m_columnsButton);
    layout->addWidget(copy);
    layout->addWidget(write);
    return bar;
}

QWidget *TablePage::buildFooter()
{
    m_footer->setForegroundRole(QPalette::PlaceholderText);
    m_footer->setTextFormat(Qt::PlainText);
    m_unpriced->hide();
    QPalette amber = palette();
    amber.setColor(QPalette::WindowText, Theme::of(amber).warning);
    m_unpriced->setPalette(amber);
    connect(m_unpriced, &LinkButton::clicked, this, &TablePage::unpricedActivated);
    auto *foot = new QWidget;
    auto *layout = new QHBoxLayout(foot);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(8);
    layout->addWidget(m_footer);
    layout->addWidget(m_unpriced);
    layout->addStretch(1);
    layout->addWidget(m_export);
    return foot;
}

void TablePage::connectWorkspace()
{
    connect(m_workspace, &Workspace::selectionChanged, this, [this] {
        m_stale = true;
        reloadIfShown();
    });
    connect(m_workspace, &Workspace::opened, this, &TablePage::forgetStore);
    connect(m_workspace, &Workspace::closed, this, &TablePage::forgetStore);
    connect(m_empty->clearFilterButton(), &QPushButton::clicked, this,
            [this] { m_workspace->setFilter(Filter()); });
    connect(m_empty->allTimeButton(), &QPushButton::clicked, this,
            [this] { m_workspace->setTimeRange(TimeRange()); });
    connect(m_detail, &DetailPane::closeRequested, this, [this] {
        if (isDetailLarge())
            setDetailLarge(false);
        else
            closeDetail();
        focusTable();
    });
    connect(m_detail, &DetailPane::largeRequested, this, &TablePage::setDetailLarge);
    connect(m_detail, &DetailPane::stepRequested, this, &TablePage::stepDetail);
    connect(m_detail, &DetailPane::filterRequested, this, &TablePage::filterRequested);
    connect(m_detail, &DetailPane::openListRequested, this, &TablePage::openListRequested);
    connect(m_detail, &DetailPane::message, this, &TablePage::message);
    connect(m_detail, &DetailPane::priceRequested, this, &TablePage::priceRequested);
    connect(m_export, &ExportJob::finished, this, [this](bool, const QString &text) {
        m_exportAction->setEnabled(true);
        Q_EMIT message(text);
    });
}

void TablePage::connectView()
{
    connect(m_model, &ListModel::rowsLoaded, this, &TablePage::afterRowsLoaded);
    connect(m_model, &ListModel::failed, this, [this](const Error &error) { Q_EMIT message(error.message); });
    connect(m_model, &ListModel::loadingChanged, this, [this](bool loading) {
        if (!loading)
            m_busy->clear();
        else
            QTimer::singleShot(kBusyAfterMs, this, [this] {
                if (m_model->isLoading())
                    m_busy->setText(tr("Loading…"));
            });
    });
    connect(m_view, &ListView::currentRowChanged, this, &TablePage::showDetail);
    connect(m_view, &ListView::rowActivated, this, [this](int row) {
        const std::vector<ListKind> behind = listsBehind(kind());
        const auto filter = m_model->rowFilter(row);
        if (kind() != ListKind::Traces && !behind.empty() && filter) {
            Q_EMIT openListRequested(behind.front(), *filter);
            return;
        }
        if (!m_detail->isVisible())
            showDetail(row);
        if (kind() == ListKind::Traces) // a waterfall wants room
            setDetailLarge(true);
        m_detail->focusContent();
    });
    connect(m_view, &ListView::escapePressed, this, &TablePage::closeDetail);
    connect(m_view, &ListView::copyRequested, this, [this] { copySelection(CopyFormat::Tsv); });
    connect(m_view, &ListView::selectedRowsChanged, this, &TablePage::askForFacts);
    connect(m_view, &ListView::columnsArranged, this, &TablePage::arrangedByHand);
    connect(m_model, &ListModel::sortingChanged, this, &TablePage::arrangedByHand);
    const auto popUp = [](QMenu *menu, const QPoint &at) {
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->popup(at);
    };
    connect(m_view, &ListView::cellMenuRequested, this,
            [this, popUp](const QModelIndex &cell, const QPoint &at) { popUp(cellMenu(cell), at); });
    connect(m_view, &ListView::headerMenuRequested, this, [this, popUp](int section, const QPoint &at) {
        if (section >= 0)
            popUp(headerMenu(section), at);
        else
            chooseColumns();
    });
}

/// Nothing of another store stays on a page, seen or not.
void TablePage::forgetStore()
{
    closeDetail();
    m_detail->clear();
    m_model->clear();
    m_figures->clear();
    m_count->clear();
    m_footer->clear();
    m_unpriced->hide();
    m_stored.reset();
    m_stale = true;
    showEmptyState();
}

void TablePage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    reloadIfShown();
}

/// Pages in the background cost nothing while the user drags a brush.
void TablePage::reloadIfShown()
{
    if (!m_stale || !isVisible())
        return;
    m_stale = false;
    const auto selection = m_workspace->selection();
    m_model->setSelection(selection, comparedRange(m_workspace->view().comparison, selection->scope.range,
                                                   selection->scope.zone));
}

void TablePage::afterRowsLoaded()
{
    showEmptyState();
    showCount();
    askForFacts();
}

void TablePage::askForFacts()
{
    if (!m_model->rows()->selection()->snapshot)
        return; // no store, nothing to add up
    if (!m_detail->isHidden() && m_view->currentIndex().isValid())
        showPosition(m_view->currentRow()); // the row may have moved, among more or fewer
    std::optional<RowRanges> chosen;
    if (m_view->selectedRowCount() > 1)
        chosen = m_view->selectedRanges();
    struct Answer
    {
        Result<ListFacts> facts;
        std::optional<std::int64_t> stored;
    };
    const bool ofSelection = chosen.has_value();
    m_workspace->compute<Answer>(
        this, QStringLiteral("facts"),
        [kind = kind(), rows = m_model->rows(), chosen](const Selection &) {
            return Answer{listFacts(kind, *rows, chosen), storedRows(kind, *rows->selection()->snapshot)};
        },
        [this, ofSelection](Answer answer) {
            m_stored = answer.stored;
            showCount();
            if (answer.facts)
                showFacts(*answer.facts, ofSelection);
        });
    askForFigures(std::move(chosen));
}

void TablePage::askForFigures(std::optional<RowRanges> chosen)
{
    using Answer = Result<std::vector<ColumnFigures>>;
    const bool ofSelection = chosen.has_value();
    m_workspace->compute<Answer>(
        this, QStringLiteral("figures"),
        [kind = kind(), rows = m_model->rows(), chosen = std::move(chosen)](const Selection &selection) {
            return columnFigures(kind, *rows, chosen, selection.context.data.stop);
        },
        [this, ofSelection, rows = m_model->rows()](Answer figures) {
            if (!figures || rows != m_model->rows())
                return;
            m_figures->setFigures(kind(), *rows, *figures);
            if (ofSelection)
                return;
            QHash<QString, double> largest; // marks compare with all rows, whatever is selected
            for (const ColumnFigures &figure : *figures)
                largest.insert(QString::fromStdString(rows->columns()[figure.column].name), figure.largest);
            m_model->setLargest(std::move(largest));
        });
}

void TablePage::showFacts(const ListFacts &facts, bool ofSelection)
{
    const QLocale locale;
    const QString count = formatCount(facts.rows, locale);
    QStringList parts{ofSelection ? tr("%1 selected").arg(count)
                                  : QStringLiteral("%1 %2").arg(count, listTitle(kind()).toLower())};
    if (facts.cost) {
        const QString view = costViewNote(m_workspace->scope());
        const QString cost = formatMoney(*facts.cost, locale);
        parts += view.isEmpty() ? tr("cost %1").arg(cost) : tr("cost %1 (%2)").arg(cost, view);
    }
    if (facts.errors > 0)
        parts += tr("%1 failed").arg(formatCount(facts.errors, locale));
    if (facts.latencyP95)
        parts += tr("p95 latency %1").arg(formatSeconds(*facts.latencyP95, locale));
    m_footer->setText(parts.join(QStringLiteral("  ·  ")));
    m_unpriced->setVisible(facts.unpriced > 0);
    m_unpriced->setLink(tr("%1 unpriced").arg(formatCount(facts.unpriced, locale)),
                        tr("Their cost is not known and not in the sum. Click for the prices."));
}

void TablePage::showCount()
{
    const QLocale locale;
    const auto rows = static_cast<std::int64_t>(m_model->rows()->size());
    const QString text = formatCount(rows, locale);
    m_count->setText(m_stored && *m_stored >= rows ? tr("%1 of %2").arg(text, formatCount(*m_stored, locale))
                                                   : text);
}

void TablePage::showEmptyState()
{
    const Selection &selection = *m_model->rows()->selection();
    const bool any = m_model->rows()->size() > 0;
    m_stack->setCurrentWidget(any ? static_cast<QWidget *>(m_view) : m_empty);
    m_figures->setVisible(any);
    const bool filtered = !m_workspace->scope().filter.isEmpty();
    const bool ranged = !(m_workspace->scope().range == TimeRange());
    const QString what = listTitle(kind()).toLower();
    const QLocale locale;
    if (!m_workspace->isOpen()) {
        m_empty->setReason(tr("No %1 yet").arg(what), tr("Open a store or a dump to see them here."));
    } else if (selection.storedEvents == 0) {
        m_empty->setReason(tr("No %1 yet").arg(what),
                           tr("This store holds no events. Import a dump to fill it."));
    } else if (selection.matchedEvents == 0) {
        m_empty->setReason(tr("No event matches"),
                           filtered && ranged ? tr("None of the %1 stored events lies in the time range and "
                                                   "matches the filter.")
                                                    .arg(formatCount(selection.storedEvents, locale))
                           : filtered ? tr("None of the %1 stored events matches the filter.")
                                            .arg(formatCount(selection.storedEvents, locale))
                                      : tr("None of the %1 stored events lies in the time range.")
                                            .arg(formatCount(selection.storedEvents, locale)));
    } else if (m_match != nullptr && m_workspace->scope().match == EventMatch::All) {
        m_empty->setReason(tr("No %1 here").arg(what),
                           tr("%1 events match, but they belong to no %2 of which every event matches.")
                               .arg(formatCount(selection.matchedEvents, locale), what));
    } else {
        m_empty->setReason(tr("No %1 here").arg(what),
                           tr("%1 events match, but there are no %2 among them.")
                               .arg(formatCount(selection.matchedEvents, locale), what));
    }
    const bool offers = m_workspace->isOpen() && selection.storedEvents > 0;
    m_empty->setOffers(offers && filtered, offers && ranged);
}

bool TablePage::isShowingTable() const
{
    return m_stack->currentWidget() == m_view;
}

QString TablePage::countText() const
{
    return m_count->text();
}

QString TablePage::footerText() const
{
    return m_unpriced->isHidden() ? m_footer->text()
                                  : m_footer->text() + QStringLiteral("  ·  ") + m_unpriced->text();
}

void TablePage::setVisibleColumns(const std::vector<std::string> &names)
{
    m_model->setColumns(names);
    if (m_chooser != nullptr)
        m_chooser->setShown(names);
    arrangedByHand();
}

void TablePage::arrangedByHand()
{
    saveSettings();
    Q_EMIT layoutChanged();
}

void TablePage::focusTable()
{
    QWidget *shown = isShowingTable() ? static_cast<QWidget *>(m_view) : m_empty;
    shown->setFocus(Qt::ShortcutFocusReason);
}

// --- Columns

void TablePage::chooseColumns()
{
    if (m_chooser == nullptr) {
        m_chooser = new ColumnChooser(kind(), this);
        connect(m_chooser, &ColumnChooser::columnsChosen, this, &TablePage::setVisibleColumns);
    }
    loadPropertyNames();
    m_chooser->setShown(m_model->rows()->columns().empty() ? m_model->columnNames() : m_view->columnOrder());
    m_chooser->popupBelow(m_columnsButton);
}

/// A summary shows a property of its newest event that has it.
void TablePage::loadPropertyNames()
{
    if (m_propertiesOf == m_workspace->storePath())
        return;
    using Answer = Result<std::vector<PropertyPath>>;
    const QString store = m_workspace->storePath();
    m_workspace->compute<Answer>(
        this, QStringLiteral("propertyNames"),
        [](const Selection &selection) -> Answer {
            return selection.reader ? selection.reader->propertyNames() : Answer(std::vector<PropertyPath>());
        },
        [this, store](Answer names) {
            if (!names) {
                Q_EMIT message(names.error().message);
                return;
            }
            m_propertiesOf = store;
            m_chooser->addProperties(*names);
        });
}

} // namespace genscope
