// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/charttile.h"

#include "charts/barchart.h"
#include "charts/celltext.h"
#include "charts/elidedlabel.h"
#include "charts/heatmapchart.h"
#include "charts/histogramchart.h"
#include "charts/linkbutton.h"
#include "charts/numbertile.h"
#include "charts/scatterchart.h"
#include "charts/tablechart.h"
#include "charts/theme.h"
#include "charts/timeserieschart.h"
#include "core/format.h"
#include "models/tablecolumns.h"

#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace genscope {

namespace {

/// Three dots, drawn, so that no font has to have them.
class MenuButton final : public QToolButton
{
public:
    explicit MenuButton(QWidget *parent) : QToolButton(parent)
    {
        setAutoRaise(true);
        setFixedSize(24, 22);
        setFocusPolicy(Qt::TabFocus);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::of(palette());
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(hasFocus() ? QPen(theme.accent, 1.5) : QPen(Qt::NoPen));
        painter.setBrush(underMouse() || isDown() ? QBrush(theme.raised) : QBrush(Qt::NoBrush));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.mutedText);
        for (const int dx : {-5, 0, 5})
            painter.drawEllipse(QRectF(rect()).center() + QPointF(dx, 0), 1.4, 1.4);
    }
};

ChartView *makeChart(TileSpec::Display display, QWidget *parent)
{
    switch (display) {
    case TileSpec::Display::Number:
        return new NumberTile(parent);
    case TileSpec::Display::Bars:
        return new BarChart(parent);
    case TileSpec::Display::Lines:
        return new TimeSeriesChart(TimeStyle::Lines, parent);
    case TileSpec::Display::Area:
        return new TimeSeriesChart(TimeStyle::Areas, parent);
    case TileSpec::Display::Table:
        return new TableChart(parent);
    case TileSpec::Display::StackedBars:
        return new TimeSeriesChart(TimeStyle::StackedBars, parent);
    case TileSpec::Display::Percentiles:
        return new TimeSeriesChart(TimeStyle::Percentiles, parent);
    case TileSpec::Display::Histogram:
        return new HistogramChart(HistogramChart::Style::Stacked, parent);
    case TileSpec::Display::Distributions:
        return new HistogramChart(HistogramChart::Style::Compared, parent);
    case TileSpec::Display::Heatmap:
        return new HeatmapChart(parent);
    case TileSpec::Display::Scatter:
        return new ScatterChart(parent);
    }
    return nullptr;
}

} // namespace

ChartTile::ChartTile(const TileSpec &spec, QWidget *parent)
    : QFrame(parent),
      m_title(new ElidedLabel(this)),
      m_note(new LinkButton(this)),
      m_menuButton(new MenuButton(this)),
      m_chart(makeChart(spec.display, this)),
      m_pane(new StatePane(this))
{
    setFrameShape(QFrame::NoFrame);
    m_title->setFont(titleFont(font()));
    m_note->setFont(smallFont(font()));
    m_menuButton->setPopupMode(QToolButton::InstantPopup);
    m_menuButton->setAccessibleName(tr("Menu"));
    m_menuButton->setToolTip(tr("Table behind it, copy, export"));
    m_menuButton->setMenu(createMenu(this));

    auto *header = new QHBoxLayout;
    header->setSpacing(8);
    header->addWidget(m_title, 1);
    header->addWidget(m_note);
    header->addWidget(m_menuButton);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 10, 10, 12);
    layout->setSpacing(4);
    layout->addLayout(header);
    layout->addWidget(m_chart, 1);
    layout->addWidget(m_pane, 1);

    connect(m_note, &LinkButton::clicked, this, &ChartTile::unpricedActivated);
    connect(m_chart, &ChartView::activated, this, &ChartTile::activated);
    connect(m_chart, &ChartView::picking, this, &ChartTile::picking);
    connect(m_chart, &ChartView::gestured, this, &ChartTile::gestured);
    connect(m_chart, &ChartView::markActivated, this, &ChartTile::markActivated);
    connect(m_chart, &ChartView::crosshairMoved, this, &ChartTile::crosshairMoved);
    setSpec(spec);
    setLoading();
    recolor();
}

ChartTile::~ChartTile() = default;

void ChartTile::setSpec(const TileSpec &spec)
{
    m_spec = spec;
    m_chart->setLogScale(spec.logScale && m_chart->canLogScale());
    m_title->setText(spec.title);
    m_title->setToolTip(plainToolTip(spec.hint));
    m_chart->setAccessibleName(spec.title);
    m_chart->setToolTip({});
    m_menuButton->setAccessibleDescription(spec.title);
    setAccessibleName(spec.title);
}

void ChartTile::setLoading()
{
    if (m_state != State::Ready)
        showState(State::Loading);
}

void ChartTile::setResult(const ResultTable &table, const ChartContext &context)
{
    m_table = table;
    m_context = context;
    const bool money = std::any_of(m_table.columns.begin(), m_table.columns.end(),
                                   [](const auto &column) { return column.unit == Unit::Usd; });
    if (!money)
        m_context.costText.clear();
    m_chart->setResult(m_table, m_context);
    showState(stateOf(m_table));
}

void ChartTile::setTotals(const Cell &now, const Cell &before)
{
    if (auto *number = qobject_cast<NumberTile *>(m_chart))
        number->setTotals(now, before);
}

void ChartTile::setError(const Error &error)
{
    m_error = error.message;
    m_table = {};
    showState(State::Failed);
}

/// Nothing matched, nothing of it has a price, nothing has the number, or there is something to draw.
ChartTile::State ChartTile::stateOf(const ResultTable &table) const
{
    bool anyNumber = false;
    bool money = false;
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
        if (table.columns[column].role != ResultTable::Role::Measure)
            continue;
        money = money || table.columns[column].unit == Unit::Usd;
        for (const auto &row : table.rows)
            anyNumber = anyNumber || (column < row.size() && cellNumber(row[column]));
    }
    if (table.matched == 0 || table.rows.empty())
        return State::Empty;
    if (anyNumber)
        return State::Ready;
    return money && table.unpriced > 0 ? State::AllUnpriced : State::Empty;
}

void ChartTile::showState(State state)
{
    m_state = state;
    describeState();
    updateNote();
    m_chart->setVisible(state == State::Ready);
    m_pane->setVisible(state != State::Ready);
}

void ChartTile::describeState()
{
    switch (m_state) {
    case State::Loading:
        m_pane->setState(StatePane::Kind::Loading, {}, {});
        break;
    case State::Ready:
        m_pane->setState(StatePane::Kind::Empty, {}, {});
        break;
    case State::Empty: {
        const bool errors =
            !m_spec.query.measures.empty() && m_spec.query.measures.front() == Measure::Errors;
        if (m_table.matched == 0)
            m_pane->setState(StatePane::Kind::Empty, errors ? tr("No errors") : tr("No data for this filter"),
                             m_context.filterText.isEmpty() ? tr("in this time range")
                                                            : m_context.filterText);
        else
            m_pane->setState(StatePane::Kind::Empty, tr("Nothing recorded"),
                             tr("None of %n matching row(s) carries this number.", "",
                                static_cast<int>(std::min<std::int64_t>(m_table.matched, 2'000'000'000))));
        break;
    }
    case State::AllUnpriced:
        m_pane->setState(
            StatePane::Kind::Unpriced, tr("%1 unpriced").arg(formatCount(m_table.unpriced, locale())),
            tr("No cost is known for any of them: the events carry none, and the price book does not "
               "know their models."));
        break;
    case State::Failed:
        m_pane->setState(StatePane::Kind::Failed, tr("Could not be computed"), m_error);
        break;
    }
}

void ChartTile::updateNote()
{
    bool money = false;
    for (const ResultTable::Column &column : m_table.columns)
        money = money || (column.role == ResultTable::Role::Measure && column.unit == Unit::Usd);
    const bool show = m_state == State::Ready && money && m_table.unpriced > 0;
    m_note->setVisible(show);
    if (!show)
        return;
    const bool compact = m_spec.display == TileSpec::Display::Number;
    const QString count = compact ? formatCompact(static_cast<double>(m_table.unpriced), locale())
                                  : formatCount(m_table.unpriced, locale());
    m_note->setLink(
        tr("%1 unpriced").arg(count),
        tr("%1 of %2 have no known cost and are not in these sums. Click for the prices.")
            .arg(formatCount(m_table.unpriced, locale()), formatCount(m_table.matched, locale())));
}

void ChartTile::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(rect(), 6, 6);
}

void ChartTile::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        recolor();
    QFrame::changeEvent(event);
}

void ChartTile::recolor()
{
    QPalette amber = palette();
    amber.setColor(QPalette::WindowText, Theme::of(palette()).warning);
    m_note->setPalette(amber);
    m_note->setFont(smallFont(font()));
    m_title->setFont(titleFont(font()));
}

ChartTile *makeTile(const TileSpec &spec, QWidget *parent)
{
    return new ChartTile(spec, parent);
}

} // namespace genscope
