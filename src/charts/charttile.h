// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chartview.h"

#include "charts/statepane.h"
#include "core/result.h"
#include "workspace/dashboard.h"

#include <QByteArray>
#include <QFrame>
#include <QImage>

#include <functional>
#include <optional>

class QMenu;
class QToolButton;

namespace genscope {

class ElidedLabel;
class LinkButton;

/// One tile of a dashboard: title, chart, the states in which there is none, and a menu. It knows its
/// question (TileSpec) but asks nobody: the page hands it results.
class ChartTile final : public QFrame
{
    Q_OBJECT
public:
    enum class State { Loading, Ready, Empty, AllUnpriced, Failed };
    /// Asks for a file to write; empty if the user thinks better of it.
    using FileNameProvider =
        std::function<QString(QWidget *parent, const QString &suggested, const QString &filter)>;

    explicit ChartTile(const TileSpec &spec, QWidget *parent = nullptr);
    ~ChartTile() override;

    const TileSpec &spec() const { return m_spec; }
    /// Takes another spec of the same id and display, as for another time range.
    void setSpec(const TileSpec &spec);

    /// Shows the skeleton; a chart that is already there stays until its successor comes.
    void setLoading();
    void setResult(const ResultTable &table, const ChartContext &context);
    /// Number tiles: the total, and that of the previous period (missing if there is none). Before
    /// setResult().
    void setTotals(const Cell &now, const Cell &before);
    void setError(const Error &error);
    State state() const { return m_state; }
    QString stateText() const { return m_pane->text(); }

    ChartView *chart() const { return m_chart; }
    const ResultTable &result() const { return m_table; }
    void setCrosshair(std::optional<Timestamp> instant) { m_chart->setCrosshair(instant); }
    void setBrush(const std::optional<TimeRange> &range) { m_chart->setBrush(range); }
    void setMarks(const std::vector<ChartMark> &marks) { m_chart->setMarks(marks); }

    enum class Frame {
        Full, ///< with title, and a footer line that says what the numbers are over
        None, ///< the chart alone, for pages that say these themselves
    };
    /// The tile as a picture of @p size, @p scale device pixels to one.
    QImage picture(const QSize &size, double scale, Frame frame = Frame::Full);
    QByteArray svg(const QSize &size, Frame frame = Frame::Full);
    /// Draws the chart, or the state in its place, without a frame.
    void paintBody(QPainter &painter, const QRect &area);
    Status writePng(const QString &path);
    Status writeSvg(const QString &path);
    Status writePdf(const QString &path);
    Status writeCsv(const QString &path) const;
    Status writeJson(const QString &path) const;
    /// The numbers with what they are over, as one JSON object.
    QByteArray json() const;
    /// What pictures are made as: absent, as large as the tile is shown; and pixels to one unit of length.
    void setPictureSize(std::optional<QSize> size, int scale);
    void setFileNameProvider(FileNameProvider provider) { m_fileName = std::move(provider); }
    /// The entries of the menu button and the context menu. The caller owns it.
    QMenu *createMenu(QWidget *parent);

Q_SIGNALS:
    /// A bar, point or legend entry was clicked; without conditions: the whole table behind the tile.
    void activated(const genscope::ChartPick &pick);
    void picking(const std::optional<genscope::ChartPick> &pick);
    void gestured(const genscope::TimeGesture &gesture);
    void markActivated(int mark);
    void crosshairMoved(std::optional<genscope::Timestamp> instant);
    /// The axis of values is to be logarithmic, or not.
    void logScaleRequested(bool log);
    /// The layout of the dashboard is to be changed.
    void layoutRequested();
    /// What has no price is asked about.
    void unpricedActivated();
    /// An export could not be written; for the message bar.
    void failed(const genscope::Error &error);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void showState(State state);
    State stateOf(const ResultTable &table) const;
    void describeState();
    void updateNote();
    void recolor();
    void paintPicture(QPainter &painter, const QSize &size, Frame frame);
    QSize pictureSize() const;
    void addExports(QMenu *menu);
    void addPictureSizes(QMenu *menu);
    void exportTo(const QString &suffix, const QString &filter,
                  const std::function<Status(const QString &)> &write);

    TileSpec m_spec;
    ChartContext m_context;
    ResultTable m_table;
    State m_state = State::Loading;
    QString m_error;
    ElidedLabel *m_title;
    LinkButton *m_note;
    QToolButton *m_menuButton;
    ChartView *m_chart;
    StatePane *m_pane;
    std::optional<QSize> m_pictureSize;
    int m_pictureScale = 2;
    FileNameProvider m_fileName;
};

/// The tile that draws @p spec.
ChartTile *makeTile(const TileSpec &spec, QWidget *parent);

} // namespace genscope
