// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea> // before <compare>, which moc of Qt 6.4 cannot read first

#include "app/spikes/spikemarks.h"
#include "workspace/dashboardlayout.h"
#include "workspace/workspace.h"

#include <QElapsedTimer>
#include <QTimer>

#include <functional>
#include <optional>
#include <vector>

class QSettings;

namespace genscope {

class ChartTile;
class LayoutBar;
struct ChartContext;
struct ChartPick;
class TileBrush;
class TileGrid;
class TimeHand;

/// The answers at a glance: number tiles and charts over the workspace's selection. Every chart is a filter
/// as well: what a hand brushes or clicks on one, all others follow.
class DashboardPage final : public QScrollArea
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DashboardPage)
public:
    /// @param settings  where the layout is kept; may be null
    DashboardPage(Workspace *workspace, std::function<Timestamp()> now, QSettings *settings = nullptr,
                  QWidget *parent = nullptr);

    const std::vector<ChartTile *> &tiles() const { return m_tiles; }
    ChartTile *tile(const QString &id) const; ///< null if there is none
    TileGrid *grid() const { return m_grid; }
    /// The tiles and their places, for saved views. @error as layoutFromJson(): then nothing changes
    QJsonObject layoutJson() const { return layoutToJson(m_layout); }
    Status setLayoutJson(const QJsonObject &json);
    const DashboardLayout &tileLayout() const { return m_layout; }
    void setTileLayout(const DashboardLayout &layout);
    /// While on, tiles are moved, resized, added and removed by hand.
    void setEditing(bool editing);
    bool isEditing() const;
    LayoutBar *layoutBar() const { return m_bar; }
    /// True while the numbers are older than the selection.
    bool isPending() const { return m_stale || m_asked; }

    /// What is marked on charts over time.
    void setSpikes(const std::vector<Spike> &spikes);

Q_SIGNALS:
    /// The note on what is unpriced was clicked.
    void unpricedActivated();
    /// Something was clicked; the scope of the rows behind it.
    void drilled(genscope::ListKind kind, const genscope::Scope &scope);
    void failed(const genscope::Error &error);
    /// A spike that is marked on a chart was clicked.
    void spikeActivated(const genscope::Spike &spike);
    void layoutChanged();

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Answers; ///< what a worker finds for all tiles

    void restoreLayout();
    void makeLayoutBar();
    void connectGrid();
    void fillAddMenu();
    void placeBar();
    void moveTile(int tile, int to);
    void resizeTile(int tile, int columns, int rows);
    void removeTile(int tile);
    void editTile(int tile);
    void addOwnTile();
    void onSelection();
    void refresh();
    void refreshBrushed();
    void makeTiles(const std::vector<TileSpec> &specs);
    void connectTile(ChartTile *tile);
    std::vector<TileSpec> specsFor(const Selection &selection) const;
    void ask(std::vector<TileSpec> specs);
    void answered();
    void show(const Answers &answers);
    void showBrushed(const Answers &answers);
    void showSkeletons();
    ChartContext contextOf(const Selection &selection) const;
    ChartContext contextOf(const TileSpec &spec, const TileAnswer &answer, ChartContext context) const;
    void onPick(ChartTile *tile, const ChartPick &pick);
    void onPicking(ChartTile *tile, const std::optional<ChartPick> &pick);
    void filterTo(const QString &id, const ChartPick &pick);
    bool clearPicks();
    void takeClick();
    bool scrolledJustNow() const;

    Workspace *m_workspace;
    std::function<Timestamp()> m_now;
    TileGrid *m_grid;
    TimeHand *m_hand;
    std::shared_ptr<TileBrush> m_brushed; ///< while the hand brushes
    QSettings *m_settings;
    LayoutBar *m_bar;
    DashboardLayout m_layout = standardLayout();
    DashboardLayout m_layoutBefore; ///< editing: what Cancel goes back to
    SpikeMarks m_marks;
    std::vector<ChartTile *> m_tiles;
    bool m_asked = false;          ///< for numbers that are not shown yet
    bool m_askAgain = false;       ///< the hand moved on meanwhile
    QTimer m_patience;             ///< how long old numbers may stay before a tile says that it is loading
    bool m_stale = true;           ///< the selection changed while the page was hidden
    QString m_pickedOn;            ///< the tile that was clicked last: it goes on showing its other values
    QString m_draggedOn;           ///< the tile that a hand drags over values of
    std::vector<Field> m_picked;   ///< fields that clicks have put into the filter
    std::function<void()> m_click; ///< waits for the second click that would make it a double click
    QTimer m_clickTimer;
    QElapsedTimer m_sinceScroll;
};

} // namespace genscope
