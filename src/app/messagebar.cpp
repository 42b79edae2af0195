// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/messagebar.h"

#include "app/icons.h"
#include "charts/theme.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace genscope {

namespace {

constexpr int kMostMessages = 4;
constexpr int kMarkWidth = 3;

QColor colorOf(Message::Severity severity, const Theme &theme)
{
    switch (severity) {
    case Message::Severity::Notice:
        return theme.accent;
    case Message::Severity::Warning:
        return theme.warning;
    case Message::Severity::Error:
        return theme.error;
    }
    return theme.accent;
}

QString iconOf(Message::Severity severity)
{
    switch (severity) {
    case Message::Severity::Notice:
        return QStringLiteral("info");
    case Message::Severity::Warning:
        return QStringLiteral("warning");
    case Message::Severity::Error:
        return QStringLiteral("error");
    }
    return {};
}

} // namespace

class MessageBar::Row final : public QWidget
{
public:
    Row(const Message &message, MessageBar *bar) : QWidget(bar), m_message(message)
    {
        m_more = new QToolButton(this);
        m_more->setAutoRaise(true);
        m_more->setFocusPolicy(Qt::TabFocus);
        m_more->hide();
        QObject::connect(m_more, &QToolButton::clicked, bar, [bar] { bar->setExpanded(!bar->m_expanded); });
        m_icon = new QLabel(this);
        m_icon->setAlignment(Qt::AlignTop);
        auto *text = new QLabel(message.text, this);
        text->setTextFormat(Qt::PlainText);
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);

        auto *line = new QHBoxLayout;
        line->setSpacing(8);
        line->addWidget(m_icon, 0, Qt::AlignVCenter);
        line->addWidget(text, 1);
        if (message.action) {
            auto *act = new QPushButton(message.actionText, this);
            QObject::connect(act, &QPushButton::clicked, this, message.action);
            line->addWidget(act);
        }
        if (!message.details.isEmpty())
            addDetails(line);
        line->addWidget(m_more);
        auto *copy = addButton(line, QStringLiteral("copy"), MessageBar::tr("Copy the message"));
        QObject::connect(copy, &QToolButton::clicked, this, [this] {
            const QString &details = m_message.details;
            QGuiApplication::clipboard()->setText(
                details.isEmpty() ? m_message.text : m_message.text + QLatin1Char('\n') + details);
        });
        auto *dismiss = addButton(line, QStringLiteral("close"), MessageBar::tr("Dismiss"));
        QObject::connect(dismiss, &QToolButton::clicked, bar, [this, bar] { bar->remove(this); });

        auto *layout = new QVBoxLayout(this);
        layout->setContentsMargins(kMarkWidth + 13, 6, 12, 6);
        layout->addLayout(line);
        if (m_details != nullptr)
            layout->addWidget(m_details);
        setAccessibleName(message.text);
        dress();
    }

    const Message &message() const { return m_message; }
    /// A button to show the other messages or hide them; empty: none.
    void setMore(const QString &text)
    {
        m_more->setText(text);
        m_more->setVisible(!text.isEmpty());
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::of(palette());
        QPainter painter(this);
        painter.fillRect(rect(), theme.surface);
        painter.fillRect(QRect(0, 0, kMarkWidth, height()), colorOf(m_message.severity, theme));
        painter.fillRect(QRect(0, height() - 1, width(), 1), theme.hairline);
    }

    void changeEvent(QEvent *event) override
    {
        if (event->type() == QEvent::PaletteChange)
            dress();
        QWidget::changeEvent(event);
    }

private:
    void dress()
    {
        const QColor color = colorOf(m_message.severity, Theme::of(palette()));
        m_icon->setPixmap(strokeIcon(iconOf(m_message.severity), color).pixmap(16));
    }

    QToolButton *addButton(QHBoxLayout *line, const QString &iconName, const QString &name)
    {
        auto *button = new QToolButton(this);
        button->setAutoRaise(true);
        button->setIcon(strokeIcon(iconName));
        button->setToolTip(name);
        button->setAccessibleName(name);
        button->setFocusPolicy(Qt::TabFocus);
        line->addWidget(button);
        return button;
    }

    void addDetails(QHBoxLayout *line)
    {
        m_details = new QPlainTextEdit(m_message.details, this);
        m_details->setReadOnly(true);
        m_details->setTabChangesFocus(true);
        m_details->setAccessibleName(MessageBar::tr("Details"));
        m_details->setFixedHeight(8 * m_details->fontMetrics().lineSpacing());
        m_details->hide();
        auto *toggle = new QToolButton(this);
        toggle->setText(MessageBar::tr("Details"));
        toggle->setCheckable(true);
        toggle->setAutoRaise(true);
        toggle->setFocusPolicy(Qt::TabFocus);
        QObject::connect(toggle, &QToolButton::toggled, m_details, &QWidget::setVisible);
        line->addWidget(toggle);
    }

    Message m_message;
    QLabel *m_icon = nullptr;
    QToolButton *m_more = nullptr;
    QPlainTextEdit *m_details = nullptr;
};

MessageBar::MessageBar(QWidget *parent) : QWidget(parent), m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    setVisible(false);
}

void MessageBar::show(const Message &message)
{
    for (Row *row : std::as_const(m_rows)) {
        if (row->message().text == message.text && row->message().severity == message.severity) {
            remove(row);
            break;
        }
    }
    auto *row = new Row(message, this);
    // What is worse stands above what came later: one row is shown, and it must not hide an error.
    const auto before = std::find_if(m_rows.cbegin(), m_rows.cend(), [&message](const Row *other) {
        return other->message().severity <= message.severity;
    });
    const auto place = before - m_rows.cbegin();
    m_rows.insert(place, row);
    m_layout->insertWidget(static_cast<int>(place), row);
    while (m_rows.size() > kMostMessages)
        remove(m_rows.back());
    arrange();
    QAccessibleEvent alert(row, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void MessageBar::remove(Row *row)
{
    m_rows.removeOne(row);
    m_layout->removeWidget(row);
    row->hide();
    row->deleteLater();
    arrange();
}

void MessageBar::setExpanded(bool expanded)
{
    m_expanded = expanded;
    arrange();
}

void MessageBar::arrange()
{
    const int others = static_cast<int>(m_rows.size()) - 1;
    m_expanded = m_expanded && others > 0;
    for (Row *row : std::as_const(m_rows)) {
        const bool first = row == m_rows.front();
        row->setVisible(first || m_expanded);
        row->setMore(!first || others < 1 ? QString()
                     : m_expanded         ? tr("Less")
                                          : tr("%n more", nullptr, others));
    }
    setVisible(!m_rows.isEmpty());
}

void MessageBar::withdraw(const QString &subject)
{
    for (Row *row : QVector<Row *>(m_rows)) {
        const Message &said = row->message();
        if ((said.subject.isEmpty() ? said.text : said.subject) == subject)
            remove(row);
    }
}

void MessageBar::clear()
{
    while (!m_rows.isEmpty())
        remove(m_rows.back());
}

QStringList MessageBar::texts() const
{
    QStringList texts;
    for (const Row *row : m_rows)
        texts.push_back(row->message().text);
    return texts;
}

} // namespace genscope
