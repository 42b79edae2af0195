// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QSet>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <functional>
#include <optional>
#include <vector>

namespace genscope {

/// One event as a PostHog server keeps it.
struct ServedEvent
{
    QString uuid;
    QString name = QStringLiteral("$ai_generation");
    qint64 timestampUs = 0;
    qint64 createdUs = 0;
    QString distinctId = QStringLiteral("ada");
    QString personId = QStringLiteral("018e9b6e-1111-0000-0000-3f9b2a1c0001");
    QString trace = QStringLiteral("trace-1");
    QJsonObject properties; ///< besides `$ai_trace_id`
    QString input;          ///< raw JSON; empty: none
    QString output;
};

/// What the documentation and the sources of PostHog say of its private API, on this machine: keyset pages
/// and their silent limits, the cache, prompts in a table of their own, the errors and their bodies,
/// questions that run by themselves, file exports behind a redirect. Answers one request after another.
class PostHogServer : public QTcpServer
{
public:
    PostHogServer();

    QUrl address() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(serverPort())); }

    QByteArray key = "phx_abcdefghijklmnop";
    QString project = QStringLiteral("12345");
    QDateTime now = QDateTime::fromString(QStringLiteral("2026-11-23T12:00:00Z"), Qt::ISODate);
    std::vector<ServedEvent> events;
    QHash<QString, QJsonObject> persons;   ///< by id
    QHash<QString, QJsonObject> companies; ///< groups of index 0 by key
    bool hasAiEvents = true;               ///< else prompts are in the properties of `events`
    int mostRows = 50'000;                 ///< silently
    int longestSeconds = 0;                ///< questions about a longer stretch run out of time; 0: none do
    bool runsByItself = false;             ///< questions are answered with 202 first
    bool ignoresForce = false;             ///< answers come out of the cache even so
    bool hasExports = false;
    bool exportHangs = false; ///< it runs forever
    QSet<QString> omitted;    ///< uuids of events that are counted, and not given
    QSet<QString> missingScopes;

    struct Answer
    {
        QByteArray status = "200 OK";
        QByteArray headers = "Content-Type: application/json\r\n";
        QByteArray body;
        bool cut = false; ///< the connection ends in the middle of it
    };
    struct Request
    {
        QByteArray method;
        QByteArray path;
        QByteArray head;
        QByteArray body;
        QJsonObject query() const; ///< of `POST /query/`
    };
    /// Answers instead of the server. @param number  from 1
    std::function<std::optional<Answer>(int number, const Request &)> intercept;

    std::vector<Request> requests; ///< in order
    /// Texts of questions that were asked again after they had been too heavy.
    int repeatedTooHeavy = 0;

    static Answer error(const QByteArray &status, const QString &code, const QString &detail,
                        const QByteArray &headers = {});
    static QString iso(qint64 us);

private:
    struct Rows
    {
        QStringList columns;
        QJsonArray rows;
    };
    void read(QTcpSocket &socket);
    Answer answer(const Request &request);
    Answer answerQuery(const Request &request);
    Answer run(const QString &sql, const QJsonObject &values);
    Answer exports(const Request &request);
    std::optional<Rows> eventPage(const QString &sql, const QJsonObject &values, Answer &refusal);
    Rows contentPage(const QString &sql, const QJsonObject &values) const;
    Rows counts(const QString &sql, const QJsonObject &values) const;
    QJsonObject propertiesOf(const ServedEvent &event) const;

    QHash<QByteArray, QByteArray> m_cache;
    QHash<QString, Answer> m_pending; ///< of questions that run by themselves
    QSet<QByteArray> m_tooHeavy;
    int m_exportPolls = 0;
    QJsonObject m_export;
};

} // namespace genscope
