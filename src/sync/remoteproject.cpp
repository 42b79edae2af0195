// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/remoteproject.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QRegularExpression>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::RemoteProject)
};

bool isThisMachine(const QString &host)
{
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

QString withScheme(const QString &typed)
{
    if (typed.compare(QLatin1String("us"), Qt::CaseInsensitive) == 0 ||
        typed.compare(QLatin1String("eu"), Qt::CaseInsensitive) == 0)
        return QStringLiteral("https://%1.posthog.com").arg(typed.toLower());
    if (typed.contains(QLatin1String("://")))
        return typed;
    const QString host = QUrl(QStringLiteral("http://") + typed).host();
    return (isThisMachine(host) ? QStringLiteral("http://") : QStringLiteral("https://")) + typed;
}

/// Where the private API is, for the addresses of PostHog Cloud that people have at hand.
QString privateHost(const QString &host)
{
    static const QRegularExpression kIngestion(QStringLiteral(R"(^([a-z]+)(?:-assets)?\.i\.posthog\.com$)"));
    if (const auto match = kIngestion.match(host); match.hasMatch())
        return match.captured(1) + QStringLiteral(".posthog.com");
    const bool isUs = host == QLatin1String("app.posthog.com") || host == QLatin1String("posthog.com") ||
                      host == QLatin1String("www.posthog.com");
    return isUs ? QStringLiteral("us.posthog.com") : host;
}

QString projectIn(const QString &path)
{
    static const QRegularExpression kProject(QStringLiteral(R"(/(?:project|projects|environments)/(\d+))"));
    return kProject.match(path).captured(1);
}

Error wrongHost(const QString &typed)
{
    return makeError(Error::Kind::Usage,
                     Text::tr("“%1” is no address. Give us, eu, or the address at which you open PostHog, "
                              "such as https://posthog.example.com.")
                         .arg(withoutKeys(typed)));
}

Result<QString> projectId(const QString &typed)
{
    static const QRegularExpression kNumber(QStringLiteral(R"(^(\d{1,18}|@current)$)"));
    if (kNumber.match(typed).hasMatch())
        return typed;
    if (keyKindOf(typed) != KeyKind::Other)
        return makeError(
            Error::Kind::Usage,
            typed.isEmpty()
                ? Text::tr("No project is given. Its id is the number in PostHog's address: /project/12345.")
                : Text::tr("That is a key, not a project. The project's id is the number in PostHog's "
                           "address: /project/12345."));
    return makeError(Error::Kind::Usage, Text::tr("“%1” is no project id. It is the number in PostHog's "
                                                  "address: /project/12345.")
                                             .arg(typed));
}

} // namespace

Result<RemoteProject> remoteProjectOf(const QString &typedHost, const QString &typedProject)
{
    const QString typed = typedHost.trimmed();
    const QUrl url(withScheme(typed), QUrl::StrictMode);
    const bool isHttp = url.scheme() == QLatin1String("http");
    if (typed.isEmpty() || !url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty() ||
        (!isHttp && url.scheme() != QLatin1String("https")))
        return wrongHost(typed);
    if (isHttp && !isThisMachine(url.host()))
        return makeError(Error::Kind::Usage, Text::tr("%1: a key is only sent over https.").arg(typed));
    RemoteProject remote;
    remote.host.setScheme(url.scheme());
    remote.host.setHost(privateHost(url.host()));
    remote.host.setPort(url.port());
    const QString given = typedProject.trimmed();
    const auto id = projectId(given.isEmpty() ? projectIn(url.path()) : given);
    if (!id)
        return id.error();
    remote.id = *id;
    return remote;
}

KeyKind keyKindOf(const QString &key)
{
    const QString trimmed = key.trimmed();
    if (trimmed.isEmpty())
        return KeyKind::None;
    if (trimmed.startsWith(QLatin1String("phx_")))
        return KeyKind::Personal;
    if (trimmed.startsWith(QLatin1String("phs_")))
        return KeyKind::ProjectSecret;
    if (trimmed.startsWith(QLatin1String("phc_")))
        return KeyKind::ProjectToken;
    return KeyKind::Other;
}

QString whyKeyCannotRead(KeyKind kind)
{
    switch (kind) {
    case KeyKind::None:
        return Text::tr("No key is given. Make a personal API key in PostHog's settings, with the scope "
                        "query:read.");
    case KeyKind::ProjectToken:
        return Text::tr(
            "This is the project's token (phc_…): it can only send events, never read them. Make a "
            "personal API key (phx_…) in PostHog's settings, with the scope query:read.");
    case KeyKind::Personal:
    case KeyKind::ProjectSecret:
    case KeyKind::Other:
        break;
    }
    return {};
}

QString withoutKeys(QString text, const QByteArray &key)
{
    if (!key.isEmpty())
        text.replace(QString::fromLatin1(key), QStringLiteral("…"));
    static const QRegularExpression kKey(QStringLiteral(R"(\b(ph[a-z]_)[A-Za-z0-9_-]{4,})"));
    return text.replace(kKey, QStringLiteral("\\1…"));
}

} // namespace genscope
