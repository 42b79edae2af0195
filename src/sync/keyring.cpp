// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/keyring.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QTimer>

#include <qt6keychain/keychain.h>

#include <optional>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::KeyRing)
};

const QString kService = QStringLiteral("Genscope");

QString entryOf(const RemoteProject &project)
{
    return QStringLiteral("%1/project/%2").arg(project.hostText(), project.id);
}

Error errorOf(const QKeychain::Job &job)
{
    switch (job.error()) {
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
    case QKeychain::OtherError:
        return makeError(Error::Kind::Io,
                         Text::tr("No key ring can be reached on this machine (such as GNOME "
                                  "Keyring or KWallet)."));
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return makeError(Error::Kind::Io, Text::tr("The key ring is locked, or does not let Genscope in."));
    default:
        return makeError(Error::Kind::Io, Text::tr("The key ring answers: %1").arg(job.errorString()));
    }
}

class SystemKeyRing final : public KeyRing
{
public:
    void read(const RemoteProject &project, const Read &done) override
    {
        auto *job = new QKeychain::ReadPasswordJob(kService);
        start(job, project, [done, job] {
            if (job->error() == QKeychain::NoError)
                done(job->binaryData());
            else if (job->error() == QKeychain::EntryNotFound)
                done(QByteArray());
            else
                done(errorOf(*job));
        });
    }
    void write(const RemoteProject &project, const QByteArray &key, const Changed &done) override
    {
        auto *job = new QKeychain::WritePasswordJob(kService);
        job->setBinaryData(key);
        start(job, project, [done, job] { done(statusOf(*job)); });
    }
    void remove(const RemoteProject &project, const Changed &done) override
    {
        auto *job = new QKeychain::DeletePasswordJob(kService);
        start(job, project, [done, job] { done(statusOf(*job)); });
    }

private:
    static void start(QKeychain::Job *job, const RemoteProject &project, const std::function<void()> &done)
    {
        job->setKey(entryOf(project));
        job->setInsecureFallback(false); // never into a file
        QObject::connect(job, &QKeychain::Job::finished, job, done);
        job->start(); // deletes itself behind finished()
    }
    static Status statusOf(const QKeychain::Job &job)
    {
        if (job.error() == QKeychain::NoError || job.error() == QKeychain::EntryNotFound)
            return Done{};
        return errorOf(job);
    }
};

} // namespace

KeyRing &systemKeyRing()
{
    static SystemKeyRing ring;
    return ring;
}

Result<QByteArray> keyFor(const RemoteProject &project, KeyRing &ring)
{
    const QByteArray given = qgetenv(kKeyVariable).trimmed();
    const auto readable = [](const QByteArray &key) -> Result<QByteArray> {
        const QString problem = whyKeyCannotRead(keyKindOf(QString::fromUtf8(key)));
        if (!problem.isEmpty())
            return makeError(Error::Kind::Usage, problem);
        return key;
    };
    if (!given.isEmpty())
        return readable(given);
    // The loop outlives the answer of a ring that is late: both are shared with it.
    struct Waiting
    {
        QEventLoop loop;
        std::optional<Result<QByteArray>> key;
    };
    const auto waiting = std::make_shared<Waiting>();
    ring.read(project, [waiting](const Result<QByteArray> &key) {
        waiting->key = key;
        waiting->loop.quit();
    });
    constexpr int kPatienceMs = 30'000; // for somebody to unlock it
    if (!waiting->key) {
        QTimer::singleShot(kPatienceMs, &waiting->loop, &QEventLoop::quit);
        waiting->loop.exec();
    }
    const auto &key = waiting->key;
    const QString advice = Text::tr("Set %1 to a personal API key.").arg(QLatin1String(kKeyVariable));
    if (!key || !*key)
        return makeError(Error::Kind::Usage,
                         (key ? key->error().message : Text::tr("The key ring does not answer.")) +
                             QLatin1Char(' ') + advice);
    if ((*key)->isEmpty())
        return makeError(
            Error::Kind::Usage,
            Text::tr("There is no key for project %1 at %2. %3").arg(project.id, project.hostText(), advice));
    return readable(**key);
}

} // namespace genscope
