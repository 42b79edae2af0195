// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latency/latencypage.h"

#include "app/chartfilter.h"
#include "app/drilldown.h"
#include "app/latency/card.h"
#include "app/latency/resulttablemodel.h"
#include "app/tables/tablestyle.h"
#include "app/tables/trenddelegate.h"
#include "app/tilegrid.h"
#include "app/timehand.h"
#include "charts/celltext.h"
#include "charts/charttile.h"
#include "charts/scatterchart.h"
#include "charts/selectioncontext.h"
#include "models/roles.h"

#include <QEvent>
#include <QHeaderView>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace genscope {

namespace {

constexpr int kPatienceMs = 100;
const QString kScatterId = QStringLiteral("latency_by_output_tokens");
const QString kTrendId = QStringLiteral("latency_by_value");

/// The calls of a lens. @error as makeSelection()
Result<std::int64_t> countCalls(const LatencyLens &lens, const Selection &selection)
{
    const auto rows = narrowed(selection, lens.filter());
    if (!rows)
        return rows.error();
    Query query;
    query.measures = {Measure::Generations};
    const auto table = runQuery(query, selection.scope, *rows, selection.context);
    return table ? Result<std::int64_t>(table->matched) : Result<std::int64_t>(table.error());
}

Result<ResultTable> slowest(const LatencyLens &lens, const Selection &selection)
{
    const ListQuery query = slowestCalls(lens);
    // A call without the number is not a slow one.
    const Filter known = Filter::isMissing(lens.field()).negated();
    const auto rows = narrowed(selection, Filter::all({lens.filter(), known}));
    return rows ? runList(query, selection.scope, *rows, selection.context)
                : Result<ResultTable>(rows.error());
}

} // namespace

struct LatencyPage::Answers
{
    std::vector<TileSpec> specs;
    std::vector<TileAnswer> tiles; ///< the last is the table of percentiles
    Result<ResultTable> slowest;
    ChartContext context;
};

LatencyPage::LatencyPage(Workspace *workspace, std::function<Timestamp()> now, QSettings *settings,
                         QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_now(std::move(now)),
      m_hand(new TimeHand(workspace, this)),
      m_choices(new LatencyChoices(workspace, settings, this)),
      m_grid(new TileGrid),
      m_scroll(new QScrollArea(this)),
      m_percentiles(new ResultTableModel(this)),
      m_slowest(new ResultTableModel(this)),
      m_percentileView(makeTable(m_percentiles, tr("Percentiles"))),
      m_slowestView(makeTable(m_slowest, tr("Slowest calls"))),
      m_trends(new TrendDelegate(this))
{
    setAccessibleName(tr("Latency"));
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(m_grid);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_scroll->viewport()->installEventFilter(this);
    m_scroll->verticalScrollBar()->setSingleStep(40);
    m_grid->setAutoFillBackground(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_choices);
    layout->addWidget(m_scroll, 1);
    setFocusProxy(m_scroll);
    makeTiles();

    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatienceMs);
    connect(&m_patience, &QTimer::timeout, this, &LatencyPage::showSkeletons);
    connect(m_choices, &LatencyChoices::changed, this, &LatencyPage::onSelection);
    connect(workspace, &Workspace::selectionChanged, this, &LatencyPage::onSelection);
    connect(m_hand, &TimeHand::brushChanged, this, [this] {
        for (ChartTile *tile : m_tiles)
            tile->setBrush(m_hand->brush());
    });
    connect(workspace, &Workspace::opened, this, [this] { m_scroll->verticalScrollBar()->setValue(0); });
    connect(m_percentileView, &QTableView::activated, this,
            [this](const QModelIndex &index) { openValue(index.row()); });
    connect(m_slowestView, &QTableView::activated, this,
            [this](const QModelIndex &index) { openCall(index.row()); });
}

ChartTile *LatencyPage::tile(const QString &id) const
{
    const auto found = std::find_if(m_tiles.begin(), m_tiles.end(),
                                    [&id](const ChartTile *tile) { return tile->spec().id == id; });
    return found == m_tiles.end() ? nullptr : *found;
}

// --- Making

QTableView *LatencyPage::makeTable(ResultTableModel *model, const QString &name)
{
    auto *view = new QTableView(this);
    dressTable(view, name);
    auto *sorted = new QSortFilterProxyModel(view); // at most a hundred rows
    sorted->setSourceModel(model);
    sorted->setSortRole(SortRole);
    view->setModel(sorted);
    view->setSortingEnabled(true);
    view->horizontalHeader()->setSortIndicatorClearable(true);
    view->sortByColumn(-1, Qt::DescendingOrder);
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    return view;
}

void LatencyPage::makeTiles()
{
    QVector<QWidget *> widgets;
    std::vector<TileSpan> spans;
    for (const TileSpec &spec : latencyTiles(lens(), {}, {}, kMostPoints + 1)) {
        ChartTile *tile = makeTile(spec, m_grid);
        connectTile(tile);
        m_tiles.push_back(tile);
        widgets.push_back(tile);
        spans.push_back({spec.columnSpan, spec.rowSpan, false});
    }
    m_percentileCard = new Card(tr("Percentiles"), m_percentileView);
    m_slowestCard = new Card(tr("Slowest calls"), m_slowestView);
    widgets += {m_percentileCard, m_slowestCard};
    spans.push_back({12, 1, false});
    spans.push_back({12, 2, false});
    m_grid->setTiles(widgets, spans);
    QWidget *before = m_choices;
    for (QWidget *widget : widgets) { // Tab goes as one reads
        setTabOrder(before, widget);
        before = widget;
    }
}

void LatencyPage::connectTile(ChartTile *tile)
{
    connect(tile, &ChartTile::activated, this, [this, tile](const ChartPick &pick) { take(*tile, pick); });
    connect(tile, &ChartTile::picking, this,
            [this, tile](const std::optional<ChartPick> &pick) { takeDrag(*tile, pick); });
    connect(tile, &ChartTile::gestured, m_hand, &TimeHand::take);
    const auto parts = tile->chart()->findChildren<QWidget *>();
    for (QWidget *part : parts) {
        part->installEventFilter(this); // for wheels
        if (part->focusPolicy() != Qt::NoFocus && part->accessibleName().isEmpty())
            part->setAccessibleName(tile->spec().title);
    }
    tile->chart()->installEventFilter(this);
    connect(tile, &ChartTile::failed, this, &LatencyPage::failed);
    connect(tile, &ChartTile::markActivated, this, [this, tile](int mark) {
        if (const Spike *spike = m_marks.spikeOf(tile->spec(), mark))
            Q_EMIT spikeActivated(*spike);
    });
    connect(tile, &ChartTile::crosshairMoved, this, [this, tile](std::optional<Timestamp> instant) {
        for (ChartTile *other : m_tiles) {
            if (other != tile)
                other->setCrosshair(instant);
        }
    });
    if (auto *scatter = qobject_cast<ScatterChart *>(tile->chart())) {
        connect(scatter, &ScatterChart::zoomRequested, this, [this](const std::optional<ChartPick> &view) {
            refreshScatter(view ? pickedCondition(*view) : Filter());
        });
    }
}

// --- Asking

void LatencyPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_stale)
        refresh();
}

/// A wheel that scrolls the page goes on doing so when a chart comes under the pointer.
bool LatencyPage::eventFilter(QObject *watched, QEvent *event)
{
    constexpr int kOneScrollMs = 400;
    if (event->type() != QEvent::Wheel)
        return QWidget::eventFilter(watched, event);
    if (watched == m_scroll->viewport()) {
        m_sinceScroll.start();
        return false;
    }
    if (!m_sinceScroll.isValid() || m_sinceScroll.hasExpired(kOneScrollMs))
        return false;
    event->ignore(); // goes on to the page
    return true;
}

void LatencyPage::onSelection()
{
    if (!isVisible())
        m_stale = true;
    else if (m_asked && m_workspace->isPreviewing())
        m_askAgain = true; // a hand that moves faster than numbers come must not stop them from coming
    else
        refresh();
}

void LatencyPage::refresh()
{
    if (!m_workspace->isOpen())
        return;
    m_stale = false;
    m_asked = true;
    m_askAgain = false;
    if (!m_workspace->isPreviewing())
        m_patience.start();
    const auto selection = m_workspace->selection();
    m_workspace->compute<std::shared_ptr<const Answers>>(
        this, QStringLiteral("tiles"),
        [lens = lens(), interval = m_workspace->view().interval,
         context = contextOf(*selection, m_now())](const Selection &current) {
            const auto calls = countCalls(lens, current);
            auto specs = latencyTiles(lens, current.scope, current.covered(), calls ? *calls : 0, interval);
            specs.push_back(percentileTable(lens));
            auto answers = runTiles(specs, current);
            return std::make_shared<const Answers>(
                Answers{std::move(specs), std::move(answers), slowest(lens, current), context});
        },
        [this](const std::shared_ptr<const Answers> &answers) {
            show(*answers);
            if (std::exchange(m_askAgain, false))
                refresh();
        });
}

/// Asks for a part of the scatter in finer bins, beside everything else.
void LatencyPage::refreshScatter(const Filter &view)
{
    struct Part
    {
        TileSpec spec;
        Result<ResultTable> table;
        ChartContext context;
    };
    const auto selection = m_workspace->selection();
    m_workspace->compute<std::shared_ptr<const Part>>(
        this, QStringLiteral("scatter"),
        [lens = lens(), view, context = contextOf(*selection, m_now())](const Selection &current) {
            const auto all = scatterTile(lens, kMostPoints + 1, view);
            Query count;
            count.measures = {Measure::Generations};
            TileSpec counted = all;
            counted.query = count;
            const auto calls = runTile(counted, current);
            TileSpec spec = scatterTile(lens, calls ? calls->matched : kMostPoints + 1, view);
            auto table = runTile(spec, current);
            return std::make_shared<const Part>(Part{std::move(spec), std::move(table), context});
        },
        [this](const std::shared_ptr<const Part> &part) {
            ChartTile *scatter = tile(kScatterId);
            if (!part->table || part->table->matched == 0)
                return; // a place without calls: what is shown says more
            scatter->setSpec(part->spec);
            ChartContext context = part->context;
            context.matched = part->table->matched;
            scatter->setResult(*part->table, context);
        });
}

// --- Showing

void LatencyPage::show(const Answers &answers)
{
    m_asked = false;
    for (std::size_t i = 0; i < m_tiles.size(); ++i) {
        if (holdsStill(m_tiles[i]->spec()))
            continue;
        m_tiles[i]->setSpec(answers.specs[i]);
        const Result<ResultTable> &table = answers.tiles[i].table;
        if (!table) {
            m_tiles[i]->setError(table.error());
            continue;
        }
        ChartContext context = answers.context;
        context.matched = table->matched;
        m_tiles[i]->setResult(*table, context);
        m_marks.showOn(m_tiles[i], m_workspace->scope().zone);
    }
    showTables(answers);
}

void LatencyPage::showTables(const Answers &answers)
{
    const TileSpec &spec = answers.specs.back();
    const Result<ResultTable> &percentiles = answers.tiles.back().table;
    const auto trend = std::find_if(answers.specs.begin(), answers.specs.end(),
                                    [](const TileSpec &each) { return each.id == kTrendId; });
    const Result<ResultTable> &trends =
        answers.tiles[static_cast<std::size_t>(trend - answers.specs.begin())].table;
    m_percentileCard->setTitle(
        tr("%1 by %2").arg(columnTitle(lens().field().text), columnTitle(lens().by.text).toLower()),
        spec.hint);
    m_percentiles->setTable(percentiles ? *percentiles : ResultTable());
    m_percentiles->setTrends(tr("%1 over time").arg(columnTitle(std::string(measureName(lens().slow())))),
                             trends ? trendsOf(*trends) : ResultTableModel::Trends());
    m_slowest->setTable(answers.slowest ? *answers.slowest : ResultTable(), 1);
    fitColumns(m_percentileView);
    fitColumns(m_slowestView);
}

/// Once for each set of columns: after that widths are the user's.
void LatencyPage::fitColumns(QTableView *view)
{
    const auto *sorted = static_cast<QSortFilterProxyModel *>(view->model());
    const auto *model = static_cast<ResultTableModel *>(sorted->sourceModel());
    QStringList titles;
    for (int column = 0; column < model->columnCount(); ++column)
        titles << model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    if (titles == view->property("titles").toStringList())
        return;
    view->setProperty("titles", titles);
    for (int column = 0; column < model->columnCount(); ++column) {
        const auto style = static_cast<CellStyle>(model->index(0, column).data(StyleRole).toInt());
        const bool wide = column == 0 || style == CellStyle::Model;
        const int least = wide ? 172 : model->isTrend(column) ? 140 : 84;
        view->setItemDelegateForColumn(column, model->isTrend(column) ? m_trends : nullptr);
        setLeastWidth(view, column, least);
    }
    view->horizontalHeader()->setStretchLastSection(true);
}

void LatencyPage::setSpikes(const std::vector<Spike> &spikes)
{
    m_marks.setSpikes(spikes);
    for (ChartTile *tile : m_tiles)
        m_marks.showOn(tile, m_workspace->scope().zone);
}

void LatencyPage::showSkeletons()
{
    for (ChartTile *tile : m_tiles) {
        if (m_asked)
            tile->setLoading();
    }
}

// --- Acting

void LatencyPage::take(const ChartTile &tile, const ChartPick &pick)
{
    m_draggedOn.clear();
    if (pick.intent == ChartPick::Intent::Rows || pick.dimension.empty()) {
        Q_EMIT drilled(tile.spec().drill, drilledScope(m_workspace->scope(), tile.spec(), pick));
        return;
    }
    m_workspace->setScope(pickedScope(m_workspace->scope(), tile.spec(), pick));
}

/// All other tiles show what would be left while the hand moves.
void LatencyPage::takeDrag(const ChartTile &tile, const std::optional<ChartPick> &pick)
{
    m_draggedOn = pick ? tile.spec().id : QString();
    if (pick)
        m_workspace->preview(pickedScope(m_workspace->scope(), tile.spec(), *pick));
    else
        m_workspace->endPreview();
}

/// What is under the hand must not move while it drags: the chart itself, and axes of time under a brush.
bool LatencyPage::holdsStill(const TileSpec &spec) const
{
    return spec.id == m_draggedOn || (m_hand->brush() && spec.query.interval);
}

void LatencyPage::openValue(int row)
{
    const auto *sorted = static_cast<QSortFilterProxyModel *>(m_percentileView->model());
    const int source = sorted->mapToSource(sorted->index(row, 0)).row();
    ChartPick pick;
    pick.dimension = lens().by.text;
    pick.value = m_percentiles->cell(source, lens().by.text);
    if (isOther(*pick.value)) {
        for (int other = 0; other < m_percentiles->rowCount(); ++other) {
            if (other != source)
                pick.otherThan.push_back(m_percentiles->cell(other, lens().by.text));
        }
    }
    Q_EMIT drilled(ListKind::Generations, drilledScope(m_workspace->scope(), percentileTable(lens()), pick));
}

void LatencyPage::openCall(int row)
{
    const auto *sorted = static_cast<QSortFilterProxyModel *>(m_slowestView->model());
    const Cell &uuid = m_slowest->cell(sorted->mapToSource(sorted->index(row, 0)).row(), "uuid");
    Scope scope = m_workspace->scope();
    scope.filter = withCondition(scope.filter, Filter::equals(*Field::parse("uuid"), cellKey(uuid)));
    Q_EMIT drilled(ListKind::Generations, scope);
}

} // namespace genscope
