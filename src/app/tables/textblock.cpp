// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/textblock.h"

#include "core/format.h"
#include "models/tablecolumns.h"

#include <QDesktopServices>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QMouseEvent>
#include <QPushButton>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextTable>
#include <QToolTip>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <vector>

namespace genscope {

namespace {

constexpr qsizetype kStep = 20'000;            ///< characters laid out at once: a frame's work
constexpr qsizetype kFarthestMark = 5 * kStep; ///< what is beyond is not unfolded by itself
constexpr qsizetype kLongestMarkdown = 3 * kStep;

/// Hairlines instead of boxes in boxes.
void softenTables(QTextDocument &document, const QColor &line)
{
    for (QTextFrame *frame : document.rootFrame()->childFrames()) {
        auto *table = qobject_cast<QTextTable *>(frame);
        if (table == nullptr)
            continue;
        QTextTableFormat format = table->format();
        format.setBorderCollapse(true);
        format.setBorder(1);
        format.setBorderBrush(line);
        format.setCellPadding(4);
        format.setCellSpacing(0);
        table->setFormat(format);
    }
}

/// Puts words in the places of pictures. Only of documents that nothing shows yet: layouts load pictures,
/// files of this machine too.
void namePictures(QTextDocument &document)
{
    struct Picture
    {
        int position;
        int length;
        QString address;
    };
    std::vector<Picture> pictures;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextFragment piece = it.fragment();
            if (piece.charFormat().isImageFormat())
                pictures.push_back(
                    {piece.position(), piece.length(), piece.charFormat().toImageFormat().name()});
        }
    }
    QTextCursor cursor(&document);
    for (auto picture = pictures.rbegin(); picture != pictures.rend(); ++picture) {
        cursor.setPosition(picture->position);
        cursor.setPosition(picture->position + picture->length, QTextCursor::KeepAnchor);
        cursor.insertText(FoldedText::tr("[picture, not loaded: %1]").arg(picture->address.left(200)),
                          QTextCharFormat());
    }
}

/// Each link as a selection, in order.
std::vector<QTextCursor> linksOf(QTextDocument &document)
{
    std::vector<QTextCursor> links;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextFragment piece = it.fragment();
            if (!piece.charFormat().isAnchor())
                continue;
            QTextCursor link(&document);
            link.setPosition(piece.position());
            link.setPosition(piece.position() + piece.length(), QTextCursor::KeepAnchor);
            links.push_back(link);
        }
    }
    return links;
}

/// Not between the halves of a character.
qsizetype cutPosition(const QString &text, qsizetype characters)
{
    if (characters >= text.size())
        return text.size();
    return text.at(characters - 1).isHighSurrogate() ? characters - 1 : characters;
}

} // namespace

TextBlock::TextBlock(QWidget *parent) : QTextEdit(parent)
{
    setReadOnly(true);
    setAcceptRichText(false);
    setUndoRedoEnabled(false);
    setFrameShape(NoFrame);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    document()->setDocumentMargin(0);
    viewport()->setAutoFillBackground(false);
    setAutoFillBackground(false);
    QPalette clear = palette();
    clear.setBrush(QPalette::Base, Qt::transparent);
    setPalette(clear);
}

void TextBlock::setText(const QString &text)
{
    setCurrentCharFormat({}); // of Markdown that stood here
    setPlainText(text);
    fitHeight();
}

void TextBlock::setMarkdownText(const QString &markdown)
{
    auto *made = new QTextDocument(this);
    made->setUndoRedoEnabled(false);
    made->setDocumentMargin(0);
    made->setDefaultFont(font());
    made->setMarkdown(markdown, QTextDocument::MarkdownFeatures(QTextDocument::MarkdownNoHTML) |
                                    QTextDocument::MarkdownDialectGitHub);
    namePictures(*made);
    softenTables(*made, palette().color(QPalette::Mid));
    setDocument(made); // deletes the one before
    fitHeight();
}

void TextBlock::mark(const QStringList &texts)
{
    constexpr qsizetype kMost = 2000; // more marks say nothing more
    QList<ExtraSelection> marks;
    QTextCharFormat format;
    format.setBackground(palette().color(QPalette::Highlight));
    format.setForeground(palette().color(QPalette::HighlightedText));
    for (const QString &text : texts) {
        QTextCursor at = document()->find(text);
        for (; !at.isNull() && marks.size() < kMost; at = document()->find(text, at))
            marks.push_back({at, format});
    }
    setExtraSelections(marks);
}

bool TextBlock::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QString address = anchorAt(help->pos());
        if (!address.isEmpty()) // where it leads, whatever it says
            QToolTip::showText(help->globalPos(), plainToolTip(address.left(300)), this);
        else
            QToolTip::hideText();
        return true;
    }
    return QTextEdit::viewportEvent(event);
}

void TextBlock::mouseReleaseEvent(QMouseEvent *event)
{
    QTextEdit::mouseReleaseEvent(event);
    if (event->button() == Qt::LeftButton && !textCursor().hasSelection())
        openLink(QUrl(anchorAt(event->position().toPoint())));
}

void TextBlock::openLink(const QUrl &url) const
{
    if (isSafeLink(url))
        QDesktopServices::openUrl(url);
}

bool TextBlock::focusNextPrevChild(bool next)
{
    const std::vector<QTextCursor> links = linksOf(*document());
    const QTextCursor now = textCursor();
    const bool onLink = now.hasSelection() && std::find(links.begin(), links.end(), now) != links.end();
    const int at = onLink ? now.selectionStart() : next ? -1 : document()->characterCount();
    const QTextCursor *found = nullptr;
    for (const QTextCursor &link : links) {
        if (next ? link.selectionStart() > at && found == nullptr : link.selectionStart() < at)
            found = &link;
    }
    if (!hasFocus() || found == nullptr) {
        if (onLink) {
            QTextCursor none = now;
            none.clearSelection();
            setTextCursor(none);
        }
        return QTextEdit::focusNextPrevChild(next);
    }
    setTextCursor(*found);
    return true;
}

void TextBlock::keyPressEvent(QKeyEvent *event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && textCursor().hasSelection() && textCursor().charFormat().isAnchor())
        openLink(QUrl(textCursor().charFormat().anchorHref()));
    else
        QTextEdit::keyPressEvent(event);
}

bool isSafeLink(const QUrl &url)
{
    return url.isValid() && !url.host().isEmpty() &&
           (url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http"));
}

QSize TextBlock::sizeHint() const
{
    return {200, height()};
}

QSize TextBlock::minimumSizeHint() const
{
    return {40, 0};
}

void TextBlock::resizeEvent(QResizeEvent *event)
{
    QTextEdit::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        fitHeight();
}

/// The scroll area around takes it.
void TextBlock::wheelEvent(QWheelEvent *event)
{
    event->ignore();
}

QVariant TextBlock::loadResource(int, const QUrl &)
{
    return {};
}

void TextBlock::fitHeight()
{
    document()->setTextWidth(viewport()->width());
    const int height = static_cast<int>(std::ceil(document()->size().height()));
    setFixedHeight(std::max(height, fontMetrics().height()));
}

FoldedText::FoldedText(QString text, qsizetype shownAtFirst, QWidget *parent)
    : QWidget(parent),
      m_text(std::move(text)),
      m_block(new TextBlock),
      m_extent(new QLabel),
      m_more(new QPushButton),
      m_foot(new QWidget)
{
    m_more->setFlat(true);
    m_more->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_extent->setForegroundRole(QPalette::PlaceholderText);
    auto *foot = new QHBoxLayout(m_foot);
    foot->setContentsMargins(0, 0, 0, 0);
    foot->addWidget(m_more);
    foot->addWidget(m_extent);
    foot->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_block);
    layout->addWidget(m_foot);
    connect(m_more, &QPushButton::clicked, this, &FoldedText::showMore);
    showUpTo(m_text.size() <= shownAtFirst * 5 / 4 ? m_text.size() : shownAtFirst); // no fold for a few words
}

void FoldedText::setMonospace()
{
    m_block->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    showText();
}

void FoldedText::setMarkdown(bool on)
{
    if (m_markdown == on)
        return;
    m_markdown = on;
    showText();
}

void FoldedText::setMarked(const QStringList &texts)
{
    if (m_marked == texts)
        return;
    m_marked = texts;
    qsizetype first = m_text.size();
    qsizetype length = 0;
    for (const QString &text : texts) {
        const qsizetype at = m_text.indexOf(text, 0, Qt::CaseInsensitive);
        if (at >= 0 && at < first) {
            first = at;
            length = text.size();
        }
    }
    constexpr qsizetype kAround = 200;
    if (first + length > m_shown && first < m_text.size() && first < kFarthestMark)
        showUpTo(std::min(first + length + kAround, m_text.size()));
    else
        showText();
}

void FoldedText::showText()
{
    if (m_markdown && m_shown <= kLongestMarkdown)
        m_block->setMarkdownText(shownText());
    else
        m_block->setText(shownText());
    m_block->mark(m_marked);
}

QString FoldedText::shownText() const
{
    return m_text.left(m_shown);
}

void FoldedText::showUpTo(qsizetype characters)
{
    m_shown = cutPosition(m_text, characters);
    showText();
    const bool folded = m_shown < m_text.size();
    m_foot->setVisible(folded);
    if (!folded)
        return;
    const bool whole = m_text.size() - m_shown <= kStep;
    m_more->setText(whole ? tr("Show all") : tr("Show more"));
    m_extent->setText(tr("%1 of %2 characters")
                          .arg(formatCount(m_shown, QLocale()), formatCount(m_text.size(), QLocale())));
    m_more->setAccessibleName(m_more->text() + QLatin1Char(' ') + m_extent->text());
}

void FoldedText::showMore()
{
    const bool whole = m_text.size() - m_shown <= kStep;
    showUpTo(whole ? m_text.size() : m_shown + kStep);
    if (!m_foot->isVisible())
        m_block->setFocus();
}

QString lengthText(qsizetype characters)
{
    return FoldedText::tr("%1 characters").arg(formatCount(characters, QLocale()));
}

} // namespace genscope
