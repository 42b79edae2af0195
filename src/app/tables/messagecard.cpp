// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/messagecard.h"

#include "app/tables/imagethumb.h"
#include "app/tables/jsontext.h"
#include "app/tables/textblock.h"
#include "charts/theme.h"
#include "core/format.h"
#include "models/tablecolumns.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace genscope {

namespace {

constexpr qsizetype kTextFold = 4'000;
constexpr qsizetype kDataFold = 1'200;
constexpr qsizetype kPreview = 200;

using Kind = ConversationPart::Kind;
using Role = ConversationMessage::Role;

QString partTitle(const ConversationPart &part)
{
    switch (part.kind) {
    case Kind::Text:
        return {};
    case Kind::Reasoning:
        return MessageCard::tr("Reasoning");
    case Kind::ToolCall:
        return part.answered ? MessageCard::tr("Tool call %1: %2").arg(part.call).arg(part.title)
                             : MessageCard::tr("Tool call: %1").arg(part.title);
    case Kind::ToolResult:
        if (part.call > 0)
            return MessageCard::tr("Result of call %1: %2").arg(part.call).arg(part.calledTool);
        return part.title.isEmpty() ? MessageCard::tr("Tool result")
                                    : MessageCard::tr("Tool result: %1").arg(part.title);
    case Kind::Media:
        return part.imageBase64.isEmpty() ? MessageCard::tr("%1, not loaded").arg(part.title) : part.title;
    case Kind::Raw:
        return MessageCard::tr("Unknown shape, as captured");
    }
    return {};
}

QLabel *plainLabel(const QString &text)
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    return label;
}

QString previewOf(const ConversationMessage &message)
{
    for (const ConversationPart &part : message.parts) {
        const QString title = partTitle(part);
        const QString text = part.kind == Kind::Reasoning ? QString() : part.text.left(kPreview).simplified();
        if (!title.isEmpty() && !text.isEmpty())
            return title + QStringLiteral("  ") + text;
        if (!title.isEmpty() || !text.isEmpty())
            return title + text;
    }
    return {};
}

qsizetype lengthOf(const ConversationMessage &message)
{
    qsizetype length = 0;
    for (const ConversationPart &part : message.parts)
        length += part.text.size();
    return length;
}

/// Reasoning stays closed until asked for.
QWidget *reasoningWidget(const ConversationPart &part)
{
    auto *widget = new QWidget;
    auto *layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    auto *header = new FoldHeader(partTitle(part));
    header->setDetails(part.text.isEmpty() ? MessageCard::tr("not captured") : lengthText(part.text.size()));
    layout->addWidget(header);
    QObject::connect(header, &FoldHeader::toggled, widget, [layout, text = part.text](bool open) {
        if (open && layout->count() == 1)
            layout->addWidget(new FoldedText(text, kTextFold));
        else if (layout->count() > 1)
            layout->itemAt(1)->widget()->setVisible(open);
    });
    return widget;
}

QWidget *titledWidget(const ConversationPart &part)
{
    auto *widget = new QWidget;
    auto *layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    auto *top = new QHBoxLayout;
    QLabel *title = plainLabel(partTitle(part));
    QFont bold = title->font();
    bold.setWeight(QFont::DemiBold);
    title->setFont(bold);
    top->addWidget(title);
    if (!part.callId.isEmpty()) {
        QLabel *id = plainLabel(shortenId(part.callId, 20));
        id->setForegroundRole(QPalette::PlaceholderText);
        id->setToolTip(plainToolTip(part.callId.left(200)));
        top->addWidget(id);
    }
    top->addStretch();
    layout->addLayout(top);
    if (!part.imageBase64.isEmpty())
        layout->addWidget(new ImageThumb(part.imageBase64));
    if (!part.text.isEmpty()) {
        auto *text = new FoldedText(part.text, kDataFold);
        if (part.kind != Kind::Media)
            text->setMonospace();
        layout->addWidget(part.kind == Kind::Media ? text : withJsonTree(text));
    }
    return widget;
}

QWidget *partWidget(const ConversationPart &part)
{
    switch (part.kind) {
    case Kind::Text:
        return withJsonTree(new FoldedText(part.text, kTextFold));
    case Kind::Reasoning:
        return reasoningWidget(part);
    case Kind::ToolCall:
    case Kind::ToolResult:
    case Kind::Media:
    case Kind::Raw:
        return titledWidget(part);
    }
    return nullptr;
}

} // namespace

bool holdsOneOf(const ConversationMessage &message, const QStringList &texts)
{
    return std::any_of(message.parts.begin(), message.parts.end(), [&texts](const ConversationPart &part) {
        return std::any_of(texts.begin(), texts.end(), [&part](const QString &text) {
            return part.text.contains(text, Qt::CaseInsensitive);
        });
    });
}

QString messageTitle(const ConversationMessage &message)
{
    const bool output = message.origin == ConversationMessage::Origin::Output;
    switch (message.role) {
    case Role::User:
        return message.internal ? MessageCard::tr("User (added by a program)") : MessageCard::tr("User");
    case Role::System:
        return message.roleName == QLatin1String("developer") ? MessageCard::tr("Developer")
                                                              : MessageCard::tr("System");
    case Role::Assistant:
        return output ? MessageCard::tr("Assistant (output)") : MessageCard::tr("Assistant");
    case Role::Tool:
        return MessageCard::tr("Tool");
    case Role::Other:
        return message.roleName.left(60);
    }
    return {};
}

FoldHeader::FoldHeader(const QString &title, QWidget *parent)
    : QWidget(parent), m_button(new QToolButton), m_preview(plainLabel({})), m_details(plainLabel({}))
{
    m_button->setText(title);
    m_button->setAccessibleName(title);
    m_button->setAutoRaise(true);
    m_button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_button->setArrowType(Qt::RightArrow);
    m_button->setFocusPolicy(Qt::StrongFocus);
    QFont bold = m_button->font();
    bold.setWeight(QFont::DemiBold);
    m_button->setFont(bold);
    m_preview->setForegroundRole(QPalette::PlaceholderText);
    m_preview->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_details->setForegroundRole(QPalette::PlaceholderText);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_button);
    layout->addWidget(m_preview, 1);
    layout->addWidget(m_details);
    connect(m_button, &QToolButton::clicked, this, [this] { setOpen(!m_open); });
}

void FoldHeader::setDetails(const QString &text)
{
    m_details->setText(text);
}

void FoldHeader::setPreview(const QString &text)
{
    m_previewText = text;
    elidePreview();
}

void FoldHeader::setOpen(bool open)
{
    if (m_open == open)
        return;
    m_open = open;
    m_button->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
    elidePreview();
    Q_EMIT toggled(open);
}

void FoldHeader::elidePreview()
{
    m_preview->setText(
        m_open ? QString()
               : m_preview->fontMetrics().elidedText(m_previewText, Qt::ElideRight, m_preview->width()));
}

void FoldHeader::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layout()->activate();
    elidePreview();
}

void FoldHeader::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        setOpen(!m_open);
}

MessageCard::MessageCard(const ConversationMessage &message, bool open, QWidget *parent)
    : QFrame(parent),
      m_message(message),
      m_header(new FoldHeader(messageTitle(message))),
      m_body(new QWidget),
      m_bodyLayout(new QVBoxLayout(m_body))
{
    m_header->setPreview(previewOf(message));
    showDetails();
    m_bodyLayout->setContentsMargins(24, 0, 8, 4);
    m_bodyLayout->setSpacing(8);
    m_body->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(4);
    layout->addWidget(m_header);
    layout->addWidget(m_body);
    connect(m_header, &FoldHeader::toggled, this, [this](bool on) {
        buildBody();
        m_body->setVisible(on);
    });
    setOpen(open);
}

void MessageCard::showDetails()
{
    QStringList details;
    if (m_new)
        details += tr("new");
    if (const qsizetype length = lengthOf(m_message); length > 0)
        details += lengthText(length);
    if (!m_message.finishReason.isEmpty())
        details += tr("finished: %1").arg(m_message.finishReason.left(40));
    m_header->setDetails(details.join(QStringLiteral(" · ")));
}

void MessageCard::setNew(bool isNew)
{
    m_new = isNew;
    showDetails();
    update();
}

void MessageCard::setMarkdown(bool on)
{
    m_markdown = on;
    for (auto *text : m_body->findChildren<FoldedText *>(QString(), Qt::FindDirectChildrenOnly))
        text->setMarkdown(on);
    for (auto *json : m_body->findChildren<JsonText *>(QString(), Qt::FindDirectChildrenOnly))
        json->text()->setMarkdown(on);
}

void MessageCard::setMarked(const QStringList &texts)
{
    m_marked = texts;
    for (auto *text : m_body->findChildren<FoldedText *>())
        text->setMarked(texts);
    if (holdsOneOf(m_message, texts))
        setOpen(true);
}

bool MessageCard::isOpen() const
{
    return m_header->isOpen();
}

void MessageCard::setOpen(bool open)
{
    m_header->setOpen(open);
}

void MessageCard::buildBody()
{
    if (m_built)
        return;
    m_built = true;
    for (const ConversationPart &part : m_message.parts)
        m_bodyLayout->addWidget(partWidget(part));
    if (m_message.parts.empty()) {
        QLabel *empty = plainLabel(tr("empty"));
        empty->setForegroundRole(QPalette::PlaceholderText);
        m_bodyLayout->addWidget(empty);
    }
    setMarkdown(m_markdown);
    for (auto *text : m_body->findChildren<FoldedText *>())
        text->setMarked(m_marked);
}

QString MessageCard::plainText() const
{
    QStringList lines{messageTitle(m_message)};
    for (const ConversationPart &part : m_message.parts) {
        const QString title = partTitle(part);
        if (!title.isEmpty())
            lines += title;
        lines += part.text;
    }
    return lines.join(QLatin1Char('\n'));
}

/// A hairline around, and a bar at the left whose colour tells input from output; the title says it too.
void MessageCard::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.hairline);
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    const bool output = m_message.origin == ConversationMessage::Origin::Output;
    painter.setPen(Qt::NoPen);
    painter.setBrush(output || m_new ? theme.accent : theme.hairline); // the header says which
    painter.drawRoundedRect(QRectF(0.5, 0.5, 3, height() - 1), 1.5, 1.5);
}

} // namespace genscope
