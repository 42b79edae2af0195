// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget> // before <compare>, which moc of Qt 6.4 cannot read first

#include "app/latency/latencychoices.h"
#include "app/spikes/spikemarks.h"
#include "charts/chartcontext.h"
#include "workspace/latencylab.h"
#include "workspace/workspace.h"

#include <QElapsedTimer>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

class QScrollArea;
class QSettings;
class QTableView;

namespace genscope {

class Card;
class ChartTile;
class ResultTableModel;
class TileGrid;
class TrendDelegate;
class TimeHand;

/// How long calls take: percentiles over time and by value, distributions, hours of the week, latency against
/// output tokens, and the slowest calls. Every chart is a filter: a drag narrows the workspace, a click leads
/// to the calls behind it.
class LatencyPage final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LatencyPage)
public:
    /// @param settings  remembers the choices; may be null
    LatencyPage(Workspace *workspace, std::function<Timestamp()> now, QSettings *settings,
                QWidget *parent = nullptr);

    const LatencyLens &lens() const { return m_choices->lens(); }
    void setLens(const LatencyLens &lens) { m_choices->setLens(lens); }
    ChartTile *tile(const QString &id) const; ///< null if there is none
    QTableView *percentileView() const { return m_percentileView; }
    QTableView *slowestView() const { return m_slowestView; }
    /// True while the numbers are older than the selection.
    bool isPending() const { return m_stale || m_asked; }

    /// What is marked on charts over time.
    void setSpikes(const std::vector<Spike> &spikes);

Q_SIGNALS:
    /// Something was clicked; the scope of the rows behind it.
    void drilled(genscope::ListKind kind, const genscope::Scope &scope);
    void failed(const genscope::Error &error);
    /// A spike that is marked on a chart was clicked.
    void spikeActivated(const genscope::Spike &spike);

protected:
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Answers; ///< what a worker finds

    void makeTiles();
    QTableView *makeTable(ResultTableModel *model, const QString &name);
    void connectTile(ChartTile *tile);
    void onSelection();
    void refresh();
    void refreshScatter(const Filter &view);
    void show(const Answers &answers);
    void showTables(const Answers &answers);
    void fitColumns(QTableView *view);
    void showSkeletons();
    bool holdsStill(const TileSpec &spec) const;
    void take(const ChartTile &tile, const ChartPick &pick);
    void takeDrag(const ChartTile &tile, const std::optional<ChartPick> &pick);
    void openValue(int row);
    void openCall(int row);

    Workspace *m_workspace;
    std::function<Timestamp()> m_now;
    TimeHand *m_hand;
    LatencyChoices *m_choices;
    TileGrid *m_grid;
    QScrollArea *m_scroll;
    SpikeMarks m_marks;
    std::vector<ChartTile *> m_tiles;
    ResultTableModel *m_percentiles;
    ResultTableModel *m_slowest;
    QTableView *m_percentileView;
    QTableView *m_slowestView;
    TrendDelegate *m_trends;
    Card *m_percentileCard = nullptr;
    Card *m_slowestCard = nullptr;
    bool m_asked = false; ///< for numbers that are not shown yet
    bool m_askAgain = false;
    QString m_draggedOn; ///< the tile that a hand drags over
    bool m_stale = true; ///< the selection changed while the page was hidden
    QElapsedTimer m_sinceScroll;
    QTimer m_patience; ///< how long old numbers may stay before a tile says that it is loading
};

} // namespace genscope
