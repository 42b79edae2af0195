// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/dashboardlayout.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

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
                                  DisplayName{Display::Percentiles, "percentiles"}};

QString toQt(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

bool hasTime(Display display)
{
    return display != Display::Bars && display != Display::Table;
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
    if (const QString by = object.value(QLatin1String("by")).toString(); !by.isEmpty()) {
        const auto field = Field::parse(by.toStdString());
        if (!field)
            return makeError(Error::Kind::Parse, Text::tr("“%1” is no field").arg(by.left(80)));
        own.by = *field;
    }
    if (!own.by && !hasTime(own.display))
        return makeError(Error::Kind::Parse, Text::tr("it needs a field to break down by"));
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
    return tile.by ? Text::tr("%1 by %2").arg(what, toQt(tile.by->text)) : what;
}

TileSpec specOf(const OwnTile &tile, const QString &id, Interval interval)
{
    TileSpec spec;
    spec.id = id;
    spec.title = titleOf(tile);
    spec.display = tile.display;
    spec.query.measures = tile.measures;
    spec.filter = tile.filter;
    if (hasTime(tile.display))
        spec.query.interval = interval;
    if (tile.display == Display::Number || tile.display == Display::Percentiles) {
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
        own.by = spec.query.by.front();
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
