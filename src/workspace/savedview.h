// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/lists.h"
#include "analytics/query.h"
#include "core/result.h"
#include "store/viewtable.h"
#include "workspace/arrangement.h"
#include "workspace/timepresets.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genscope {

/// A way of looking at a store that the user gave a name: page, scope, and the layout of the page.
/// A plain value. In the store it is a row of the table `view`, in files a JSON object.
struct SavedView
{
    QString name;
    std::string icon; ///< one of kViewIcons
    std::string page; ///< as in `genscope list`, or `dashboard`, ...
    Scope scope;
    /// Set if the range counts back from the newest data: scope.range is then what it was when saved.
    std::optional<TimePreset> preset;
    std::optional<TableLayout> table; ///< of the page, if it is a table
    QJsonObject dashboard;            ///< the layout of the dashboard as it writes it; empty: none

    /// The scope to show over data that ends at @p anchor.
    Scope scopeAt(const PresetAnchor &anchor) const;
    bool operator==(const SavedView &other) const; ///< what files tell is equal
};

/// Names of icons that views can have; the first is the one for new views.
inline constexpr std::array<std::string_view, 12> kViewIcons = {
    "bookmark",  "star",        "cost",   "clock", "errors",   "users",
    "customers", "generations", "traces", "tools", "feedback", "search"};

QJsonObject viewToJson(const SavedView &view);
/// @error Parse naming what cannot be read. Names that this version does not know are left out.
Result<SavedView> viewFromJson(const QJsonObject &json);

/// The same as rows of a store. @error as viewFromJson()
ViewRow viewToRow(const SavedView &view);
Result<SavedView> viewFromRow(const ViewRow &row);

/// Views as a file to pass on: `{"genscope_views":1,"views":[...]}`.
QByteArray viewsToFile(const std::vector<SavedView> &views);
/// @error Parse
Result<std::vector<SavedView>> viewsFromFile(const QByteArray &bytes);

/// The view of that name in a store. @error Usage naming those that there are; as readViews()
Result<SavedView> storedView(const QString &storePath, const QString &name);

/// What the view of that name shows of the store as it is now. @error as storedView()
Result<Scope> scopeOfView(const QString &storePath, const QString &name, Timestamp now);

/// @p name, or with a number behind it if a view has it.
QString unusedViewName(const QString &name, const std::vector<SavedView> &views);

} // namespace genscope
