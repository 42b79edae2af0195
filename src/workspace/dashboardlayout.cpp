// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/dashboardlayout.h"

#include "analytics/fieldunit.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::Dashboard)
};

using Display = TileSpec::Display;

constexpr int kVersion = 1;
constexpr qsizetype kMostTiles = 100;
constexpr qsizetype kMostMeasures = 8;
constexpr int kMostTop = 1000;
constexpr qsizetype kMostTitle = 200;

struct DisplayName
{
    Display display;
    std::string_view name;
};
constexpr std::array kDisplays = {DisplayName{Display::Number, "number"},
                                  DisplayName{Display::Lines, "lines"},
                                  DisplayName{Display::Area, "area"},
                                  DisplayName{Display::StackedBars, "stacked"},
                                  DisplayName{Display::Bars, "bars"},
                                  DisplayName{Display::Table, "table"},
                                  DisplayName{Display::Percentiles, "percentiles"},
                                  DisplayName{Display::Histogram, "histogram"},
                                  DisplayName{Display::Heatmap, "heatmap"},
                                  DisplayName{Display::Scatter, "scatter"}};
constexpr Binning kBars{.perDecade = 20};
constexpr Binning kCells{.perDecade = 10};
constexpr Binning kDots{.perDecade = 40};
constexpr int kMostSplit = 8; ///< parts of a bar of a histogram that can still be told apart

QString toQt(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

bool hasTime(const OwnTile &tile)
{
    switch (tile.display) {
    case Display::Bars:
    case Display::Table:
    case Display::Histogram:
    case Display::Distributions:
    case Display::Scatter:
        return false;
    case Display::Heatmap:
        return !tile.second;
    default:
        return true;
    }
}

bool isOfCells(Display display)
{
    return display == Display::Histogram || display == Display::Heatmap || display == Display::Scatter;
}

bool isClock(const Field &field)
{
    return field.id == Field::Id::HourOfDay || field.id == Field::Id::DayOfWeek;
}

/// Hours and days stay as they are.
Field inBins(const Field &field, const Binning &binning)
{
    return isClock(field) ? field : field.binned(binning);
}

std::vector<Measure> percentilesOf(const Field &field)
{
    switch (field.id) {
    case Field::Id::Latency:
        return {Measure::LatencyP50, Measure::LatencyP90, Measure::LatencyP95, Measure::LatencyP99};
    case Field::Id::TimeToFirstToken:
        return {Measure::TtftP50, Measure::TtftP90, Measure::TtftP95, Measure::TtftP99};
    default:
        return {};
    }
}

/// Charts whose data lie in cells.
void askForCells(const OwnTile &tile, Query &query)
{
    query.measures.resize(1, tile.measures.front());
    switch (tile.display) {
    case Display::Histogram:
        query.by = {tile.by->binned(kBars)};
        if (tile.second) {
            query.by.insert(query.by.begin(), *tile.second);
            query.top = std::min(tile.top, kMostSplit);
        }
        if (query.measures.front() == Measure::Generations) {
            const auto marks = percentilesOf(*tile.by);
            query.measures.insert(query.measures.end(), marks.begin(), marks.end());
        }
        break;
    case Display::Heatmap:
        query.by = {inBins(*tile.by, kCells)};
        if (tile.second)
            query.by.push_back(inBins(*tile.second, kCells));
        break;
    default:
        query.by = {tile.by->binned(kDots), tile.second->binned(kDots)};
        break;
    }
}

Error wrong(qsizetype tile, const QString &what)
{
    return makeError(Error::Kind::Parse, Text::tr("Tile %1 of the dashboard: %2").arg(tile + 1).arg(what));
}

/// A whole number of [least, most] at @p key; @p otherwise if there is none.
std::optional<int> wholeAt(const QJsonObject &object, QLatin1String key, int otherwise, int least, int most)
{
    const QJsonValue value = object.value(key);
    if (value.isUndefined())
        return otherwise;
    const double number = value.toDouble(std::nan(""));
    if (!(number >= least && number <= most) || std::floor(number) != number)
        return std::nullopt;
    return static_cast<int>(number);
}

Result<std::vector<Measure>> readMeasures(const QJsonArray &array)
{
    std::vector<Measure> measures;
    for (const QJsonValue &each : array) {
        const auto measure = measureFromName(each.toString().toStdString());
        if (!measure)
            return makeError(Error::Kind::Parse,
                             Text::tr("“%1” is no measure").arg(each.toString().left(80)));
        measures.push_back(*measure);
    }
    if (measures.empty() || array.size() > kMostMeasures)
        return makeError(Error::Kind::Parse,
                         Text::tr("it needs one to %n measure(s)", "", static_cast<int>(kMostMeasures)));
    return measures;
}

Result<OwnTile> readOwn(const QJsonObject &object)
{
    OwnTile own;
    own.title = object.value(QLatin1String("title")).toString();
    if (own.title.size() > kMostTitle)
        return makeError(Error::Kind::Parse, Text::tr("its title is too long"));
    const QString as = object.value(QLatin1String("as")).toString();
    const auto display = std::find_if(kDisplays.begin(), kDisplays.end(),
                                      [&as](const DisplayName &each) { return as == toQt(each.name); });
    if (display == kDisplays.end())
        return makeError(Error::Kind::Parse, Text::tr("“%1” is no kind of chart").arg(as.left(80)));
    own.display = display->display;
    auto measures = readMeasures(object.value(QLatin1String("measures")).toArray());
    if (!measures)
        return measures.error();
    own.measures = std::move(*measures);
    for (const auto &[key, field] : {std::pair("by", &own.by), std::pair("and", &own.second)}) {
        const QString text = object.value(QLatin1String(key)).toString();
        if (text.isEmpty())
            continue;
        const auto read = Field::parse(text.toStdString());
        if (!read)
            return makeError(Error::Kind::Parse, Text::tr("“%1” is no field").arg(text.left(80)));
        *field = *read;
    }
    if (const QString problem = problemOf(own); !problem.isEmpty())
        return makeError(Error::Kind::Parse, problem);
    const auto top = wholeAt(object, QLatin1String("top"), own.top, 1, kMostTop);
    if (!top)
        return makeError(Error::Kind::Parse, Text::tr("“top” must be from 1 to %1").arg(kMostTop));
    own.top = *top;
    const auto filter = Filter::parse(object.value(QLatin1String("filter")).toString().toStdString());
    if (!filter)
        return filter.error();
    own.filter = *filter;
    return own;
}

const std::vector<TileSpec> &standardSpecs()
{
    static const std::vector<TileSpec> kSpecs = dashboardTiles({}, {});
    return kSpecs;
}

const TileSpec *standardSpec(const QString &id)
{
    const auto &specs = standardSpecs();
    const auto found =
        std::find_if(specs.begin(), specs.end(), [&id](const TileSpec &spec) { return spec.id == id; });
    return found == specs.end() ? nullptr : &*found;
}

Result<PlacedTile> readTile(const QJsonObject &object, qsizetype index)
{
    PlacedTile tile;
    tile.id = object.value(QLatin1String("tile")).toString();
    const auto columns =
        wholeAt(object, QLatin1String("columns"), tile.columns, kLeastTileColumns, kGridColumns);
    const auto rows = wholeAt(object, QLatin1String("rows"), tile.rows, 1, kMostTileRows);
    if (!columns || !rows)
        return wrong(index, Text::tr("its size is not on the grid"));
    tile.columns = *columns;
    tile.rows = *rows;
    tile.log = object.value(QLatin1String("log")).toBool();
    if (object.contains(QLatin1String("measures"))) {
        auto own = readOwn(object);
        if (!own)
            return wrong(index, own.error().message);
        tile.own = std::move(*own);
    } else if (standardSpec(tile.id) == nullptr) {
        return wrong(index, Text::tr("there is no tile “%1”").arg(tile.id.left(80)));
    }
    if (tile.id.isEmpty() || tile.id.size() > 40)
        return wrong(index, Text::tr("it has no name"));
    return tile;
}

} // namespace

std::string_view displayName(Display display)
{
    for (const DisplayName &each : kDisplays) {
        if (each.display == display)
            return each.name;
    }
    return {};
}

DashboardLayout standardLayout()
{
    DashboardLayout layout;
    for (const TileSpec &spec : standardSpecs())
        layout.tiles.push_back({spec.id, spec.columnSpan, spec.rowSpan, false, {}});
    return layout;
}

std::vector<std::pair<QString, QString>> standardTiles()
{
    std::vector<std::pair<QString, QString>> tiles;
    for (const TileSpec &spec : dashboardTiles({}, {}))
        tiles.emplace_back(spec.id, spec.title);
    return tiles;
}

QString titleOf(const OwnTile &tile)
{
    if (!tile.title.isEmpty())
        return tile.title;
    QStringList measures;
    for (const Measure measure : tile.measures)
        measures << toQt(measureName(measure)).replace(QLatin1Char('_'), QLatin1Char(' '));
    const QString what = measures.join(QStringLiteral(", "));
    if (tile.by && tile.second)
        return Text::tr("%1 by %2 and %3").arg(what, toQt(tile.by->text), toQt(tile.second->text));
    return tile.by ? Text::tr("%1 by %2").arg(what, toQt(tile.by->text)) : what;
}

bool isNumberField(const Field &field)
{
    return unitOf(field) != Unit::None || field.id == Field::Id::Property;
}

QString problemOf(const OwnTile &tile)
{
    const auto isAxis = [](const std::optional<Field> &field) {
        return field && (isNumberField(*field) || isClock(*field));
    };
    const auto isNumber = [](const std::optional<Field> &field) { return field && isNumberField(*field); };
    switch (tile.display) {
    case Display::Bars:
    case Display::Table:
        return tile.by ? QString() : Text::tr("Bars and tables need a field to break down by.");
    case Display::Histogram:
        return isNumber(tile.by) ? QString()
                                 : Text::tr("A histogram needs a field of numbers, such as latency.");
    case Display::Heatmap:
        return isAxis(tile.by) && (!tile.second || isAxis(tile.second))
                   ? QString()
                   : Text::tr("A heat map needs fields of numbers, or day_of_week and hour_of_day.");
    case Display::Scatter:
        return isNumber(tile.by) && isNumber(tile.second)
                   ? QString()
                   : Text::tr("A scatter needs two fields of numbers, such as output_tokens and latency.");
    default:
        return {};
    }
}

TileSpec specOf(const OwnTile &tile, const QString &id, Interval interval)
{
    TileSpec spec;
    spec.id = id;
    spec.title = titleOf(tile);
    spec.display = tile.display;
    spec.query.measures = tile.measures;
    spec.filter = tile.filter;
    if (hasTime(tile))
        spec.query.interval = interval;
    if (isOfCells(tile.display)) {
        askForCells(tile, spec.query);
    } else if (tile.display == Display::Number || tile.display == Display::Percentiles) {
        if (tile.display == Display::Number)
            spec.query.measures.resize(1, tile.measures.front());
    } else if (tile.by) {
        spec.query.by = {*tile.by};
        spec.query.top = tile.top;
        if (tile.display != Display::Table)
            spec.query.measures.resize(1, tile.measures.front());
    }
    if (tile.display == Display::Number) {
        spec.totalQuery = spec.query;
        spec.totalQuery->interval.reset();
    }
    QStringList names;
    for (const Measure measure : spec.query.measures)
        names << toQt(measureName(measure));
    spec.hint = names.join(QStringLiteral(", "));
    if (!tile.filter.isEmpty())
        spec.hint = Text::tr("%1 where %2").arg(spec.hint, toQt(tile.filter.toString()));
    return spec;
}

OwnTile ownTileOf(const TileSpec &spec)
{
    OwnTile own;
    own.title = spec.title;
    own.display = spec.display;
    own.measures = spec.query.measures;
    if (!spec.query.by.empty())
        own.by = spec.query.by.front().unbinned();
    own.top = spec.query.top.value_or(own.top);
    own.filter = spec.filter;
    return own;
}

std::vector<TileSpec> tilesOf(const DashboardLayout &layout, Interval interval)
{
    std::vector<TileSpec> specs;
    // Fresh, as titles are in the language of now.
    const std::vector<TileSpec> standard = dashboardTiles({}, {});
    for (const PlacedTile &tile : layout.tiles) {
        TileSpec spec;
        if (tile.own) {
            spec = specOf(*tile.own, tile.id, interval);
        } else {
            const auto found = std::find_if(standard.begin(), standard.end(),
                                            [&tile](const TileSpec &each) { return each.id == tile.id; });
            if (found == standard.end())
                continue;
            spec = *found;
            if (spec.query.interval)
                spec.query.interval = interval;
        }
        spec.columnSpan = tile.columns;
        spec.rowSpan = tile.rows;
        spec.logScale = tile.log;
        specs.push_back(std::move(spec));
    }
    return specs;
}

QString freeTileId(const DashboardLayout &layout)
{
    for (int number = 1;; ++number) {
        const QString id = QStringLiteral("own-%1").arg(number);
        if (std::none_of(layout.tiles.begin(), layout.tiles.end(),
                         [&id](const PlacedTile &tile) { return tile.id == id; }))
            return id;
    }
}

QJsonObject layoutToJson(const DashboardLayout &layout)
{
    QJsonArray tiles;
    for (const PlacedTile &tile : layout.tiles) {
        QJsonObject object{{QStringLiteral("tile"), tile.id},
                           {QStringLiteral("columns"), tile.columns},
                           {QStringLiteral("rows"), tile.rows}};
        if (tile.log)
            object.insert(QStringLiteral("log"), true);
        if (tile.own) {
            const OwnTile &own = *tile.own;
            QJsonArray measures;
            for (const Measure measure : own.measures)
                measures.append(toQt(measureName(measure)));
            if (!own.title.isEmpty())
                object.insert(QStringLiteral("title"), own.title);
            object.insert(QStringLiteral("as"), toQt(displayName(own.display)));
            object.insert(QStringLiteral("measures"), measures);
            if (own.by) {
                object.insert(QStringLiteral("by"), toQt(own.by->text));
                object.insert(QStringLiteral("top"), own.top);
            }
            if (own.second)
                object.insert(QStringLiteral("and"), toQt(own.second->text));
            if (!own.filter.isEmpty())
                object.insert(QStringLiteral("filter"), toQt(own.filter.toString()));
        }
        tiles.append(object);
    }
    return {{QStringLiteral("version"), kVersion}, {QStringLiteral("tiles"), tiles}};
}

Result<DashboardLayout> layoutFromJson(const QJsonObject &root)
{
    if (root.value(QLatin1String("version")).toInt() != kVersion)
        return makeError(Error::Kind::Parse,
                         Text::tr("This dashboard was made by a newer version of Genscope."));
    const QJsonArray tiles = root.value(QLatin1String("tiles")).toArray();
    if (tiles.isEmpty() || tiles.size() > kMostTiles)
        return makeError(Error::Kind::Parse,
                         Text::tr("A dashboard has one to %n tile(s).", "", static_cast<int>(kMostTiles)));
    DashboardLayout layout;
    std::set<QString> ids;
    for (qsizetype i = 0; i < tiles.size(); ++i) {
        auto tile = readTile(tiles.at(i).toObject(), i);
        if (!tile)
            return tile.error();
        if (!ids.insert(tile->id).second)
            return wrong(i, Text::tr("“%1” is there twice").arg(tile->id));
        layout.tiles.push_back(std::move(*tile));
    }
    return layout;
}

} // namespace genscope
