// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/conversation.h"

#include <QFrame>

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace genscope {

/// A line that opens and closes what is below it. The body is made when first opened.
class FoldHeader final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FoldHeader)
public:
    explicit FoldHeader(const QString &title, QWidget *parent = nullptr);

    void setDetails(const QString &text); ///< small, at the right
    void setPreview(const QString &text); ///< one line, while closed
    bool isOpen() const { return m_open; }
    void setOpen(bool open);

Q_SIGNALS:
    void toggled(bool open);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    void elidePreview();

    QToolButton *m_button;
    QLabel *m_preview;
    QLabel *m_details;
    QString m_previewText;
    bool m_open = false;
};

/// One message: who, and its parts. Text, tool calls with arguments, results, reasoning (folded), media
/// (named, never loaded), and shapes that are not known (as JSON).
class MessageCard final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MessageCard)
public:
    MessageCard(const ConversationMessage &message, bool open, QWidget *parent = nullptr);

    bool isOpen() const;
    void setOpen(bool open);
    /// Texts as Markdown, or as they were captured.
    void setMarkdown(bool on);
    /// Marks these texts, and opens if it has one of them.
    void setMarked(const QStringList &texts);
    /// Marks what the turn before did not have.
    void setNew(bool isNew);
    /// The whole message as plain text, for copying.
    QString plainText() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void buildBody();
    void showDetails();

    ConversationMessage m_message;
    FoldHeader *m_header;
    QWidget *m_body;
    QVBoxLayout *m_bodyLayout;
    QStringList m_marked;
    bool m_built = false;
    bool m_markdown = false;
    bool m_new = false;
};

/// True if one of @p texts is in what the message says, regardless of case.
bool holdsOneOf(const ConversationMessage &message, const QStringList &texts);

/// `User`, `Assistant` ... with the name as captured where that says more.
QString messageTitle(const ConversationMessage &message);

} // namespace genscope
