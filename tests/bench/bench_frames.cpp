// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later

// `bench_frames STORE [SCALE]`: what painting the dashboard costs with the numbers of a real store: for each
// tile of the standard dashboard and of the latency page, at the size that a window of 1280 x 800 gives it, a
// new result with its frame, and a frame while the crosshair moves. A brush step repaints all tiles: the last
// line. The aim is that it stays below 16 ms at the 99th percentile.

#include "charts/charttile.h"
#include "charts/plotoverlay.h"
#include "charts/selectioncontext.h"
#include "store/storereader.h"
#include "workspace/latencylab.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QImage>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>

using namespace genscope;

namespace {

constexpr int kRuns = 200;
constexpr int kColumn = 93; ///< of the grid, without the gap
constexpr int kRow = 216;
constexpr int kNumberRow = 112;
constexpr int kGap = 12;

struct Times
{
    double median = 0;
    double p99 = 0;
};

Times timesOf(const std::function<void(int)> &work)
{
    std::vector<double> all;
    for (int run = 0; run < kRuns; ++run) {
        QElapsedTimer timer;
        timer.start();
        work(run);
        all.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    std::sort(all.begin(), all.end());
    return {all[kRuns / 2], all[kRuns * 99 / 100]};
}

[[noreturn]] void fail(const QString &message)
{
    std::fprintf(stderr, "%s\n", qPrintable(message));
    std::exit(1);
}

std::shared_ptr<const Selection> open(const QString &store)
{
    auto reader = StoreReader::open(store);
    if (!reader)
        fail(reader.error().message);
    const auto snapshot = (*reader)->loadSnapshot({});
    if (!snapshot)
        fail(snapshot.error().message);
    const auto selection = makeSelection(*snapshot, *reader, {}, {}, {});
    if (!selection)
        fail(selection.error().message);
    return *selection;
}

QSize sizeOf(const TileSpec &spec)
{
    const int height = spec.display == TileSpec::Display::Number ? kNumberRow : kRow;
    return {spec.columnSpan * (kColumn + kGap) - kGap, spec.rowSpan * (height + kGap) - kGap};
}

struct Shown
{
    std::unique_ptr<ChartTile> tile;
    TileAnswer answer;
    ChartContext context;
    QImage screen;

    void take()
    {
        tile->setTotals(answer.totals.now, answer.totals.before);
        tile->setResult(*answer.table, context);
    }
    void paint() { tile->render(&screen); }
};

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    if (argc > 2)
        qputenv("QT_SCALE_FACTOR", argv[2]);
    const QApplication app(argc, argv);
    if (argc < 2)
        fail(QStringLiteral("usage: bench_frames STORE [SCALE]"));
    const auto selection = open(QString::fromLocal8Bit(argv[1]));
    auto specs = dashboardTiles(selection->scope, selection->covered());
    const auto count = specs.size();
    for (const TileSpec &spec :
         latencyTiles({}, selection->scope, selection->covered(), selection->matchedEvents))
        specs.push_back(spec);
    auto answers = runTiles(specs, *selection);
    std::vector<Shown> all;
    for (std::size_t i = 0; i < specs.size(); ++i) {
        if (!answers[i].table)
            fail(answers[i].table.error().message);
        Shown shown{std::make_unique<ChartTile>(specs[i]), answers[i], contextOf(*selection, {}), {}};
        shown.tile->resize(sizeOf(specs[i]));
        shown.tile->show();
        shown.take();
        QApplication::processEvents();
        const double scale = shown.tile->devicePixelRatioF();
        shown.screen = QImage(shown.tile->size() * scale, QImage::Format_ARGB32_Premultiplied);
        shown.screen.setDevicePixelRatio(scale);
        all.push_back(std::move(shown));
    }
    std::printf("%zu events, %dx%d at %.0fx for the first tile\n", selection->snapshot->rows(),
                all[0].tile->width(), all[0].tile->height(), all[0].screen.devicePixelRatio());
    for (Shown &shown : all) {
        const Times fresh = timesOf([&](int) {
            shown.take();
            shown.paint();
        });
        Times moving;
        if (auto *overlay = shown.tile->findChild<PlotOverlay *>())
            moving = timesOf([&](int run) {
                overlay->setBucket(run % 5);
                shown.paint();
            });
        std::printf("%-32s new result and frame %6.2f ms, p99 %6.2f; crosshair %6.2f ms, p99 %6.2f\n",
                    qPrintable(shown.tile->spec().id), fresh.median, fresh.p99, moving.median, moving.p99);
    }
    const Times whole = timesOf([&](int) {
        for (std::size_t i = 0; i < count; ++i) {
            all[i].take();
            all[i].paint();
        }
    });
    const Times step = timesOf([&](int run) {
        for (std::size_t i = 0; i < count; ++i) {
            if (specs[i].query.interval && !specs[i].totalQuery) {
                if (auto *overlay = all[i].tile->findChild<PlotOverlay *>())
                    overlay->setMirroredBrush(std::pair(0, run % 5));
            } else {
                all[i].take();
            }
            all[i].paint();
        }
    });
    std::printf("whole dashboard: new results and frames %.1f ms, p99 %.1f; brush step %.1f ms, p99 %.1f\n",
                whole.median, whole.p99, step.median, step.p99);
    return 0;
}
