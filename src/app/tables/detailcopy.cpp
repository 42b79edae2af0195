// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/detailcopy.h"

#include "core/format.h"
#include "models/eventcopy.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLocale>
#include <QMenu>

namespace genscope {

DetailCopy::DetailCopy(Workspace *workspace, std::function<Shown()> shown, QWidget *parent)
    : QToolButton(parent), m_workspace(workspace), m_shown(std::move(shown))
{
    setText(tr("Copy"));
    setToolTip(tr("Copy as JSON, Markdown or cURL (C)"));
    setAccessibleName(tr("Copy as JSON, Markdown or cURL"));
    setAutoRaise(true);
    setFocusPolicy(Qt::StrongFocus);
    setPopupMode(InstantPopup);
    auto *menu = new QMenu(this);
    setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, &DetailCopy::fillMenu);
}

void DetailCopy::fillMenu()
{
    menu()->clear();
    const Shown shown = m_shown();
    if (const auto &event = shown.event) {
        menu()->addAction(tr("Event as &JSON"), this,
                          [this, event] { copy(eventAsJson(*event), tr("the event")); });
        menu()->addAction(tr("Event as &Markdown"), this,
                          [this, event] { copy(eventAsMarkdown(*event, QLocale()), tr("the event")); });
        QAction *curl = menu()->addAction(tr("Call as &cURL"), this, [this, event] { copyCurl(*event); });
        curl->setEnabled(event->kind == EventKind::Generation || event->kind == EventKind::Embedding);
    }
    if (const auto &trace = shown.trace) {
        menu()->addSeparator();
        menu()->addAction(tr("&Trace as JSON"), this, [this, trace] {
            copyTrace(tr("the trace"), [trace](const Selection &selection) -> Result<QString> {
                const auto json = traceAsJson(selection, *trace);
                return json ? Result<QString>(QString::fromStdString(*json)) : json.error();
            });
        });
        menu()->addAction(tr("T&race as Markdown"), this, [this, trace] {
            copyTrace(tr("the trace"), [trace](const Selection &selection) {
                return traceAsMarkdown(selection, *trace, QLocale());
            });
        });
    }
    if (menu()->isEmpty())
        menu()->addAction(tr("Nothing to copy"))->setEnabled(false);
}

void DetailCopy::copy(const QString &text, const QString &what)
{
    QGuiApplication::clipboard()->setText(text);
    Q_EMIT message(tr("Copied %1, %2.").arg(what, formatBytes(text.size(), QLocale())));
}

void DetailCopy::copyCurl(const EventDetail &event)
{
    const auto curl = eventAsCurl(event);
    if (curl)
        copy(*curl, tr("the call; the key stays a variable of your shell"));
    else
        Q_EMIT message(curl.error().message);
}

void DetailCopy::copyTrace(const QString &what, std::function<Result<QString>(const Selection &)> make)
{
    m_workspace->compute<Result<QString>>(this, QStringLiteral("copy"), std::move(make),
                                          [this, what](const Result<QString> &text) {
                                              if (text)
                                                  copy(*text, what);
                                              else if (text.error().kind != Error::Kind::Cancelled)
                                                  Q_EMIT message(text.error().message);
                                          });
}

} // namespace genscope
