// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/projectlinks.h"

namespace genscope {

namespace {

/// One step of a path: whatever an id holds stays inside of it.
QUrl link(const RemoteProject &project, const char *page, const QString &id, const QByteArray &query = {})
{
    const QByteArray address = project.hostText().toUtf8() + "/project/" +
                               QUrl::toPercentEncoding(project.id) + '/' + page + '/' +
                               QUrl::toPercentEncoding(id) + query;
    return QUrl::fromEncoded(address, QUrl::StrictMode);
}

} // namespace

QUrl traceLink(const RemoteProject &project, const QString &trace, const QString &event)
{
    // Newer servers lead from this name, the one that most know, to their own.
    return link(project, "llm-analytics/traces", trace,
                event.isEmpty() ? QByteArray() : "?event=" + QUrl::toPercentEncoding(event));
}

QUrl userLink(const RemoteProject &project, const QString &distinctId)
{
    return link(project, "person", distinctId);
}

} // namespace genscope
