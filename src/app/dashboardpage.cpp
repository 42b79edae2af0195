// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/dashboardpage.h"

#include "app/chartfilter.h"
#include "app/drilldown.h"
#include "app/layoutbar.h"
#include "app/tilegrid.h"
#include "app/timehand.h"
#include "charts/charttile.h"
#include "charts/plotoverlay.h"
#include "charts/selectioncontext.h"
#include "workspace/costwords.h"
#include "workspace/tilebrush.h"

#include <QApplication>
#include <QKeyEvent>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>

namespace genscope {

namespace {

constexpr int kPatienceMs = 100;

bool isSameTile(const TileSpec &a, const TileSpec &b)
{
    return a.id == b.id && a.display == b.display && a.columnSpan == b.columnSpan && a.rowSpan == b.rowSpan;
}

} // namespace

struct DashboardPage::Answers
{
    std::vector<TileSpec> specs;
    std::vector<TileAnswer> tiles;
    ChartContext context;
};

DashboardPage::DashboardPage(Workspace *workspace, std::function<Timestamp()> now, QSettings *settings,
                             QWidget *parent)
    : QScrollArea(parent),
      m_workspace(workspace),
      m_now(std::move(now)),
      m_grid(new TileGrid),
      m_hand(new TimeHand(workspace, this)),
      m_settings(settings),
      m_bar(new LayoutBar(this))
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidget(m_grid);
    viewport()->setAutoFillBackground(false);
    m_grid->setAutoFillBackground(false);
    setAccessibleName(tr("Dashboard"));
    setFocusPolicy(Qt::StrongFocus); // for the keys that scroll
    verticalScrollBar()->setSingleStep(40);

    makeLayoutBar();
    connectGrid();
    restoreLayout();

    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatienceMs);
    connect(&m_patience, &QTimer::timeout, this, &DashboardPage::showSkeletons);
    connect(workspace, &Workspace::selectionChanged, this, &DashboardPage::onSelection);
    connect(workspace, &Workspace::opened, this, [this] {
        verticalScrollBar()->setValue(0);
        m_picked.clear();
        m_pickedOn.clear();
    });
    connect(m_hand, &TimeHand::brushChanged, this, [this] {
        if (!m_hand->brush())
            m_brushed.reset();
        for (ChartTile *tile : m_tiles)
            tile->setBrush(m_hand->brush());
    });
    m_clickTimer.setSingleShot(true);
    connect(&m_clickTimer, &QTimer::timeout, this, &DashboardPage::takeClick);
}

ChartTile *DashboardPage::tile(const QString &id) const
{
    const auto found = std::find_if(m_tiles.begin(), m_tiles.end(),
                                    [&id](const ChartTile *tile) { return tile->spec().id == id; });
    return found == m_tiles.end() ? nullptr : *found;
}

void DashboardPage::showEvent(QShowEvent *event)
{
    QScrollArea::showEvent(event);
    if (m_stale)
        refresh();
}

void DashboardPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Home)
        verticalScrollBar()->triggerAction(QAbstractSlider::SliderToMinimum);
    else if (event->key() == Qt::Key_End)
        verticalScrollBar()->triggerAction(QAbstractSlider::SliderToMaximum);
    else if (event->key() == Qt::Key_Escape && isEditing())
        setEditing(false);
    else if (event->key() != Qt::Key_Escape || !clearPicks())
        QScrollArea::keyPressEvent(event);
}

void DashboardPage::wheelEvent(QWheelEvent *event)
{
    m_sinceScroll.start();
    QScrollArea::wheelEvent(event);
}

/// A wheel that scrolls the page goes on doing so when a chart comes under the pointer.
bool DashboardPage::scrolledJustNow() const
{
    constexpr int kOneScrollMs = 400;
    return m_sinceScroll.isValid() && !m_sinceScroll.hasExpired(kOneScrollMs);
}

void DashboardPage::onSelection()
{
    if (!isVisible()) {
        m_stale = true;
        return;
    }
    if (m_asked && m_workspace->isPreviewing())
        m_askAgain = true; // a hand that moves faster than numbers come must not stop them from coming
    else if (m_hand->brush())
        refreshBrushed();
    else
        refresh();
}

std::vector<TileSpec> DashboardPage::specsFor(const Selection &selection) const
{
    const TimeRange covered = selection.covered();
    const TimeRange &range = selection.scope.range;
    auto specs = tilesOf(
        m_layout, intervalFor({range.from ? range.from : covered.from, range.to ? range.to : covered.to},
                              m_workspace->view().interval));
    for (TileSpec &spec : specs) {
        if (spec.query.by.empty())
            continue;
        const Field &field = spec.query.by.front();
        const bool clicked = spec.id == m_pickedOn || !spec.query.interval;
        if (clicked && choiceOf(selection.scope.filter, field))
            spec.scopeFilter = withoutPicks(selection.scope.filter, field);
    }
    return specs;
}

void DashboardPage::refresh()
{
    if (!m_workspace->isOpen())
        return;
    m_stale = false;
    auto specs = specsFor(*m_workspace->selection());
    makeTiles(specs);
    ask(std::move(specs));
}

/// While a hand brushes, charts over time only show the brush: their axis must not move under it.
void DashboardPage::refreshBrushed()
{
    const auto selection = m_workspace->selection();
    if (!m_brushed || !m_brushed->isOf(*selection)) {
        // What is brushed over is all that the scope selects, not what the hand is over.
        m_brushed =
            std::make_shared<TileBrush>(brushedTiles(specsFor(*selection)), selection, m_workspace->scope());
    }
    m_asked = true;
    m_askAgain = false;
    m_workspace->compute<std::shared_ptr<const Answers>>(
        this, QStringLiteral("tiles"),
        [brushed = m_brushed, range = *m_hand->brush(),
         context = contextOf(*selection)](const Selection &current) {
            auto answers = std::make_shared<Answers>(Answers{brushed->tiles(), {}, context});
            auto tables = brushed->answer(range, current.context.data.stop);
            for (std::size_t i = 0; tables && i < tables->size(); ++i)
                answers->tiles.push_back({std::move((*tables)[i]), {}, {}});
            return std::shared_ptr<const Answers>(std::move(answers));
        },
        [this](const std::shared_ptr<const Answers> &answers) {
            if (m_hand->brush())
                showBrushed(*answers);
            answered();
        });
}

void DashboardPage::ask(std::vector<TileSpec> specs)
{
    m_asked = true;
    m_askAgain = false;
    if (!m_workspace->isPreviewing())
        m_patience.start();
    m_workspace->compute<std::shared_ptr<const Answers>>(
        this, QStringLiteral("tiles"),
        [specs = std::move(specs), compared = m_workspace->view().comparedRange(),
         context = contextOf(*m_workspace->selection())](const Selection &current) {
            return std::make_shared<const Answers>(
                Answers{specs, runTiles(specs, current, compared), context});
        },
        [this](const std::shared_ptr<const Answers> &answers) {
            show(*answers);
            answered();
        });
}

/// The hand may have moved on meanwhile.
void DashboardPage::answered()
{
    m_asked = false;
    if (std::exchange(m_askAgain, false))
        onSelection();
}

void DashboardPage::makeTiles(const std::vector<TileSpec> &specs)
{
    const auto same = [](const ChartTile *tile, const TileSpec &spec) {
        return isSameTile(tile->spec(), spec);
    };
    if (std::equal(m_tiles.begin(), m_tiles.end(), specs.begin(), specs.end(), same)) {
        for (std::size_t i = 0; i < specs.size(); ++i)
            m_tiles[i]->setSpec(specs[i]);
        return;
    }
    const std::vector<ChartTile *> before = std::exchange(m_tiles, {});
    QVector<QWidget *> widgets;
    std::vector<TileSpan> spans;
    for (const TileSpec &spec : specs) {
        const auto known = std::find_if(before.begin(), before.end(), [&spec](const ChartTile *tile) {
            return tile->spec().id == spec.id && tile->spec().display == spec.display;
        });
        ChartTile *tile = known != before.end() ? *known : makeTile(spec, m_grid);
        if (known != before.end())
            tile->setSpec(spec);
        else
            connectTile(tile);
        m_tiles.push_back(tile);
        widgets.push_back(tile);
        spans.push_back({spec.columnSpan, spec.rowSpan, spec.display == TileSpec::Display::Number});
    }
    m_grid->setTiles(widgets, spans);
}

void DashboardPage::connectTile(ChartTile *tile)
{
    const auto parts = tile->chart()->findChildren<QWidget *>();
    for (QWidget *part : parts) {
        if (qobject_cast<PlotOverlay *>(part) != nullptr)
            part->installEventFilter(this); // for wheels
        if (part->focusPolicy() != Qt::NoFocus && part->accessibleName().isEmpty())
            part->setAccessibleName(tile->spec().title);
    }
    connect(tile, &ChartTile::activated, this, [this, tile](const ChartPick &pick) { onPick(tile, pick); });
    connect(tile, &ChartTile::picking, this,
            [this, tile](const std::optional<ChartPick> &pick) { onPicking(tile, pick); });
    connect(tile, &ChartTile::gestured, this, [this](const TimeGesture &gesture) {
        if (gesture.kind == TimeGesture::Kind::Reset) {
            m_clickTimer.stop();
            m_click = nullptr;
        }
        m_hand->take(gesture);
    });
    connect(tile, &ChartTile::layoutRequested, this, [this] { setEditing(true); });
    connect(tile, &ChartTile::logScaleRequested, this, [this, tile](bool log) {
        DashboardLayout layout = m_layout;
        for (PlacedTile &placed : layout.tiles) {
            if (placed.id == tile->spec().id)
                placed.log = log;
        }
        setTileLayout(layout);
    });
    connect(tile, &ChartTile::failed, this, &DashboardPage::failed);
    connect(tile, &ChartTile::markActivated, this, [this, tile](int mark) {
        if (const Spike *spike = m_marks.spikeOf(tile->spec(), mark))
            Q_EMIT spikeActivated(*spike);
    });
    connect(tile, &ChartTile::unpricedActivated, this, &DashboardPage::unpricedActivated);
    connect(tile, &ChartTile::crosshairMoved, this, [this, tile](std::optional<Timestamp> instant) {
        for (ChartTile *other : m_tiles) {
            if (other != tile)
                other->setCrosshair(instant);
        }
    });
}

/// What a click on a tile leads to: the rows behind it, or the filter.
void DashboardPage::onPick(ChartTile *tile, const ChartPick &pick)
{
    m_draggedOn.clear();
    const bool filters = pick.intent != ChartPick::Intent::Rows && Field::parse(pick.dimension);
    if (filters)
        m_click = [this, id = tile->spec().id, pick] { filterTo(id, pick); };
    else
        m_click = [this, kind = tile->spec().drill,
                   scope = drilledScope(m_workspace->scope(), tile->spec(), pick)] {
            Q_EMIT drilled(kind, scope);
        };
    // Only where a double click means something, a click has to wait for it.
    if (m_hand->canReset() && tile->spec().query.interval)
        m_clickTimer.start(QApplication::doubleClickInterval());
    else
        takeClick();
}

void DashboardPage::filterTo(const QString &id, const ChartPick &pick)
{
    const ChartTile *picked = tile(id);
    if (picked == nullptr)
        return;
    m_pickedOn = id;
    const auto note = [this](const ChartPick &each) {
        const auto field = Field::parse(each.dimension);
        if (field && std::find(m_picked.begin(), m_picked.end(), *field) == m_picked.end())
            m_picked.push_back(*field);
    };
    note(pick);
    std::for_each(pick.also.begin(), pick.also.end(), note);
    m_workspace->setScope(pickedScope(m_workspace->scope(), picked->spec(), pick));
}

void DashboardPage::onPicking(ChartTile *tile, const std::optional<ChartPick> &pick)
{
    m_draggedOn = pick ? tile->spec().id : QString();
    if (!pick) {
        m_workspace->endPreview();
        return;
    }
    m_pickedOn = tile->spec().id;
    m_workspace->preview(pickedScope(m_workspace->scope(), tile->spec(), *pick));
}

/// Takes away what hands have put into the scope from charts: values, and the range. False if there is
/// nothing.
bool DashboardPage::clearPicks()
{
    ViewState view = m_workspace->view();
    for (const Field &field : m_picked)
        view.scope.filter = withoutPicks(view.scope.filter, field);
    m_picked.clear();
    m_pickedOn.clear();
    if (const auto home = m_hand->takeHome())
        view.scope.range = *home;
    if (view.comparison.with == PeriodComparison::With::Custom)
        view.comparison = {};
    const bool same = view.scope.range == m_workspace->scope().range &&
                      view.scope.filter == m_workspace->scope().filter &&
                      view.comparison == m_workspace->view().comparison;
    if (!same)
        m_workspace->setView(view);
    return !same;
}

void DashboardPage::show(const Answers &answers)
{
    if (answers.tiles.size() != m_tiles.size())
        return; // the layout changed meanwhile: more is to come
    for (std::size_t i = 0; i < m_tiles.size(); ++i) {
        const TileAnswer &answer = answers.tiles[i];
        ChartTile *tile = m_tiles[i];
        if (m_workspace->isPreviewing() && tile->spec().id == m_draggedOn)
            continue; // what is under the hand must not move
        if (!answer.table) {
            tile->setError(answer.table.error());
            continue;
        }
        if (tile->spec().totalQuery)
            tile->setTotals(answer.totals.now, answer.totals.before);
        tile->setResult(*answer.table, contextOf(answers.specs[i], answer, answers.context));
        m_marks.showOn(tile, m_workspace->scope().zone);
    }
}

void DashboardPage::showBrushed(const Answers &answers)
{
    for (std::size_t i = 0; i < answers.tiles.size(); ++i) {
        const TileAnswer &answer = answers.tiles[i];
        ChartTile *shown = tile(answers.specs[i].id);
        if (!shown || !answer.table)
            continue; // the error comes again when the hand lets go
        if (shown->spec().totalQuery)
            shown->setTotals(answer.table->matched > 0 ? answer.table->total.back() : Cell{}, {});
        else
            shown->setResult(*answer.table, contextOf(answers.specs[i], answer, answers.context));
    }
}

void DashboardPage::setSpikes(const std::vector<Spike> &spikes)
{
    m_marks.setSpikes(spikes);
    for (ChartTile *tile : m_tiles)
        m_marks.showOn(tile, m_workspace->scope().zone);
}

void DashboardPage::showSkeletons()
{
    for (ChartTile *tile : m_tiles) {
        if (m_asked)
            tile->setLoading();
    }
}

ChartContext DashboardPage::contextOf(const Selection &selection) const
{
    ChartContext context = genscope::contextOf(selection, m_now());
    if (const auto compared = m_workspace->view().comparedRange())
        context.earlierRange = *compared;
    return context;
}

ChartContext DashboardPage::contextOf(const TileSpec &spec, const TileAnswer &answer,
                                      ChartContext context) const
{
    context.matched = answer.table->matched;
    if (answer.earlier)
        context.earlier = std::make_shared<const ResultTable>(*answer.earlier);
    if (spec.scopeFilter && !spec.query.by.empty()) {
        context.choice = choiceOf(m_workspace->shownScope().filter, spec.query.by.front());
        context.filterText = QString::fromStdString(spec.scopeFilter->toString());
    }
    return context;
}

void DashboardPage::takeClick()
{
    if (const auto click = std::exchange(m_click, nullptr))
        click();
}

bool DashboardPage::eventFilter(QObject *watched, QEvent *event)
{
    // A scroll area watches its own scroll bars as well, and hands them the wheel.
    if (event->type() == QEvent::Wheel && qobject_cast<PlotOverlay *>(watched) && scrolledJustNow()) {
        wheelEvent(static_cast<QWheelEvent *>(event));
        return true;
    }
    return QScrollArea::eventFilter(watched, event);
}

} // namespace genscope
