// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/dashboardpage.h"

#include "app/drilldown.h"
#include "app/tilegrid.h"
#include "charts/charttile.h"
#include "charts/plotoverlay.h"
#include "workspace/costwords.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>

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
    std::vector<TileAnswer> tiles;
    ChartContext context;
};

DashboardPage::DashboardPage(Workspace *workspace, std::function<Timestamp()> now, QWidget *parent)
    : QScrollArea(parent), m_workspace(workspace), m_now(std::move(now)), m_grid(new TileGrid)
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

    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatienceMs);
    connect(&m_patience, &QTimer::timeout, this, &DashboardPage::showSkeletons);
    connect(workspace, &Workspace::selectionChanged, this, [this] {
        if (isVisible())
            refresh();
        else
            m_stale = true;
    });
    connect(workspace, &Workspace::opened, this, [this] { verticalScrollBar()->setValue(0); });
    connect(workspace, &Workspace::scopeChanged, this, [this] {
        if (m_workspace->scope().range != m_brushed)
            m_beforeBrush.reset(); // the range was set elsewhere: nothing to return to
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
    else
        QScrollArea::keyPressEvent(event);
}

void DashboardPage::refresh()
{
    if (!m_workspace->isOpen())
        return;
    m_stale = false;
    const auto selection = m_workspace->selection();
    const auto specs = dashboardTiles(selection->scope, selection->covered());
    makeTiles(specs);
    m_asked = true;
    m_patience.start();
    m_workspace->compute<std::shared_ptr<const Answers>>(
        this, QStringLiteral("tiles"),
        [specs, context = contextOf(*selection)](const Selection &current) {
            return std::make_shared<const Answers>(Answers{runTiles(specs, current), context});
        },
        [this](const std::shared_ptr<const Answers> &answers) { show(*answers); });
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
    m_tiles.clear();
    QVector<QWidget *> widgets;
    std::vector<TileSpan> spans;
    for (const TileSpec &spec : specs) {
        ChartTile *tile = makeTile(spec, m_grid);
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
            part->installEventFilter(this); // for double clicks
        if (part->focusPolicy() != Qt::NoFocus && part->accessibleName().isEmpty())
            part->setAccessibleName(tile->spec().title);
    }
    connect(tile, &ChartTile::activated, this, [this, tile](const ChartPick &pick) {
        m_click = [this, kind = tile->spec().drill,
                   scope = drilledScope(m_workspace->scope(), tile->spec(), pick)] {
            Q_EMIT drilled(kind, scope);
        };
        // Only where a double click means something, a click has to wait for it.
        if (m_beforeBrush)
            m_clickTimer.start(QApplication::doubleClickInterval());
        else
            takeClick();
    });
    connect(tile, &ChartTile::brushed, this, &DashboardPage::brush);
    connect(tile, &ChartTile::failed, this, &DashboardPage::failed);
    connect(tile, &ChartTile::unpricedActivated, this, &DashboardPage::unpricedActivated);
    connect(tile, &ChartTile::crosshairMoved, this, [this, tile](std::optional<Timestamp> instant) {
        for (ChartTile *other : m_tiles) {
            if (other != tile)
                other->setCrosshair(instant);
        }
    });
}

void DashboardPage::show(const Answers &answers)
{
    m_asked = false;
    for (std::size_t i = 0; i < m_tiles.size(); ++i) {
        const TileAnswer &answer = answers.tiles[i];
        ChartTile *tile = m_tiles[i];
        if (!answer.table) {
            tile->setError(answer.table.error());
            continue;
        }
        if (tile->spec().totalQuery)
            tile->setTotals(answer.totals.now, answer.totals.before);
        ChartContext context = answers.context;
        context.matched = answer.table->matched;
        tile->setResult(*answer.table, context);
    }
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
    const TimeRange covered = selection.covered();
    const Scope &scope = selection.scope;
    ChartContext context;
    context.range = {scope.range.from ? scope.range.from : covered.from,
                     scope.range.to ? scope.range.to : covered.to};
    context.asked = scope.range;
    context.now = m_now();
    context.filterText = QString::fromStdString(scope.filter.toString());
    context.costText = costViewText(scope);
    context.costMark = costViewMark(scope);
    context.matched = selection.matchedEvents;
    context.stored = selection.storedEvents;
    return context;
}

void DashboardPage::brush(Timestamp from, Timestamp to)
{
    const TimeRange before = m_beforeBrush.value_or(m_workspace->scope().range);
    m_brushed = {from, to};
    m_workspace->setTimeRange(m_brushed);
    m_beforeBrush = before;
}

void DashboardPage::takeClick()
{
    if (const auto click = std::exchange(m_click, nullptr))
        click();
}

bool DashboardPage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::MouseButtonDblClick && m_beforeBrush &&
        static_cast<QMouseEvent *>(event)->button() == Qt::LeftButton) {
        m_clickTimer.stop();
        m_click = nullptr;
        m_workspace->setTimeRange(*m_beforeBrush);
        return true;
    }
    return QScrollArea::eventFilter(watched, event);
}

} // namespace genscope
