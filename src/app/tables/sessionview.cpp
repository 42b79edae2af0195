// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/sessionview.h"

#include "app/tables/messagecard.h"
#include "charts/linkbutton.h"
#include "charts/theme.h"
#include "core/format.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

namespace genscope {

namespace {

QString toQString(const std::string &text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

SessionView::SessionView(QWidget *parent) : QScrollArea(parent)
{
    setWidgetResizable(true);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Conversation of the session"));
}

std::vector<MessageCard *> SessionView::cards() const
{
    std::vector<MessageCard *> found;
    const QLayout *layout = widget() != nullptr ? widget()->layout() : nullptr;
    for (int i = 0; layout != nullptr && i < layout->count(); ++i)
        if (auto *card = qobject_cast<MessageCard *>(layout->itemAt(i)->widget()))
            found.push_back(card);
    return found;
}

void SessionView::setSession(std::shared_ptr<const SessionDetail> session)
{
    const bool more = m_session && session && m_session->id == session->id;
    m_session = std::move(session);
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 8, 8);
    layout->setSpacing(8);
    if (m_session) {
        if (m_session->turns.empty())
            addNote(tr("No call of this session is here, and its traces carry no input or output."), *layout);
        if (m_session->earlier > 0) {
            auto *earlier =
                new QPushButton(tr("Show %n earlier call(s)", nullptr, static_cast<int>(m_session->earlier)));
            earlier->setObjectName(QStringLiteral("earlierTurns"));
            connect(earlier, &QPushButton::clicked, this, &SessionView::earlierRequested);
            layout->addWidget(earlier, 0, Qt::AlignLeft);
        }
        for (const SessionTurn &turn : m_session->turns)
            addTurn(turn, *layout);
    }
    layout->addStretch();
    const int fromBottom = verticalScrollBar()->maximum() - verticalScrollBar()->value();
    setWidget(page); // deletes the page before
    page->setAutoFillBackground(false);
    // What was asked for is above: what was read stays where it is.
    page->layout()->activate();
    verticalScrollBar()->setValue(more ? verticalScrollBar()->maximum() - fromBottom : 0);
}

void SessionView::addTurn(const SessionTurn &turn, QVBoxLayout &layout)
{
    if (turn.beginsTrace || layout.count() == 0)
        layout.addWidget(traceHeading(turn));
    const QLocale locale;
    QStringList facts;
    if (!turn.model.empty())
        facts += toQString(turn.model);
    if (turn.latency)
        facts += formatSeconds(*turn.latency, locale);
    if (turn.cost)
        facts += formatMoney(*turn.cost, locale);
    if (turn.failed)
        facts += tr("failed");
    if (!facts.isEmpty())
        addNote(facts.join(QStringLiteral("  ·  ")), layout);
    addShared(turn, layout);
    const auto &messages = turn.conversation.messages;
    for (std::size_t i = turn.shared; i < messages.size(); ++i) {
        const bool said = messages[i].origin == ConversationMessage::Origin::Output ||
                          messages[i].role == ConversationMessage::Role::User;
        layout.addWidget(makeCard(messages[i], said && !messages[i].internal));
    }
    if (!turn.error.empty())
        addNote(toQString(turn.error).left(1'000), layout);
    else if (messages.empty())
        addNote(tr("This call carries no input and no output."), layout);
}

QWidget *SessionView::traceHeading(const SessionTurn &turn)
{
    auto *heading = new QWidget;
    auto *row = new QHBoxLayout(heading);
    row->setContentsMargins(0, 8, 0, 0);
    row->setSpacing(8);
    const QString time = QString::fromStdString(m_session->zone.iso(turn.timestamp))
                             .left(19)
                             .replace(QLatin1Char('T'), QLatin1Char(' '));
    QString text = turn.trace.empty() ? tr("Without a trace")
                                      : tr("Trace %1 of %2").arg(turn.traceNumber).arg(m_session->traces);
    text += QStringLiteral("  ·  ") + time;
    auto *title = new QLabel(text);
    title->setTextFormat(Qt::PlainText);
    QFont bold = title->font();
    bold.setWeight(QFont::DemiBold);
    title->setFont(bold);
    row->addWidget(title);
    if (!turn.trace.empty()) {
        auto *open = new LinkButton;
        open->setLink(tr("Open the trace"), toQString(turn.trace));
        connect(open, &LinkButton::clicked, this, [this, trace = toQString(turn.trace), event = turn.row] {
            Q_EMIT traceRequested(trace, event);
        });
        row->addWidget(open);
    }
    row->addStretch();
    return heading;
}

/// The prefix that the turn before had too: one line, until it is asked for.
void SessionView::addShared(const SessionTurn &turn, QVBoxLayout &layout)
{
    if (turn.shared == 0)
        return;
    auto *show = new QPushButton(
        tr("Show %n message(s) that the call before had too", nullptr, static_cast<int>(turn.shared)));
    layout.addWidget(show, 0, Qt::AlignLeft);
    const auto index = static_cast<std::size_t>(&turn - m_session->turns.data());
    connect(show, &QPushButton::clicked, this, [this, show, session = m_session, index] {
        auto *column = static_cast<QVBoxLayout *>(widget()->layout());
        const SessionTurn &shown = session->turns[index];
        int at = column->indexOf(show);
        for (std::size_t i = 0; i < shown.shared; ++i)
            column->insertWidget(++at, makeCard(shown.conversation.messages[i], false));
        show->hide();
    });
}

MessageCard *SessionView::makeCard(const ConversationMessage &message, bool open)
{
    auto *card = new MessageCard(message, open);
    card->setMarkdown(true);
    if (!m_session->searched.isEmpty())
        card->setMarked(m_session->searched);
    return card;
}

void SessionView::addNote(const QString &text, QVBoxLayout &layout)
{
    auto *note = new QLabel(text);
    note->setTextFormat(Qt::PlainText);
    note->setWordWrap(true);
    note->setForegroundRole(QPalette::PlaceholderText);
    layout.addWidget(note);
}

} // namespace genscope
