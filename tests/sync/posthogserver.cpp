// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/posthogserver.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>
#include <map>

namespace genscope {

namespace {

using Answer = PostHogServer::Answer;

QJsonObject objectOf(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

QByteArray textOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// `2026-11-23 10:01:07.120000`
qint64 microsOf(const QString &sqlTime)
{
    const QDateTime second = QDateTime::fromString(sqlTime.left(19), QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    return QDateTime(second.date(), second.time(), QTimeZone::utc()).toSecsSinceEpoch() * 1'000'000 +
           sqlTime.mid(20, 6).toInt();
}

QString capture(const QString &text, const char *pattern)
{
    return QRegularExpression(QString::fromLatin1(pattern)).match(text).captured(1);
}

QSet<QString> setOf(const QJsonValue &list)
{
    QSet<QString> set;
    for (const auto &one : list.toArray())
        set.insert(one.toString());
    return set;
}

/// What the condition on names and traces says.
bool belongs(const ServedEvent &event, const QString &sql)
{
    return event.name.startsWith(QLatin1String("$ai_")) || !event.trace.isEmpty() ||
           !sql.contains(QLatin1String("properties.$ai_trace_id IS NOT NULL"));
}

QJsonArray oneRow(const QJsonValue &cell)
{
    QJsonArray rows; // {QJsonArray{cell}} would be a copy of the row
    rows.append(QJsonArray{cell});
    return rows;
}

Answer answerOf(const QStringList &columns, const QJsonArray &rows, bool cached = false)
{
    QJsonArray types;
    for (const QString &column : columns)
        types.append(QJsonArray{column, QStringLiteral("String")});
    Answer answer;
    answer.body = textOf({{QStringLiteral("columns"), QJsonArray::fromStringList(columns)},
                          {QStringLiteral("error"), QJsonValue()},
                          {QStringLiteral("hasMore"), QJsonValue()},
                          {QStringLiteral("is_cached"), cached},
                          {QStringLiteral("results"), rows},
                          {QStringLiteral("types"), types},
                          {QStringLiteral("query_status"), QJsonValue()}});
    return answer;
}

} // namespace

QJsonObject PostHogServer::Request::query() const
{
    return objectOf(body)[QLatin1String("query")].toObject();
}

Answer PostHogServer::error(const QByteArray &status, const QString &code, const QString &detail,
                            const QByteArray &headers)
{
    Answer answer;
    answer.status = status;
    answer.headers += headers;
    answer.body = textOf({{QStringLiteral("type"), QStringLiteral("server_error")},
                          {QStringLiteral("code"), code},
                          {QStringLiteral("detail"), detail},
                          {QStringLiteral("attr"), QJsonValue()}});
    return answer;
}

QString PostHogServer::iso(qint64 us)
{
    return QDateTime::fromMSecsSinceEpoch(us / 1000, QTimeZone::utc())
               .toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss")) +
           QStringLiteral(".%1Z").arg(us % 1'000'000, 6, 10, QLatin1Char('0'));
}

PostHogServer::PostHogServer()
{
    listen(QHostAddress::LocalHost);
    connect(this, &QTcpServer::newConnection, this, [this] {
        QTcpSocket *socket = nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(*socket); });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    });
}

void PostHogServer::read(QTcpSocket &socket)
{
    const QByteArray bytes = socket.property("bytes").toByteArray() + socket.readAll();
    socket.setProperty("bytes", bytes);
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    const qsizetype lengthAt = bytes.left(end).toLower().indexOf("content-length:");
    const qsizetype length =
        lengthAt < 0 ? 0
                     : bytes.mid(lengthAt + 15, bytes.indexOf('\r', lengthAt) - lengthAt - 15).toLongLong();
    if (bytes.size() < end + 4 + length)
        return;
    socket.setProperty("bytes", QByteArray());
    Request request{bytes.split(' ').value(0), bytes.split(' ').value(1), bytes.left(end),
                    bytes.mid(end + 4, length)};
    requests.push_back(request);
    std::optional<Answer> given;
    if (intercept)
        given = intercept(static_cast<int>(requests.size()), request);
    const Answer sent = given ? *given : answer(request);
    const QByteArray head = "HTTP/1.1 " + sent.status + "\r\n" + sent.headers +
                            "Content-Length: " + QByteArray::number(sent.body.size()) +
                            "\r\nConnection: close\r\n\r\n";
    socket.write(sent.cut ? head + sent.body.left(sent.body.size() / 2) : head + sent.body);
    socket.disconnectFromHost();
}

Answer PostHogServer::answer(const Request &request)
{
    const auto refuse = [](const QByteArray &status, const char *code, const char *detail) {
        return error(status, QString::fromLatin1(code), QString::fromLatin1(detail));
    };
    if (!request.head.contains("Authorization: Bearer " + key))
        return refuse("401 Unauthorized", "authentication_failed", "Invalid personal API key.");
    const QString path = QString::fromLatin1(request.path);
    if (path == QLatin1String("/api/projects/@current/")) {
        if (missingScopes.contains(QStringLiteral("project:read")))
            return refuse("403 Forbidden", "permission_denied",
                          "API key missing required scope 'project:read'");
        Answer current;
        current.body = textOf({{QStringLiteral("id"), project.toInt()}});
        return current;
    }
    if (capture(path, "^/api/(?:projects|environments)/([^/]+)/") != project)
        return refuse("404 Not Found", "not_found", "Project not found.");
    const auto lacks = [&](const char *scope) { return missingScopes.contains(QString::fromLatin1(scope)); };
    if (path.contains(QLatin1String("/file_download_batch_exports/")))
        return exports(request);
    if (path.endsWith(QLatin1String("/groups_types/"))) {
        if (lacks("group:read"))
            return refuse("403 Forbidden", "permission_denied",
                          "API key missing required scope 'group:read'");
        Answer kinds;
        kinds.body = R"([{"group_type":"company","group_type_index":0}])";
        return kinds;
    }
    if (path.endsWith(QLatin1String("/query/"))) {
        if (lacks("query:read"))
            return refuse("403 Forbidden", "permission_denied",
                          "API key missing required scope 'query:read'");
        return answerQuery(request);
    }
    const QString id = capture(path, "/query/([^/]+)/$");
    if (m_pending.contains(id)) {
        Answer done = m_pending.take(id);
        done.body = textOf({{QStringLiteral("query_status"),
                             QJsonObject{{QStringLiteral("id"), id},
                                         {QStringLiteral("complete"), true},
                                         {QStringLiteral("error"), false},
                                         {QStringLiteral("results"), objectOf(done.body)}}}});
        return done;
    }
    return refuse("404 Not Found", "not_found", "Not found.");
}

Answer PostHogServer::answerQuery(const Request &request)
{
    const QJsonObject body = objectOf(request.body);
    const QJsonObject query = body[QLatin1String("query")].toObject();
    const QString sql = query[QLatin1String("query")].toString();
    const QJsonObject values = query[QLatin1String("values")].toObject();
    if (sql.contains(QLatin1String("OFFSET")))
        return error("400 Bad Request", QStringLiteral("invalid_input"),
                     QStringLiteral("OFFSET is not supported on queries made with a personal API key."));
    const QByteArray question = textOf(query);
    if (m_tooHeavy.contains(question)) // the circuit breaker raises what it remembers
        ++repeatedTooHeavy;
    const bool isForced =
        !ignoresForce && body[QLatin1String("refresh")].toString() == QLatin1String("force_blocking");
    if (!isForced && m_cache.contains(question)) {
        QJsonObject cached = objectOf(m_cache[question]);
        cached[QLatin1String("is_cached")] = true;
        Answer answer;
        answer.body = textOf(cached);
        return answer;
    }
    Answer answer = run(sql, values);
    if (answer.status.startsWith("504"))
        m_tooHeavy.insert(question);
    if (answer.status.startsWith("200"))
        m_cache[question] = answer.body;
    if (runsByItself && answer.status.startsWith("200")) {
        const QString id = QString::number(requests.size());
        m_pending[id] = answer;
        answer.status = "202 Accepted";
        answer.body = textOf(
            {{QStringLiteral("query_status"), QJsonObject{{QStringLiteral("id"), id},
                                                          {QStringLiteral("query_async"), true},
                                                          {QStringLiteral("complete"), false},
                                                          {QStringLiteral("error"), false},
                                                          {QStringLiteral("results"), QJsonValue()}}}});
    }
    return answer;
}

QJsonObject PostHogServer::propertiesOf(const ServedEvent &event) const
{
    QJsonObject properties = event.properties;
    if (!event.trace.isEmpty())
        properties[QLatin1String("$ai_trace_id")] = event.trace;
    const auto add = [&](const char *name, const QString &json) {
        if (!hasAiEvents && !json.isEmpty())
            properties[QLatin1String(name)] =
                QJsonDocument::fromJson(("[" + json.toUtf8() + "]")).array().first();
    };
    add("$ai_input", event.input);
    add("$ai_output_choices", event.output);
    return properties;
}

std::optional<PostHogServer::Rows> PostHogServer::eventPage(const QString &sql, const QJsonObject &values,
                                                            Answer &refusal)
{
    const bool byArrival = sql.contains(QLatin1String("ORDER BY created_at"));
    const auto time = [&](const char *name) { return microsOf(values[QLatin1String(name)].toString()); };
    if (longestSeconds > 0 && time("end") - time("after") > longestSeconds * qint64{1'000'000}) {
        refusal = error("504 Gateway Timeout", QStringLiteral("error"),
                        QStringLiteral("Query has hit the max execution time before completing."));
        return std::nullopt;
    }
    const QSet<QString> names = setOf(values[QLatin1String("names")]);
    const auto keyOf = [&](const ServedEvent &event) {
        return std::pair(byArrival ? event.createdUs : event.timestampUs, event.uuid);
    };
    const std::pair after(time("after"), values[QLatin1String("uuid")].toString());
    std::vector<const ServedEvent *> found;
    for (const ServedEvent &event : events) {
        const bool isIn = names.contains(event.name) && keyOf(event) > after &&
                          keyOf(event).first >= after.first && keyOf(event).first < time("end");
        const bool isNear =
            !byArrival || (event.timestampUs >= time("earliest") && event.timestampUs < time("latest"));
        if (isIn && isNear && belongs(event, sql) && !omitted.contains(event.uuid))
            found.push_back(&event);
    }
    std::sort(found.begin(), found.end(),
              [&](const auto *a, const auto *b) { return keyOf(*a) < keyOf(*b); });
    const auto most = static_cast<std::size_t>(std::min(mostRows, capture(sql, "LIMIT (\\d+)").toInt()));
    found.resize(std::min(found.size(), most));
    Rows page{{QStringLiteral("uuid"), QStringLiteral("event"), QStringLiteral("timestamp"),
               QStringLiteral("created_at"), QStringLiteral("distinct_id"), QStringLiteral("person_id"),
               QStringLiteral("properties")},
              {}};
    for (const ServedEvent *event : found)
        page.rows.append(QJsonArray{event->uuid, event->name, iso(event->timestampUs), iso(event->createdUs),
                                    event->distinctId, event->personId,
                                    QString::fromUtf8(textOf(propertiesOf(*event)))});
    return page;
}

PostHogServer::Rows PostHogServer::contentPage(const QString &sql, const QJsonObject &values) const
{
    const QSet<QString> traces = setOf(values[QLatin1String("traces")]);
    const auto time = [&](const char *name) { return microsOf(values[QLatin1String(name)].toString()); };
    const auto keyOf = [](const ServedEvent &event) {
        return std::tuple(event.trace, event.timestampUs, event.uuid);
    };
    const std::tuple after(values[QLatin1String("trace")].toString(), time("after"),
                           values[QLatin1String("uuid")].toString());
    std::vector<const ServedEvent *> found;
    for (const ServedEvent &event : events) {
        if (traces.contains(event.trace) && event.timestampUs >= time("from") &&
            event.timestampUs <= time("to") && keyOf(event) > after)
            found.push_back(&event);
    }
    std::sort(found.begin(), found.end(),
              [&](const auto *a, const auto *b) { return keyOf(*a) < keyOf(*b); });
    const auto most = static_cast<std::size_t>(capture(sql, "LIMIT (\\d+)").toInt());
    found.resize(std::min(found.size(), most));
    Rows page;
    page.columns = capture(sql, "AS uuid, (.*) FROM").split(QStringLiteral(", "));
    page.columns.prepend(QStringLiteral("uuid"));
    for (const ServedEvent *event : found) {
        QJsonArray row;
        for (const QString &column : page.columns) {
            const QHash<QString, QString> cells{{QStringLiteral("uuid"), event->uuid},
                                                {QStringLiteral("input"), event->input},
                                                {QStringLiteral("output_choices"), event->output},
                                                {QStringLiteral("trace_id"), event->trace},
                                                {QStringLiteral("timestamp"), iso(event->timestampUs)}};
            const QString cell = cells.value(column);
            row.append(cell.isNull() ? QJsonValue() : QJsonValue(cell));
        }
        page.rows.append(row);
    }
    return page;
}

PostHogServer::Rows PostHogServer::counts(const QString &sql, const QJsonObject &values) const
{
    const bool byDay = sql.contains(QLatin1String("AS day"));
    const qint64 from = microsOf(values[QLatin1String("from")].toString());
    const qint64 to = microsOf(values[QLatin1String("to")].toString());
    std::map<std::pair<QString, QString>, QSet<QString>> groups;
    for (const ServedEvent &event : events) {
        const bool isNamed = event.name.startsWith(QLatin1String("$ai_")) ||
                             sql.contains(QLatin1Char('\'') + event.name + QLatin1Char('\''));
        if (event.timestampUs >= from && event.timestampUs < to && isNamed && belongs(event, sql))
            groups[{byDay ? iso(event.timestampUs).left(10) : QString(), event.name}].insert(event.uuid);
    }
    Rows page;
    page.columns = {QStringLiteral("event"), QStringLiteral("n")};
    if (byDay)
        page.columns.prepend(QStringLiteral("day"));
    for (const auto &[group, uuids] : groups) {
        QJsonArray row{group.second, static_cast<qint64>(uuids.size())};
        if (byDay)
            row.prepend(group.first);
        page.rows.append(row);
    }
    return page;
}

Answer PostHogServer::run(const QString &sql, const QJsonObject &values)
{
    Answer refusal;
    const auto unknownTable = [](const QString &table) {
        return error("400 Bad Request", QStringLiteral("invalid_input"),
                     QStringLiteral("Unknown table `%1`.").arg(table));
    };
    if (sql == QLatin1String("SELECT now() AS now"))
        return answerOf({QStringLiteral("now")}, oneRow(now.toString(Qt::ISODate)));
    if (const QString table = capture(sql, "FROM (\\S*ai_events) AS"); !table.isEmpty()) {
        if (!hasAiEvents || table != QLatin1String("posthog.ai_events"))
            return unknownTable(table);
        if (sql.contains(QLatin1String("SELECT retention_days")))
            return answerOf({QStringLiteral("retention_days")}, oneRow(30));
        const Rows page = contentPage(sql, values);
        return answerOf(page.columns, page.rows);
    }
    if (sql.contains(QLatin1String("GROUP BY"))) {
        const Rows page = counts(sql, values);
        return answerOf(page.columns, page.rows);
    }
    if (sql.contains(QLatin1String("FROM persons"))) {
        QJsonArray rows;
        for (const QString &id : setOf(values[QLatin1String("ids")])) {
            if (persons.contains(id))
                rows.append(QJsonArray{id, QString::fromUtf8(textOf(persons[id])),
                                       QStringLiteral("2026-01-02T03:04:05Z"), now.toString(Qt::ISODate)});
        }
        return answerOf({QStringLiteral("person_id"), QStringLiteral("properties"),
                         QStringLiteral("created_at"), QStringLiteral("_inserted_at")},
                        rows);
    }
    if (sql.contains(QLatin1String("FROM groups"))) {
        QStringList keys = companies.keys();
        keys.sort();
        QJsonArray rows;
        for (const QString &one : std::as_const(keys)) {
            if (one > values[QLatin1String("after")].toString())
                rows.append(
                    QJsonArray{one, QString::fromUtf8(textOf(companies[one])), now.toString(Qt::ISODate)});
        }
        return answerOf({QStringLiteral("key"), QStringLiteral("properties"), QStringLiteral("asked")}, rows);
    }
    const auto page = eventPage(sql, values, refusal);
    return page ? answerOf(page->columns, page->rows) : refusal;
}

Answer PostHogServer::exports(const Request &request)
{
    if (!hasExports)
        return error("403 Forbidden", QStringLiteral("permission_denied"),
                     QStringLiteral("API key missing required scope 'batch_export:write'"));
    Answer answer;
    if (request.method == "POST") {
        m_export = objectOf(request.body);
        m_exportPolls = 0;
        answer.status = "202 Accepted";
        answer.body = R"({"id":"run-1"})";
    } else if (!request.path.contains("/download/")) {
        answer.body = ++m_exportPolls < 3 || exportHangs ? R"({"status":"Running"})"
                                                         : R"({"status":"Completed","files":["part-a"]})";
    } else {
        const auto bound = [&](const char *name) {
            return QDateTime::fromString(m_export[QLatin1String(name)].toString(), Qt::ISODate)
                       .toMSecsSinceEpoch() *
                   1000;
        };
        const QSet<QString> include = setOf(m_export[QLatin1String("include")]);
        for (const ServedEvent &event : events) {
            if (event.timestampUs >= bound("data_interval_start") &&
                event.timestampUs < bound("data_interval_end") && include.contains(event.name))
                answer.body += textOf({{QStringLiteral("uuid"), event.uuid},
                                       {QStringLiteral("event"), event.name},
                                       {QStringLiteral("timestamp"), iso(event.timestampUs)},
                                       {QStringLiteral("created_at"), iso(event.createdUs)},
                                       {QStringLiteral("distinct_id"), event.distinctId},
                                       {QStringLiteral("person_id"), event.personId},
                                       {QStringLiteral("properties"), propertiesOf(event)}}) +
                               '\n';
        }
    }
    return answer;
}

} // namespace genscope
