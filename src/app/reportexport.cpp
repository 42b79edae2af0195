// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/reportexport.h"

#include "analytics/query.h"

namespace genscope {

namespace {

QString toQt(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString costName(CostMode mode)
{
    switch (mode) {
    case CostMode::Auto:
        return QStringLiteral("auto");
    case CostMode::Reported:
        return QStringLiteral("reported");
    case CostMode::Recomputed:
        return QStringLiteral("recomputed");
    }
    return {};
}

} // namespace

QStringList reportArguments(const QString &store, const QString &folder, const Scope &scope)
{
    QStringList arguments = {QStringLiteral("report"), store,
                             QStringLiteral("--out"),  folder,
                             QStringLiteral("--zone"), QString::fromUtf8(scope.zone.name()),
                             QStringLiteral("--cost"), costName(scope.cost)};
    const auto add = [&arguments](const char *name, const QString &value) {
        arguments.push_back(QLatin1String(name));
        arguments.push_back(value);
    };
    if (scope.range.from)
        add("--from", toQt(isoTime(*scope.range.from)));
    if (scope.range.to)
        add("--to", toQt(isoTime(*scope.range.to)));
    if (!scope.filter.isEmpty())
        add("--where", toQt(scope.filter.toString()));
    if (scope.customer)
        add("--customer", toQt(scope.customer->text));
    if (scope.pricing.time == PriceTime::Today)
        add("--prices", QStringLiteral("today"));
    else if (scope.pricing.time == PriceTime::Instant && scope.pricing.instant)
        add("--prices", toQt(isoTime(*scope.pricing.instant)));
    for (const Substitution &substitution : scope.pricing.whatIf)
        add("--what-if", toQt(toString(substitution)));
    return arguments;
}

ReportExport::ReportExport(QString program, QObject *parent) : QObject(parent), m_program(std::move(program))
{
    connect(&m_process, &QProcess::finished, this, [this](int status, QProcess::ExitStatus how) {
        if (how == QProcess::NormalExit && status == 0)
            Q_EMIT finished(m_folder);
        else
            Q_EMIT failed(m_cancelled ? QString()
                                      : QString::fromUtf8(m_process.readAllStandardError()).trimmed());
    });
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) // then finished() never comes
            Q_EMIT failed(m_process.errorString());
    });
}

ReportExport::~ReportExport()
{
    m_process.disconnect(this);
    m_process.kill();
    m_process.waitForFinished(1000);
}

bool ReportExport::isRunning() const
{
    return m_process.state() != QProcess::NotRunning;
}

void ReportExport::start(const QString &store, const QString &folder, const Scope &scope)
{
    m_folder = folder;
    m_cancelled = false;
    m_process.start(m_program, reportArguments(store, folder, scope));
}

void ReportExport::cancel()
{
    m_cancelled = true;
    m_process.terminate();
}

} // namespace genscope
