// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/syncdriver.h"

#include "ingest/jsondocument.h"
#include "ingest/objecttext.h"
#include "ingest/rowmapping.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <utility>

// Steps of a SyncDriver: kinds of groups, and what they are.

namespace genscope {

namespace {

/// The `$groupidentify` that says what a group is now.
std::string identifyOf(const GroupKind &kind, const std::string &key, json::Value properties,
                       const std::string &time)
{
    ObjectText inner;
    inner.addText("$group_type", kind.type);
    inner.addText("$group_key", key);
    const std::string object = properties.isString() ? innerJson(properties) : std::string(properties.raw());
    inner.add("$group_set", object);
    ObjectText event;
    event.addText("event", "$groupidentify");
    event.addText("timestamp", time);
    event.addText("distinct_id", kind.type + "_" + key);
    event.add("properties", inner.take());
    return event.take();
}

} // namespace

SyncDriver::Taken SyncDriver::take(const AskGroupTypes &)
{
    const auto outcome =
        m_client.get(QStringLiteral("/api/projects/%1/groups_types/").arg(m_project.id), m_stop);
    if (outcome.failure)
        return Trouble{outcome.failure, {}};
    const QJsonDocument document = QJsonDocument::fromJson(outcome.body);
    if (!document.isArray())
        return Trouble{damagedAnswer({}), {}};
    std::vector<GroupKind> kinds;
    for (const auto &kind : document.array())
        kinds.push_back({kind[QLatin1String("group_type_index")].toInt(),
                         kind[QLatin1String("group_type")].toString().toStdString()});
    m_plan.tookGroupTypes(std::move(kinds));
    return {};
}

SyncDriver::Taken SyncDriver::take(const PullGroups &step)
{
    std::optional<QueryAnswer> answer;
    double seconds = 0;
    if (auto trouble = ask(questionOf(step), answer, seconds))
        return trouble;
    constexpr std::size_t kColumns = 3;
    if (answer->columns().size() < kColumns)
        return Trouble{damagedAnswer({}), {}};
    SyncStream::Batch batch;
    std::string lastKey;
    for (std::size_t row = 0; row < answer->rowCount(); ++row) {
        const auto cells = answer->row(row);
        lastKey = answer->text(row, 0);
        auto group = m_parser.parse(identifyOf(step.kind, lastKey, cells[1], answer->text(row, 2)));
        if (group)
            batch.events.push_back(std::move(*group));
    }
    batch.bytes = static_cast<std::int64_t>(answer->size());
    m_plan.tookGroups(static_cast<int>(answer->rowCount()), lastKey);
    return commit(std::move(batch));
}

} // namespace genscope
