// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/prices/pricesview.h"

#include "app/choicebutton.h"
#include "app/icons.h"
#include "app/tables/tablestyle.h"
#include "charts/theme.h"
#include "core/format.h"
#include "models/tablecolumns.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace genscope {

namespace {

constexpr int kUnpricedRows = 5; ///< seen without scrolling
constexpr int kOnlyUsed = -2;
constexpr int kAll = -1;

} // namespace

PricesView::PricesView(QWidget *parent)
    : QWidget(parent),
      m_prices(new PriceTableModel(this)),
      m_proxy(new PriceTableProxy(m_prices, this)),
      m_unpriced(new UnpricedModel(this)),
      m_table(new QTableView),
      m_unpricedTable(new QTableView),
      m_unpricedTitle(new QLabel),
      m_facts(new QLabel),
      m_count(new QLabel),
      m_search(new QLineEdit),
      m_source(new ChoiceButton(tr("Source of prices"), QStringLiteral("filter")))
{
    makeActions();
    makeTable();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHead());
    layout->addWidget(makeUnpriced());
    layout->addWidget(m_table, 1);
    setUnpriced({});
    updateActions();
}

void PricesView::makeActions()
{
    const auto make = [this](const QString &text, const QString &hint) {
        auto *action = new QAction(text, this);
        action->setToolTip(hint);
        action->setData(hint); // shown again when a store can be changed again
        return action;
    };
    m_add = make(tr("Add…"), tr("Add a price of your own to this store"));
    m_edit = make(tr("Edit…"), tr("Change the selected price (Enter)"));
    m_end = make(tr("End…"), tr("Say from which day on the price no longer holds"));
    m_delete = make(tr("Delete"), tr("Delete the selected prices of your own (Delete)"));
    m_import = make(tr("Import…"), tr("Read prices from a CSV or JSON file; shows first what would change"));
    m_export = make(tr("Export…"), tr("Write all prices to a CSV or JSON file"));
    m_update = make(tr("Update from OpenRouter…"), tr("Fetch today's prices; shows first what would change"));
    m_calls = make(tr("Show its calls"), tr("The generations that are priced by it"));
    connect(m_edit, &QAction::triggered, this, [this] {
        if (const PriceLine *line = currentLine())
            Q_EMIT editRequested(*line);
    });
    connect(m_end, &QAction::triggered, this, [this] {
        if (const PriceLine *line = currentLine())
            Q_EMIT endRequested(*line);
    });
    connect(m_delete, &QAction::triggered, this, [this] {
        std::vector<PriceLine> own = selectedLines();
        own.erase(std::remove_if(own.begin(), own.end(), [](const PriceLine &line) { return !line.isOwn; }),
                  own.end());
        if (!own.empty())
            Q_EMIT deleteRequested(own);
    });
    connect(m_calls, &QAction::triggered, this, [this] {
        if (const PriceLine *line = currentLine())
            Q_EMIT callsRequested(*line);
    });
}

QWidget *PricesView::makeHead()
{
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_search->setPlaceholderText(tr("Search models, providers"));
    m_search->setAccessibleName(tr("Search prices"));
    m_search->setClearButtonEnabled(true);
    m_search->setFixedWidth(220);
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_proxy->setSearch(text);
        showCount();
    });
    using Origin = PriceLine::Origin;
    m_source->setChoices({{tr("All prices"), {}, kAll},
                          {tr("Used by this store"), tr("that priced some call"), kOnlyUsed},
                          {tr("Bundled"), tr("with the program"), static_cast<int>(Origin::Bundled)},
                          {tr("OpenRouter"), tr("fetched"), static_cast<int>(Origin::OpenRouter)},
                          {tr("Files"), tr("imported"), static_cast<int>(Origin::File)},
                          {tr("By hand"), tr("typed here"), static_cast<int>(Origin::Hand)}});
    m_source->setCurrent(kAll, tr("All prices"));
    connect(m_source, &ChoiceButton::chosen, this, [this](const QVariant &value) {
        const int chosen = value.toInt();
        const auto choices = m_source->choices();
        for (const Choice &choice : choices) {
            if (choice.value == value)
                m_source->setCurrent(value, choice.text);
        }
        m_proxy->setOrigin(chosen < 0 ? std::nullopt : std::optional(static_cast<Origin>(chosen)),
                           chosen == kOnlyUsed);
        showCount();
    });

    auto *bar = new QHBoxLayout;
    bar->setSpacing(8);
    bar->addWidget(m_search);
    bar->addWidget(m_source);
    bar->addWidget(m_count);
    bar->addStretch(1);
    for (QAction *action : {m_add, m_edit, m_import, m_export, m_update}) {
        auto *button = new QToolButton;
        button->setDefaultAction(action);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
        bar->addWidget(button);
    }
    m_facts->setForegroundRole(QPalette::PlaceholderText);
    m_facts->setTextFormat(Qt::PlainText);
    m_facts->setContentsMargins(4, 0, 0, 0);
    auto *head = new QWidget;
    auto *layout = new QVBoxLayout(head);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(m_facts);
    layout->addLayout(bar);
    return head;
}

QWidget *PricesView::makeUnpriced()
{
    m_unpricedBox = new QWidget;
    auto *mark = new QLabel;
    mark->setPixmap(strokeIcon(QStringLiteral("warning"), Theme::of(palette()).warning).pixmap(16, 16));
    auto *titles = new QHBoxLayout;
    titles->setContentsMargins(12, 0, 8, 0);
    titles->setSpacing(8);
    titles->addWidget(mark);
    titles->addWidget(m_unpricedTitle, 1);
    dressTable(m_unpricedTable, tr("Models without a price"));
    m_unpricedTable->setModel(m_unpriced);
    m_unpricedTable->installEventFilter(this);
    const int widths[] = {300, 140, 110, 110, 110, 110};
    for (int column = 0; column < 6; ++column)
        setLeastWidth(m_unpricedTable, column, widths[column]);
    m_unpricedTable->horizontalHeader()->setStretchLastSection(true);
    const auto offer = [this](const QModelIndex &index) {
        if (m_editable && index.isValid() && m_unpriced->line(index.row()).canBePriced())
            Q_EMIT priceThis(m_unpriced->line(index.row()));
    };
    connect(m_unpricedTable, &QTableView::clicked, this, [offer](const QModelIndex &index) {
        if (index.column() == UnpricedModel::OfferColumn)
            offer(index);
    });
    connect(m_unpricedTable, &QTableView::doubleClicked, this, [offer](const QModelIndex &index) {
        if (index.column() != UnpricedModel::OfferColumn)
            offer(index);
    });
    connect(m_unpricedTable, &QWidget::customContextMenuRequested, this, [this, offer](const QPoint &at) {
        const QModelIndex index = m_unpricedTable->indexAt(at);
        if (!index.isValid())
            return;
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->addAction(tr("Price this…"), this, [offer, index] { offer(index); })
            ->setEnabled(m_editable && m_unpriced->line(index.row()).canBePriced());
        menu->addAction(tr("Show its calls"), this,
                        [this, index] { Q_EMIT unpricedCallsRequested(m_unpriced->line(index.row())); });
        menu->popup(m_unpricedTable->viewport()->mapToGlobal(at));
    });
    auto *layout = new QVBoxLayout(m_unpricedBox);
    layout->setContentsMargins(0, 4, 0, 12);
    layout->setSpacing(4);
    layout->addLayout(titles);
    layout->addWidget(m_unpricedTable);
    return m_unpricedBox;
}

void PricesView::makeTable()
{
    dressTable(m_table, tr("Prices"));
    m_table->setModel(m_proxy);
    m_table->setSortingEnabled(true);
    m_table->horizontalHeader()->setSortIndicator(PriceTableModel::CostColumn, Qt::DescendingOrder);
    m_table->installEventFilter(this);
    const int widths[] = {250, 110, 92, 92, 92, 92, 160, 200, 100, 100, 180, 100, 92};
    for (int column = 0; column < PriceTableModel::ColumnCount; ++column)
        setLeastWidth(m_table, column, widths[column]);
    m_table->horizontalHeader()->setSectionsMovable(true);
    // What one looks for is how much hangs on a price: beside its name, where no scrolling hides it.
    m_table->horizontalHeader()->moveSection(PriceTableModel::GenerationsColumn,
                                             PriceTableModel::CacheWriteColumn + 1);
    m_table->horizontalHeader()->moveSection(
        m_table->horizontalHeader()->visualIndex(PriceTableModel::CostColumn),
        PriceTableModel::CacheWriteColumn + 2);
    connect(m_table, &QTableView::doubleClicked, m_edit, &QAction::trigger);
    connect(m_table, &QWidget::customContextMenuRequested, this, &PricesView::showMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &PricesView::updateActions);
    connect(m_proxy, &QAbstractItemModel::modelReset, this, &PricesView::updateActions);
}

void PricesView::setLines(std::vector<PriceLine> lines)
{
    m_prices->setLines(std::move(lines));
    showCount();
}

QStringList PricesView::usedListedModels() const
{
    QStringList models;
    for (int row = 0; row < m_prices->rowCount(); ++row) {
        const PriceLine &line = m_prices->line(row);
        if (line.isListed && line.generations > 0 && !models.contains(line.model))
            models += line.model;
    }
    return models;
}

void PricesView::setUnpriced(std::vector<UnpricedLine> lines)
{
    std::int64_t generations = 0;
    for (const UnpricedLine &line : lines)
        generations += line.generations;
    // Its last model was just priced there: Qt would pass the focus to the search, which keeps Ctrl+Z to
    // itself.
    if (lines.empty() && m_unpricedBox->isAncestorOf(focusWidget()))
        focusTable();
    m_unpricedBox->setVisible(!lines.empty());
    m_unpricedTitle->setText(tr("%1 unpriced generations: no price fits their model, or they carry no tokens")
                                 .arg(formatCount(generations, locale())));
    m_unpriced->setLines(std::move(lines));
    fitUnpriced();
}

void PricesView::fitUnpriced()
{
    const int rows = std::min(m_unpriced->rowCount(), kUnpricedRows);
    m_unpricedTable->setFixedHeight(m_unpricedTable->horizontalHeader()->height() +
                                    rows * m_unpricedTable->verticalHeader()->defaultSectionSize() + 2);
}

void PricesView::setFacts(const QString &facts)
{
    m_facts->setText(facts);
}

QString PricesView::facts() const
{
    return m_facts->text();
}

QString PricesView::countText() const
{
    return m_count->text();
}

void PricesView::showCount()
{
    const QString all = formatCount(m_prices->rowCount(), locale());
    const QString shown = formatCount(m_proxy->rowCount(), locale());
    m_count->setText(shown == all ? tr("%1 prices").arg(all) : tr("%1 of %2 prices").arg(shown, all));
}

void PricesView::setEditable(bool editable, const QString &why)
{
    m_editable = editable;
    for (QAction *action : {m_add, m_import, m_update}) {
        action->setEnabled(editable);
        const QString hint = action->data().toString();
        action->setToolTip(editable ? hint : plainToolTip(why)); // it may hold others' bytes
    }
    updateActions();
}

void PricesView::updateActions()
{
    const std::vector<PriceLine> lines = selectedLines();
    const bool one = lines.size() == 1;
    const bool own =
        std::any_of(lines.begin(), lines.end(), [](const PriceLine &line) { return line.isOwn; });
    m_edit->setEnabled(m_editable && one);
    m_end->setEnabled(m_editable && one && lines.front().isOwn);
    m_delete->setEnabled(m_editable && own);
    m_calls->setEnabled(one && lines.front().generations > 0);
}

std::vector<PriceLine> PricesView::selectedLines() const
{
    std::vector<PriceLine> lines;
    const auto rows = m_table->selectionModel()->selectedRows();
    for (const QModelIndex &row : rows)
        lines.push_back(m_proxy->line(row.row()));
    return lines;
}

const PriceLine *PricesView::currentLine() const
{
    const auto rows = m_table->selectionModel()->selectedRows();
    return rows.size() == 1 ? &m_proxy->line(rows.front().row()) : nullptr;
}

void PricesView::showMenu(const QPoint &at)
{
    if (!m_table->indexAt(at).isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({m_edit, m_end, m_delete});
    menu->addSeparator();
    menu->addActions({m_calls});
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

void PricesView::focusTable()
{
    m_table->setFocus(Qt::OtherFocusReason);
}

void PricesView::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

bool PricesView::reveal(const QString &model, const QString &provider)
{
    m_search->clear();
    m_proxy->setOrigin(std::nullopt);
    m_source->setCurrent(kAll, tr("All prices"));
    showCount();
    int best = -1;
    for (int row = 0; row < m_proxy->rowCount(); ++row) {
        const PriceLine &line = m_proxy->line(row);
        if (line.model != model || (best >= 0 && line.provider != provider))
            continue;
        best = row;
        if (line.provider == provider)
            break;
    }
    if (best < 0)
        return false;
    m_table->selectRow(best);
    m_table->scrollTo(m_proxy->index(best, 0), QAbstractItemView::PositionAtCenter);
    focusTable();
    return true;
}

bool PricesView::eventFilter(QObject *watched, QEvent *event)
{
    const auto *key = static_cast<QKeyEvent *>(event);
    if (watched == m_search && event->type() == QEvent::ShortcutOverride && !m_search->isUndoAvailable() &&
        key->matches(QKeySequence::Undo))
        return true; // not taken: nothing was typed, so undo is about prices
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (watched == m_table && enter) {
        m_edit->trigger();
        return true;
    }
    if (watched == m_table && key->key() == Qt::Key_Delete) {
        m_delete->trigger();
        return true;
    }
    if (watched == m_unpricedTable && enter) {
        const QModelIndex index = m_unpricedTable->currentIndex();
        if (m_editable && index.isValid() && m_unpriced->line(index.row()).canBePriced())
            Q_EMIT priceThis(m_unpriced->line(index.row()));
        return true;
    }
    if (watched == m_search && (key->key() == Qt::Key_Down || enter)) {
        focusTable();
        if (!m_table->currentIndex().isValid() && m_proxy->rowCount() > 0)
            m_table->selectRow(0);
        return true;
    }
    if (watched == m_search && key->key() == Qt::Key_Escape && !m_search->text().isEmpty()) {
        m_search->clear();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace genscope
