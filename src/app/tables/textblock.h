// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextEdit>
#include <QWidget>

class QLabel;
class QPushButton;

namespace genscope {

/// Read-only text as high as its content; it scrolls with what is around it. Plain text only: what events
/// carry never becomes markup, and nothing is loaded. Can be selected and copied by mouse and keyboard.
class TextBlock final : public QTextEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TextBlock)
public:
    explicit TextBlock(QWidget *parent = nullptr);

    void setText(const QString &text); ///< hides QTextEdit::setText(), which guesses at markup
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    QVariant loadResource(int type, const QUrl &name) override;

private:
    void fitHeight();
};

/// A text of any length of which the beginning is laid out; the rest comes in pieces when asked for, and how
/// much is shown is said.
class FoldedText final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FoldedText)
public:
    /// @param shownAtFirst  characters
    FoldedText(QString text, qsizetype shownAtFirst, QWidget *parent = nullptr);

    void setMonospace();
    QString text() const { return m_text; }
    QString shownText() const;

private:
    void showUpTo(qsizetype characters);
    void showMore();

    QString m_text;
    qsizetype m_shown = 0;
    TextBlock *m_block;
    QLabel *m_extent;
    QPushButton *m_more;
    QWidget *m_foot;
};

/// `1,234 characters`, for what is folded.
QString lengthText(qsizetype characters);

} // namespace genscope
