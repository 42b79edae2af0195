// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/eventdetail.h"

#include <QScrollArea>

#include <memory>

class QVBoxLayout;

namespace genscope {

class MessageCard;

/// What went into a call and what came out, as a column of cards. Open at first: the output and the last
/// input. What the call before had too is folded away and the rest marked as new; of very long conversations
/// only the end is laid out until more is asked for.
class ConversationView final : public QScrollArea
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConversationView)
public:
    explicit ConversationView(QWidget *parent = nullptr);

    void setEvent(std::shared_ptr<const EventDetail> event); ///< null: nothing
    void setAllOpen(bool open);
    /// Texts as Markdown (at first), or as they were captured.
    void setMarkdown(bool on);
    bool isMarkdown() const { return m_markdown; }
    std::vector<MessageCard *> cards() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void rebuild();
    void addCards(std::size_t from, std::size_t to, int position);
    void addNote(const QString &text);
    void addErrorCard();
    void showEarlier();
    QWidget *makeBar();
    QString earlierText() const;

    std::shared_ptr<const EventDetail> m_event;
    QVBoxLayout *m_layout = nullptr;
    std::size_t m_first = 0; ///< the first message that has a card
    int m_cardsAt = 0;       ///< position of its card in the layout
    bool m_markdown = true;
};

} // namespace genscope
