// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextEdit>
#include <QUrl>
#include <QWidget>

class QLabel;
class QPushButton;

namespace genscope {

/// Read-only text as high as its content; it scrolls with what is around it. What events carry never becomes
/// HTML, and nothing is loaded: as Markdown it may have headings, lists, tables and links, but its pictures
/// are named with their address only. A link leads to the web, and only when clicked. Can be selected and
/// copied by mouse and keyboard.
class TextBlock final : public QTextEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TextBlock)
public:
    explicit TextBlock(QWidget *parent = nullptr);

    void setText(const QString &text);             ///< hides QTextEdit::setText(), which guesses at markup
    void setMarkdownText(const QString &markdown); ///< hides QTextEdit::setMarkdown(), which loads pictures
    /// Marks these texts wherever they occur, regardless of case. Until the text is set anew.
    void mark(const QStringList &texts);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool viewportEvent(QEvent *event) override;
    /// Tab goes from link to link before it leaves; Return opens the one that is selected.
    bool focusNextPrevChild(bool next) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    QVariant loadResource(int type, const QUrl &name) override;

private:
    void fitHeight();
    void openLink(const QUrl &url) const;
};

/// True for addresses that a click may open: of the web, and nothing of this machine.
bool isSafeLink(const QUrl &url);

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
    /// Whether the text is read as Markdown, as far as it is short enough to be.
    void setMarkdown(bool on);
    /// Marks these texts, and shows as much as the first one needs.
    void setMarked(const QStringList &texts);
    QString text() const { return m_text; }
    TextBlock *block() const { return m_block; }
    QString shownText() const;

private:
    void showUpTo(qsizetype characters);
    void showText();
    void showMore();

    QString m_text;
    qsizetype m_shown = 0;
    bool m_markdown = false;
    QStringList m_marked;
    TextBlock *m_block;
    QLabel *m_extent;
    QPushButton *m_more;
    QWidget *m_foot;
};

/// `1,234 characters`, for what is folded.
QString lengthText(qsizetype characters);

} // namespace genscope
