// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/connectiontest.h"

#include "core/zone.h"
#include "sync/apiclient.h"
#include "sync/hogql.h"
#include "sync/queryanswer.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <chrono>
#include <cstdlib>
#include <utility>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::ConnectionTest)
};

constexpr std::int64_t kDays = 30;

/// Events of the names that are asked for in a sync. @error Network, Parse, Cancelled
Result<std::int64_t> countEvents(ApiClient &client, const StopToken &stop)
{
    const Timestamp now = currentTime();
    const AskNames step{{now.us - kDays * kMicrosPerDay}, {now.us + kMicrosPerDay}};
    ApiClient::Outcome outcome = client.query(questionOf(step).body(), stop);
    if (outcome.failure)
        return errorOf(*outcome.failure, client.project());
    const auto answer = QueryAnswer::read(std::move(outcome.body));
    if (!answer)
        return answer.error();
    std::int64_t events = 0;
    for (std::size_t row = 0; row < answer->rowCount(); ++row)
        events += std::atoll(answer->text(row, 1).c_str());
    return events;
}

/// Why groups would have no names; empty if they have.
QString missingGroups(ApiClient &client, const StopToken &stop)
{
    const auto outcome =
        client.get(QStringLiteral("/api/projects/%1/groups_types/").arg(client.project().id), stop);
    if (!outcome.failure || outcome.failure->kind != ApiFailure::Kind::ScopeMissing)
        return {};
    return Text::tr("Without the scope %1, groups (customers) have keys and no names.")
        .arg(outcome.failure->scope);
}

} // namespace

Result<RemoteProject> numberedProject(ApiClient &client, const StopToken &stop)
{
    RemoteProject project = client.project();
    if (!project.isCurrent())
        return project;
    const auto outcome = client.get(QStringLiteral("/api/projects/@current/"), stop);
    if (outcome.failure && outcome.failure->kind == ApiFailure::Kind::ScopeMissing)
        return makeError(
            Error::Kind::Network,
            Text::tr("The key may not say which project it belongs to. Give the project's number, "
                     "or add the scope %1 to the key.")
                .arg(outcome.failure->scope));
    if (outcome.failure)
        return errorOf(*outcome.failure, project);
    const auto id = QJsonDocument::fromJson(outcome.body)[QLatin1String("id")].toInteger();
    if (id <= 0)
        return makeError(
            Error::Kind::Network,
            Text::tr("%1 does not say which project the key belongs to. Give the project's number.")
                .arg(project.hostText()));
    project.id = QString::number(id);
    return project;
}

ConnectionTest testConnection(const RemoteProject &project, const QByteArray &key, const StopToken &stop)
{
    ConnectionTest test;
    test.problem = whyKeyCannotRead(keyKindOf(QString::fromUtf8(key)));
    if (!test.problem.isEmpty())
        return test;
    ApiClient::Options options;
    options.silence = std::chrono::seconds(30); // somebody waits
    ApiClient first(project, key, options);
    const auto numbered = numberedProject(first, stop);
    if (!numbered) {
        test.problem = numbered.error().message;
        return test;
    }
    ApiClient client(*numbered, key, options);
    const auto events = countEvents(client, stop);
    if (!events) {
        test.problem = events.error().message;
        return test;
    }
    test.events = *events;
    if (const QString groups = missingGroups(client, stop); !groups.isEmpty())
        test.remarks.push_back(groups);
    return test;
}

} // namespace genscope
