// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/conversationview.h"

#include "app/tables/messagecard.h"
#include "app/tables/textblock.h"
#include "charts/theme.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace genscope {

namespace {

constexpr std::size_t kCardsAtOnce = 40;
constexpr qsizetype kErrorFold = 2'000;

/// Open at first: everything that came out, and the last thing that was said to the model.
std::size_t lastInput(const std::vector<ConversationMessage> &messages)
{
    std::size_t last = messages.size();
    for (std::size_t i = 0; i < messages.size(); ++i)
        if (messages[i].origin == ConversationMessage::Origin::Input && !messages[i].internal)
            last = i;
    return last;
}

/// The first message to show for the sake of what is searched; of very long conversations only the end is
/// looked through.
std::size_t firstSearched(const EventDetail &event)
{
    const auto &messages = event.conversation.messages;
    std::size_t first = messages.size() - std::min(messages.size(), 5 * kCardsAtOnce);
    while (first < messages.size() && !holdsOneOf(messages[first], event.searched))
        ++first;
    return first;
}

} // namespace

ConversationView::ConversationView(QWidget *parent) : QScrollArea(parent)
{
    setWidgetResizable(true);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Conversation"));
}

void ConversationView::setEvent(std::shared_ptr<const EventDetail> event)
{
    m_event = std::move(event);
    rebuild();
}

/// The error's title holds a colour of the theme.
void ConversationView::changeEvent(QEvent *event)
{
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_event && m_event->failed)
        rebuild();
}

std::vector<MessageCard *> ConversationView::cards() const
{
    std::vector<MessageCard *> found;
    for (int i = 0; m_layout != nullptr && i < m_layout->count(); ++i)
        if (auto *card = qobject_cast<MessageCard *>(m_layout->itemAt(i)->widget()))
            found.push_back(card);
    return found;
}

void ConversationView::setAllOpen(bool open)
{
    for (MessageCard *card : cards())
        card->setOpen(open);
}

void ConversationView::rebuild()
{
    auto *page = new QWidget;
    m_layout = new QVBoxLayout(page);
    m_layout->setContentsMargins(0, 8, 8, 8);
    m_layout->setSpacing(8);
    if (m_event) {
        addErrorCard();
        const Conversation &conversation = m_event->conversation;
        const std::size_t count = conversation.messages.size();
        m_first = std::max(count > kCardsAtOnce ? count - kCardsAtOnce : 0, m_event->sharedMessages);
        m_first = std::min(m_first, firstSearched(*m_event));
        if (count > 0)
            m_layout->addWidget(makeBar());
        if (m_first > 0) {
            auto *earlier = new QPushButton(earlierText());
            earlier->setObjectName(QStringLiteral("earlierMessages"));
            connect(earlier, &QPushButton::clicked, this, &ConversationView::showEarlier);
            m_layout->addWidget(earlier, 0, Qt::AlignLeft);
        }
        m_cardsAt = m_layout->count();
        addCards(m_first, count, m_cardsAt);
        if (!conversation.hasInput && !conversation.hasOutput)
            addNote(tr("This event carries no input and no output. Senders leave them out in privacy mode; "
                       "spans often have none."));
        else if (!conversation.hasOutput && !m_event->failed)
            addNote(tr("This event carries no output."));
        else if (!conversation.hasInput)
            addNote(tr("This event carries no input."));
    }
    m_layout->addStretch();
    setWidget(page); // deletes the page before
    page->setAutoFillBackground(false);
    verticalScrollBar()->setValue(0);
}

void ConversationView::addCards(std::size_t from, std::size_t to, int position)
{
    const auto &messages = m_event->conversation.messages;
    const std::size_t last = lastInput(messages);
    for (std::size_t i = from; i < to; ++i) {
        const bool open = i == last || messages[i].origin == ConversationMessage::Origin::Output;
        auto *card = new MessageCard(messages[i], open);
        card->setMarkdown(m_markdown);
        if (!m_event->searched.isEmpty())
            card->setMarked(m_event->searched);
        if (m_event->sharedMessages > 0 && i >= m_event->sharedMessages &&
            messages[i].origin == ConversationMessage::Origin::Input)
            card->setNew(true);
        m_layout->insertWidget(position++, card);
    }
}

/// How the texts are read, and all of them at once.
QWidget *ConversationView::makeBar()
{
    auto *bar = new QWidget;
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    auto *markdown = new QCheckBox(tr("Markdown"));
    markdown->setToolTip(tr("Show headings, lists and tables of texts; off: every character as captured"));
    markdown->setChecked(m_markdown);
    connect(markdown, &QCheckBox::toggled, this, &ConversationView::setMarkdown);
    layout->addWidget(markdown);
    layout->addStretch();
    for (const bool open : {true, false}) {
        auto *all = new QToolButton;
        all->setText(open ? tr("Open all") : tr("Fold all"));
        all->setAutoRaise(true);
        all->setFocusPolicy(Qt::StrongFocus);
        connect(all, &QToolButton::clicked, this, [this, open] { setAllOpen(open); });
        layout->addWidget(all);
    }
    return bar;
}

void ConversationView::setMarkdown(bool on)
{
    m_markdown = on;
    for (MessageCard *card : cards())
        card->setMarkdown(on);
}

QString ConversationView::earlierText() const
{
    const int count = static_cast<int>(m_first);
    return m_first <= m_event->sharedMessages
               ? tr("Show %n message(s) that the call before had too", nullptr, count)
               : tr("Show %n earlier message(s)", nullptr, count);
}

void ConversationView::addNote(const QString &text)
{
    auto *note = new QLabel(text);
    note->setTextFormat(Qt::PlainText);
    note->setWordWrap(true);
    note->setForegroundRole(QPalette::PlaceholderText);
    m_layout->addWidget(note);
}

void ConversationView::addErrorCard()
{
    if (!m_event->failed)
        return;
    auto *title =
        new QLabel(m_event->httpStatus ? tr("Error · HTTP %1").arg(*m_event->httpStatus) : tr("Error"));
    title->setTextFormat(Qt::PlainText);
    QFont bold = title->font();
    bold.setWeight(QFont::DemiBold);
    title->setFont(bold);
    QPalette red = title->palette();
    red.setColor(QPalette::WindowText, Theme::of(palette()).error);
    title->setPalette(red);
    m_layout->addWidget(title);
    const QString text =
        QString::fromUtf8(m_event->error.data(), static_cast<qsizetype>(m_event->error.size()));
    if (text.isEmpty())
        addNote(tr("The event says that it failed, but not why."));
    else
        m_layout->addWidget(new FoldedText(text, kErrorFold));
}

void ConversationView::showEarlier()
{
    const std::size_t next = m_first > kCardsAtOnce ? m_first - kCardsAtOnce : 0;
    addCards(next, m_first, m_cardsAt);
    m_first = next;
    auto *button = findChild<QPushButton *>(QStringLiteral("earlierMessages"));
    if (m_first > 0)
        button->setText(earlierText());
    else
        button->hide();
}

} // namespace genscope
