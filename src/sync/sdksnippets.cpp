// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/sdksnippets.h"

#include <QCoreApplication>

namespace genscope {

QVector<SdkSnippet> sdkSnippets(const QString &address, const QString &token)
{
    const QString key = token.isEmpty() ? QStringLiteral("phc_local") : token;
    const auto filled = [&](const char *code) {
        return QString::fromLatin1(code)
            .replace(QLatin1String("KEY"), key)
            .replace(QLatin1String("HOST"), address);
    };
    return {{QStringLiteral("Python"), filled("from posthog import Posthog\n"
                                              "posthog = Posthog(\"KEY\", host=\"HOST\")")},
            {QStringLiteral("Node"), filled("import { PostHog } from \"posthog-node\";\n"
                                            "const posthog = new PostHog(\"KEY\", { host: \"HOST\" });")},
            {QCoreApplication::translate("Capture", "Environment"),
             QStringLiteral("export POSTHOG_HOST=%1\nexport POSTHOG_API_KEY=%2\n"
                            "export OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=%1/i/v0/ai/otel")
                 .arg(address, key)}};
}

} // namespace genscope
