// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/queryanswer.h"

#include "ingest/documentreader.h"
#include "ingest/jsondocument.h"
#include "ingest/tablerow.h"

#include <QCoreApplication>

#include <algorithm>

namespace genscope {

namespace {

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

Error noAnswer(const QString &why)
{
    return makeError(Error::Kind::Parse,
                     QCoreApplication::translate("QueryAnswer", "not an answer of PostHog: %1").arg(why));
}

} // namespace

Result<QueryAnswer> QueryAnswer::read(QByteArray body)
{
    QueryAnswer answer;
    answer.m_body = std::move(body);
    json::Document document;
    if (!document.read(viewOf(answer.m_body)))
        return noAnswer(document.fault().describe(viewOf(answer.m_body)));
    json::Value root = document.root();
    if (const json::Value status = json::member(root, "query_status"); status.isObject()) {
        if (!json::member(status, "complete").isTrue()) {
            answer.m_pendingId = json::member(status, "id").text();
            return answer.m_pendingId.empty() ? Result<QueryAnswer>(noAnswer(QStringLiteral("no id")))
                                              : Result<QueryAnswer>(std::move(answer));
        }
        if (const json::Value results = json::member(status, "results"); results.isObject())
            root = results;
    }
    answer.m_isCached = json::member(root, "is_cached").isTrue();
    answer.m_columns = textsOf(json::member(root, "columns").raw());
    const json::Value results = json::member(root, "results");
    if (!results.isArray() || answer.m_columns.empty())
        return noAnswer(QCoreApplication::translate("QueryAnswer", "it has no results"));
    for (json::ElementReader reader(results); reader.next();) {
        if (!reader.value().isArray())
            return noAnswer(QCoreApplication::translate("QueryAnswer", "a row is no list"));
        answer.m_rows.push_back(reader.value());
    }
    return answer;
}

std::vector<json::Value> QueryAnswer::row(std::size_t index) const
{
    std::vector<json::Value> cells;
    cells.reserve(m_columns.size());
    for (json::ElementReader reader(m_rows[index]); reader.next();)
        cells.push_back(reader.value());
    cells.resize(m_columns.size());
    return cells;
}

std::string QueryAnswer::text(std::size_t row, std::size_t column) const
{
    std::size_t at = 0;
    for (json::ElementReader reader(m_rows[row]); reader.next(); ++at) {
        if (at == column)
            return reader.value().isString()    ? reader.value().text()
                   : reader.value().isPresent() ? std::string(reader.value().raw())
                                                : std::string();
    }
    return {};
}

ParsedChunk QueryAnswer::records(EventParser &parser, std::size_t columns) const
{
    ParsedChunk parsed;
    parsed.events.reserve(m_rows.size());
    const auto end = m_columns.begin() + static_cast<std::ptrdiff_t>(std::min(columns, m_columns.size()));
    const RowMapping table(std::vector<std::string>(m_columns.begin(), end));
    for (std::size_t index = 0; index < m_rows.size(); ++index)
        parseRow(table, row(index), static_cast<std::int64_t>(index) + 1, parser, {}, parsed);
    return parsed;
}

} // namespace genscope
