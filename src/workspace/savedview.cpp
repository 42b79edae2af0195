// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/savedview.h"

#include "analytics/eventmatch.h"
#include "core/nearestname.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <utility>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::SavedView)
};

constexpr int kFileVersion = 1;
constexpr std::array<std::string_view, kCostModeCount> kCostNames = {"auto", "reported", "recomputed"};

QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

std::string textOf(const QJsonValue &value)
{
    return value.toString().toStdString();
}

QJsonArray toArray(const std::vector<std::string> &texts)
{
    QJsonArray array;
    for (const std::string &text : texts)
        array.append(toQString(text));
    return array;
}

std::vector<std::string> toTexts(const QJsonValue &value)
{
    std::vector<std::string> texts;
    for (const QJsonValue &item : value.toArray())
        texts.push_back(textOf(item));
    return texts;
}

QJsonObject toObject(const std::map<std::string, int> &numbers)
{
    QJsonObject object;
    for (const auto &[name, number] : numbers)
        object.insert(toQString(name), number);
    return object;
}

std::map<std::string, int> toNumbers(const QJsonValue &value)
{
    std::map<std::string, int> numbers;
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        numbers[it.key().toStdString()] = it.value().toInt();
    return numbers;
}

/// `-cost` is from the largest down, as on the command line.
std::string sortText(const ListSort &sort)
{
    return (sort.descending ? "-" : "") + sort.column;
}

ListSort sortFrom(const std::string &text)
{
    const bool descending = text.starts_with('-');
    return {text.substr(descending ? 1 : 0), descending};
}

QJsonObject tableToJson(const TableLayout &table)
{
    std::vector<std::string> sorting;
    for (const ListSort &sort : table.sorting)
        sorting.push_back(sortText(sort));
    QJsonObject json{{QStringLiteral("columns"), toArray(table.columns)}};
    const auto add = [&json](const QString &key, const auto &value) {
        if (!value.isEmpty())
            json.insert(key, value);
    };
    add(QStringLiteral("pinned"), toArray(table.pinned));
    add(QStringLiteral("sort"), toArray(sorting));
    add(QStringLiteral("widths"), toObject(table.widths));
    add(QStringLiteral("marks"), toObject(table.marks));
    return json;
}

TableLayout tableFromJson(const QJsonObject &json)
{
    TableLayout table;
    table.columns = toTexts(json.value(QStringLiteral("columns")));
    table.pinned = toTexts(json.value(QStringLiteral("pinned")));
    for (const std::string &text : toTexts(json.value(QStringLiteral("sort"))))
        table.sorting.push_back(sortFrom(text));
    table.widths = toNumbers(json.value(QStringLiteral("widths")));
    table.marks = toNumbers(json.value(QStringLiteral("marks")));
    return table;
}

QJsonObject rangeToJson(const SavedView &view)
{
    QJsonObject json;
    if (view.preset)
        json.insert(QStringLiteral("preset"), toQString(presetName(*view.preset)));
    const auto add = [&](const QString &key, const std::optional<Timestamp> &bound) {
        if (bound)
            json.insert(key, QString::fromStdString(view.scope.zone.iso(*bound)));
    };
    add(QStringLiteral("from"), view.scope.range.from);
    add(QStringLiteral("to"), view.scope.range.to);
    return json;
}

Status readRange(const QJsonObject &json, SavedView &view)
{
    if (const QJsonValue preset = json.value(QStringLiteral("preset")); preset.isString()) {
        view.preset = presetFromName(textOf(preset));
        if (!view.preset)
            return makeError(Error::Kind::Parse, Text::tr("unknown time range “%1”").arg(preset.toString()));
    }
    const auto bound = [&](const QString &key, std::optional<Timestamp> &into) -> Status {
        const QJsonValue value = json.value(key);
        if (value.isUndefined())
            return Done{};
        const std::optional<ParsedTime> time = parseIsoTime(textOf(value));
        if (!time)
            return makeError(Error::Kind::Parse, Text::tr("“%1” is not a time").arg(value.toString()));
        into = time->offsetSeconds ? time->instant() : view.scope.zone.instantFromLocal(time->localUs);
        return Done{};
    };
    if (const Status read = bound(QStringLiteral("from"), view.scope.range.from); !read)
        return read;
    return bound(QStringLiteral("to"), view.scope.range.to);
}

QJsonObject costToJson(const Scope &scope)
{
    QJsonObject json{{QStringLiteral("mode"), toQString(kCostNames[static_cast<std::size_t>(scope.cost)])}};
    const PricingView &pricing = scope.pricing;
    if (pricing.time == PriceTime::Today)
        json.insert(QStringLiteral("prices"), QStringLiteral("today"));
    else if (pricing.time == PriceTime::Instant && pricing.instant)
        json.insert(QStringLiteral("prices"), QString::fromStdString(isoTime(*pricing.instant)));
    QJsonArray whatIf;
    for (const Substitution &substitution : pricing.whatIf)
        whatIf.append(QString::fromStdString(toString(substitution)));
    if (!whatIf.isEmpty())
        json.insert(QStringLiteral("what_if"), whatIf);
    return json;
}

Status readCost(const QJsonObject &json, Scope &scope)
{
    const std::string mode = textOf(json.value(QStringLiteral("mode")));
    const auto known = std::find(kCostNames.begin(), kCostNames.end(), mode);
    if (!mode.empty() && known == kCostNames.end())
        return makeError(Error::Kind::Parse, Text::tr("unknown cost “%1”").arg(toQString(mode)));
    scope.cost = mode.empty() ? CostMode::Auto : static_cast<CostMode>(known - kCostNames.begin());
    if (const std::string time = textOf(json.value(QStringLiteral("prices"))); !time.empty()) {
        if (const Status read = setPriceTime(scope.pricing, time, scope.zone); !read)
            return read;
    }
    for (const std::string &text : toTexts(json.value(QStringLiteral("what_if")))) {
        Result<Substitution> substitution = parseSubstitution(text);
        if (!substitution)
            return substitution.error();
        scope.pricing.whatIf.push_back(std::move(*substitution));
    }
    return Done{};
}

Status readScope(const QJsonObject &json, SavedView &view)
{
    Scope &scope = view.scope;
    if (const std::string zone = textOf(json.value(QStringLiteral("zone"))); !zone.empty()) {
        const Result<Zone> named = Zone::named(QByteArray::fromStdString(zone));
        if (!named)
            return named.error();
        scope.zone = *named;
    }
    if (const Status read = readRange(json.value(QStringLiteral("range")).toObject(), view); !read)
        return read;
    Result<Filter> filter = Filter::parse(textOf(json.value(QStringLiteral("filter"))));
    if (!filter)
        return filter.error();
    scope.filter = std::move(*filter);
    if (const std::string customer = textOf(json.value(QStringLiteral("customer"))); !customer.empty()) {
        const Result<Field> field = Field::parse(customer);
        if (!field)
            return field.error();
        scope.customer = *field;
    }
    if (const std::string match = textOf(json.value(QStringLiteral("match"))); !match.empty()) {
        const auto known = eventMatchFromName(match);
        if (!known)
            return makeError(Error::Kind::Parse, Text::tr("unknown match “%1”").arg(toQString(match)));
        scope.match = *known;
    }
    return readCost(json.value(QStringLiteral("cost")).toObject(), scope);
}

std::string compactJson(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact).toStdString();
}

} // namespace

Scope SavedView::scopeAt(const PresetAnchor &anchor) const
{
    Scope shown = scope;
    if (preset)
        shown.range = presetRange(*preset, anchor, scope.zone);
    return shown;
}

bool SavedView::operator==(const SavedView &other) const
{
    return viewToJson(*this) == viewToJson(other);
}

QJsonObject viewToJson(const SavedView &view)
{
    QJsonObject json{
        {QStringLiteral("name"), view.name},
        {QStringLiteral("icon"), toQString(view.icon)},
        {QStringLiteral("page"), toQString(view.page)},
        {QStringLiteral("zone"), QString::fromUtf8(view.scope.zone.name())},
        {QStringLiteral("range"), rangeToJson(view)},
        {QStringLiteral("filter"), QString::fromStdString(view.scope.filter.toString())},
        {QStringLiteral("cost"), costToJson(view.scope)},
    };
    if (view.scope.match != EventMatch::Some)
        json.insert(QStringLiteral("match"), toQString(eventMatchName(view.scope.match)));
    if (view.scope.customer)
        json.insert(QStringLiteral("customer"), QString::fromStdString(view.scope.customer->text));
    if (view.table)
        json.insert(QStringLiteral("table"), tableToJson(*view.table));
    if (!view.dashboard.isEmpty())
        json.insert(QStringLiteral("dashboard"), view.dashboard);
    return json;
}

Result<SavedView> viewFromJson(const QJsonObject &json)
{
    SavedView view;
    view.name = json.value(QStringLiteral("name")).toString().trimmed();
    if (view.name.isEmpty())
        return makeError(Error::Kind::Parse, Text::tr("A view has no name."));
    view.icon = textOf(json.value(QStringLiteral("icon")));
    if (std::find(kViewIcons.begin(), kViewIcons.end(), view.icon) == kViewIcons.end())
        view.icon = kViewIcons.front();
    view.page = textOf(json.value(QStringLiteral("page")));
    if (const Status read = readScope(json, view); !read)
        return makeError(Error::Kind::Parse,
                         Text::tr("The view “%1” cannot be read: %2").arg(view.name, read.error().message));
    if (const QJsonValue table = json.value(QStringLiteral("table")); table.isObject())
        view.table = tableFromJson(table.toObject());
    view.dashboard = json.value(QStringLiteral("dashboard")).toObject();
    return view;
}

ViewRow viewToRow(const SavedView &view)
{
    QJsonObject body = viewToJson(view);
    body.remove(QStringLiteral("name"));
    body.remove(QStringLiteral("icon"));
    return {view.name.toStdString(), view.icon, compactJson(body)};
}

Result<SavedView> viewFromRow(const ViewRow &row)
{
    QJsonObject json = QJsonDocument::fromJson(QByteArray::fromStdString(row.body)).object();
    json.insert(QStringLiteral("name"), toQString(row.name));
    json.insert(QStringLiteral("icon"), toQString(row.icon));
    return viewFromJson(json);
}

QByteArray viewsToFile(const std::vector<SavedView> &views)
{
    QJsonArray array;
    for (const SavedView &view : views)
        array.append(viewToJson(view));
    const QJsonObject file{{QStringLiteral("genscope_views"), kFileVersion},
                           {QStringLiteral("views"), array}};
    return QJsonDocument(file).toJson(QJsonDocument::Indented);
}

Result<std::vector<SavedView>> viewsFromFile(const QByteArray &bytes)
{
    const QJsonObject file = QJsonDocument::fromJson(bytes).object();
    const int version = file.value(QStringLiteral("genscope_views")).toInt();
    if (version < 1)
        return makeError(Error::Kind::Parse, Text::tr("This is not a file of Genscope's views."));
    if (version > kFileVersion)
        return makeError(Error::Kind::Parse, Text::tr("These views were written by a newer Genscope."));
    std::vector<SavedView> views;
    for (const QJsonValue &item : file.value(QStringLiteral("views")).toArray()) {
        Result<SavedView> view = viewFromJson(item.toObject());
        if (!view)
            return view.error();
        view->name = unusedViewName(view->name, views);
        views.push_back(std::move(*view));
    }
    return views;
}

Result<SavedView> storedView(const QString &storePath, const QString &name)
{
    const auto rows = readViews(storePath);
    if (!rows)
        return rows.error();
    QStringList names;
    for (const ViewRow &row : *rows) {
        if (toQString(row.name) == name)
            return viewFromRow(row);
        names += toQString(row.name);
    }
    if (names.isEmpty())
        return makeError(Error::Kind::Usage,
                         Text::tr("There is no view “%1”: this store has none.").arg(name));
    if (const QString hint = didYouMean(name, names); !hint.isEmpty())
        return makeError(Error::Kind::Usage, Text::tr("There is no view “%1”").arg(name) + hint);
    return makeError(
        Error::Kind::Usage,
        Text::tr("There is no view “%1”. This store has: %2").arg(name, names.join(QStringLiteral(", "))));
}

Result<Scope> scopeOfView(const QString &storePath, const QString &name, Timestamp now)
{
    const Result<SavedView> view = storedView(storePath, name);
    if (!view)
        return view.error();
    if (!view->preset)
        return view->scope;
    const auto connection = Connection::open(storePath, Connection::Access::Read);
    if (!connection)
        return connection.error();
    const Result<std::int64_t> last = (*connection)->integer("SELECT max(timestamp_us) FROM event");
    if (!last)
        return last.error();
    return view->scopeAt(presetAnchor(*last > 0 ? std::optional(Timestamp{*last}) : std::nullopt, now));
}

QString unusedViewName(const QString &name, const std::vector<SavedView> &views)
{
    const auto isUsed = [&views](const QString &candidate) {
        return std::any_of(views.begin(), views.end(),
                           [&candidate](const SavedView &view) { return view.name == candidate; });
    };
    QString unused = name;
    for (int number = 2; isUsed(unused); ++number)
        unused = QStringLiteral("%1 %2").arg(name).arg(number);
    return unused;
}

} // namespace genscope
