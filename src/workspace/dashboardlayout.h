// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workspace/dashboard.h"

#include <QJsonObject>
#include <QString>

#include <optional>
#include <vector>

namespace genscope {

/// A tile that the user made.
struct OwnTile
{
    QString title; ///< empty: named after what it shows
    TileSpec::Display display = TileSpec::Display::Lines;
    std::vector<Measure> measures = {Measure::Cost};
    /// What it is broken down by. A histogram: the number whose bins it has; a heat map: what goes up; a
    /// scatter: the number that goes to the right. Numbers are put into bins there.
    std::optional<Field> by;
    /// A histogram: what its bars are split by; a heat map: what goes to the right, absent: time; a scatter:
    /// the number that goes up.
    std::optional<Field> second;
    int top = 10;  ///< values that are told apart
    Filter filter; ///< added to the scope's

    bool operator==(const OwnTile &) const = default;
};

/// The tile with its place and size on the dashboard.
struct PlacedTile
{
    QString id;       ///< of a standard tile, or `own-1`, `own-2` ...
    int columns = 4;  ///< of kGridColumns
    int rows = 1;     ///< at most kMostTileRows
    bool log = false; ///< the axis of values
    std::optional<OwnTile> own;

    bool operator==(const PlacedTile &) const = default;
};

inline constexpr int kGridColumns = 12;
inline constexpr int kLeastTileColumns = 2;
inline constexpr int kMostTileRows = 4;

/// Which tiles a dashboard has, in reading order. A plain value.
struct DashboardLayout
{
    std::vector<PlacedTile> tiles;

    bool operator==(const DashboardLayout &) const = default;
};

/// What every dashboard begins as: a row of numbers, PostHog's tiles, and some more.
DashboardLayout standardLayout();
/// The standard tiles, for a menu: id and title.
std::vector<std::pair<QString, QString>> standardTiles();

/// The tiles of a layout, ready to be asked, with charts over time cut into @p interval.
std::vector<TileSpec> tilesOf(const DashboardLayout &layout, Interval interval);
/// A tile that the user made, as a standard tile would be. @param id  of the tile
TileSpec specOf(const OwnTile &tile, const QString &id, Interval interval);
/// What a tile that the user made is called where no title was given: `Cost, Errors by model`.
QString titleOf(const OwnTile &tile);
/// What the user would have had to ask for to get a standard tile; for changing one.
OwnTile ownTileOf(const TileSpec &spec);
/// An id that no tile of @p layout has.
QString freeTileId(const DashboardLayout &layout);

/// Names of displays in files: `number lines area stacked bars table percentiles histogram heatmap scatter`.
std::string_view displayName(TileSpec::Display display);

/// True for fields of numbers, and for properties, which may hold some: what histograms and scatters are of.
bool isNumberField(const Field &field);
/// Why a tile cannot be drawn as it is, for people; empty if it can.
QString problemOf(const OwnTile &tile);

/// As JSON, for saved views and settings.
QJsonObject layoutToJson(const DashboardLayout &layout);
/// @p json may come from strangers. @error Parse that says which tile is wrong in what; nothing is taken then
Result<DashboardLayout> layoutFromJson(const QJsonObject &json);

} // namespace genscope
