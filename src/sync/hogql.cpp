// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/hogql.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUuid>

namespace genscope {

namespace {

template<typename Range, typename TextOf>
QJsonArray listOf(const Range &range, TextOf textOf)
{
    QJsonArray list;
    for (const auto &one : range)
        list.append(QString::fromStdString(textOf(one)));
    return list;
}

QJsonArray textList(const std::vector<std::string> &texts)
{
    return listOf(texts, [](const std::string &text) { return text; });
}

QString timeOf(const char *name)
{
    return QStringLiteral("toDateTime64({%1}, 6, 'UTC')").arg(QLatin1String(name));
}

/// Events of the names asked for that belong: surveys do where they name a trace.
QString belongs()
{
    return QStringLiteral("(event LIKE '$ai\\\\_%' OR properties.$ai_trace_id IS NOT NULL)");
}

HogQl question(const char *name, const QString &text)
{
    return {text, {}, QStringLiteral("genscope ") + QLatin1String(name)};
}

} // namespace

QByteArray HogQl::body() const
{
    QJsonObject query{
        {QStringLiteral("kind"), QStringLiteral("HogQLQuery")},
        {QStringLiteral("query"), text},
        {QStringLiteral("modifiers"), QJsonObject{{QStringLiteral("convertToProjectTimezone"), false}}},
    };
    if (!values.isEmpty())
        query.insert(QStringLiteral("values"), values);
    return QJsonDocument(
               QJsonObject{
                   {QStringLiteral("query"), query},
                   {QStringLiteral("refresh"), QStringLiteral("force_blocking")},
                   {QStringLiteral("name"), name},
                   {QStringLiteral("client_query_id"), QUuid::createUuid().toString(QUuid::WithoutBraces)},
               })
        .toJson(QJsonDocument::Compact);
}

QString sqlTime(Timestamp time)
{
    const CivilTime civil = civilFromMicros(time.us);
    return QString::asprintf("%04d-%02d-%02d %02d:%02d:%02d.%06d", static_cast<int>(civil.year), civil.month,
                             civil.day, civil.hour, civil.minute, civil.second, civil.micro);
}

HogQl questionOf(const AskClock &)
{
    return question("clock", QStringLiteral("SELECT now() AS now"));
}

HogQl questionOf(const ProbeContent &step)
{
    // Names of tables cannot be values; these are our own.
    return question("content probe", QStringLiteral("SELECT retention_days FROM %1 AS ai_events LIMIT 1")
                                         .arg(QString::fromStdString(step.table)));
}

HogQl questionOf(const AskNames &step)
{
    HogQl ask = question("names", QStringLiteral("SELECT event, count() AS n FROM events"
                                                 " WHERE event LIKE '$ai\\\\_%' AND timestamp >= %1"
                                                 " AND timestamp < %2 GROUP BY event LIMIT 1000")
                                      .arg(timeOf("from"), timeOf("to")));
    ask.values = {{QStringLiteral("from"), sqlTime(step.from)}, {QStringLiteral("to"), sqlTime(step.to)}};
    return ask;
}

HogQl questionOf(const PullPage &step)
{
    const bool byArrival = step.order == PullPage::Order::Arrival;
    const QString key = byArrival ? QStringLiteral("created_at") : QStringLiteral("timestamp");
    QString text = QStringLiteral("SELECT toString(uuid) AS uuid, event, timestamp, created_at, distinct_id,"
                                  " toString(person_id) AS person_id, properties FROM events"
                                  " WHERE event IN {names} AND %4 AND %1 >= %2 AND %1 < %3"
                                  " AND (%1, toString(uuid)) > (%2, {uuid})")
                       .arg(key, timeOf("after"), timeOf("end"), belongs());
    HogQl ask = question("events", {});
    ask.values = {{QStringLiteral("names"), textList(step.names)},
                  {QStringLiteral("after"), sqlTime(step.after.at)},
                  {QStringLiteral("uuid"), QString::fromStdString(step.after.uuid)},
                  {QStringLiteral("end"), sqlTime(step.end)}};
    if (byArrival) {
        text += QStringLiteral(" AND timestamp >= %1 AND timestamp < %2")
                    .arg(timeOf("earliest"), timeOf("latest"));
        ask.values.insert(QStringLiteral("earliest"), sqlTime(step.earliest));
        ask.values.insert(QStringLiteral("latest"), sqlTime(step.latest));
    }
    ask.text = text + QStringLiteral(" ORDER BY %1, toString(uuid) LIMIT %2").arg(key).arg(step.rows);
    return ask;
}

HogQl questionOf(const PullContent &step)
{
    static const QString kAll =
        QStringLiteral("input, output, output_choices, input_state, output_state, tools");
    Timestamp from = step.traces.front().from;
    Timestamp to = step.traces.front().to;
    for (const Wanted &trace : step.traces) {
        from = std::min(from, trace.from);
        to = std::max(to, trace.to);
    }
    const QString columns = step.placeOnly ? QString()
                            : step.column.empty()
                                ? kAll + QStringLiteral(", ")
                                : QString::fromStdString(step.column) + QStringLiteral(", ");
    HogQl ask = question(
        "content",
        QStringLiteral(
            "SELECT toString(uuid) AS uuid, %1trace_id, timestamp"
            " FROM %2 AS ai_events WHERE trace_id IN {traces} AND timestamp >= %3"
            " AND timestamp <= %4 AND (trace_id, timestamp, toString(uuid)) > ({trace}, %5, {uuid})"
            " ORDER BY trace_id, timestamp, toString(uuid) LIMIT %6")
            .arg(columns, QString::fromStdString(step.table), timeOf("from"), timeOf("to"), timeOf("after"))
            .arg(step.rows));
    ask.values = {
        {QStringLiteral("traces"), listOf(step.traces, [](const Wanted &trace) { return trace.key; })},
        {QStringLiteral("from"), sqlTime(from)},
        {QStringLiteral("to"), sqlTime(to)},
        {QStringLiteral("trace"), QString::fromStdString(step.afterTrace)},
        {QStringLiteral("after"), sqlTime(step.after.at)},
        {QStringLiteral("uuid"), QString::fromStdString(step.after.uuid)}};
    return ask;
}

HogQl questionOf(const PullPersons &step)
{
    // What a person is now counts more than what events said before.
    HogQl ask = question("persons", QStringLiteral("SELECT toString(id) AS person_id, properties, created_at,"
                                                   " now() AS _inserted_at FROM persons WHERE id IN {ids}"
                                                   " LIMIT %1")
                                        .arg(step.persons.size()));
    ask.values = {
        {QStringLiteral("ids"), listOf(step.persons, [](const Wanted &person) { return person.key; })}};
    return ask;
}

HogQl questionOf(const PullGroups &step)
{
    HogQl ask = question("groups", QStringLiteral("SELECT key, properties, now() AS asked FROM groups"
                                                  " WHERE index = %1 AND key > {after} ORDER BY key LIMIT %2")
                                       .arg(step.kind.index)
                                       .arg(step.rows));
    ask.values = {{QStringLiteral("after"), QString::fromStdString(step.afterKey)}};
    return ask;
}

HogQl questionOf(const CountDays &step)
{
    HogQl ask = question("counts", QStringLiteral("SELECT toString(toDate(timestamp)) AS day, event,"
                                                  " uniqExact(uuid) AS n FROM events"
                                                  " WHERE (event LIKE '$ai\\\\_%'"
                                                  " OR event IN ('survey sent', 'survey shown')) AND %3"
                                                  " AND timestamp >= %1 AND timestamp < %2"
                                                  " GROUP BY day, event ORDER BY day, event LIMIT 50000")
                                       .arg(timeOf("from"), timeOf("to"), belongs()));
    ask.values = {{QStringLiteral("from"), sqlTime(step.from)}, {QStringLiteral("to"), sqlTime(step.to)}};
    return ask;
}

} // namespace genscope
