// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

#include "models/sessiondetail.h"

#include <memory>
#include <vector>

class QVBoxLayout;

namespace genscope {

class MessageCard;

/// A session read as one conversation: trace after trace, of each call what it added. What the call before
/// had too is folded away.
class SessionView final : public QScrollArea
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SessionView)
public:
    explicit SessionView(QWidget *parent = nullptr);

    void setSession(std::shared_ptr<const SessionDetail> session); ///< null: nothing
    const std::shared_ptr<const SessionDetail> &session() const { return m_session; }
    std::vector<MessageCard *> cards() const; ///< from top to bottom

Q_SIGNALS:
    /// @param row  of the event to select in it
    void traceRequested(const QString &trace, std::uint32_t row);
    void earlierRequested();

private:
    void addTurn(const SessionTurn &turn, QVBoxLayout &layout);
    QWidget *traceHeading(const SessionTurn &turn);
    void addShared(const SessionTurn &turn, QVBoxLayout &layout);
    MessageCard *makeCard(const ConversationMessage &message, bool open);
    static void addNote(const QString &text, QVBoxLayout &layout);

    std::shared_ptr<const SessionDetail> m_session;
};

} // namespace genscope
