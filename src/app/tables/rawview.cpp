// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/rawview.h"

#include "core/format.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

#include <algorithm>

namespace genscope {

namespace {

/// Bytes of one long line that are laid out within a frame or two.
constexpr std::size_t kStep = 64'000;

/// Not inside a UTF-8 character.
std::string_view beginning(std::string_view text, std::size_t bytes)
{
    std::size_t end = std::min(bytes, text.size());
    while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    return text.substr(0, end);
}

} // namespace

RawView::RawView(QWidget *parent)
    : QWidget(parent),
      m_text(new QPlainTextEdit),
      m_indented(new QRadioButton(tr("Indented"))),
      m_captured(new QRadioButton(tr("As captured"))),
      m_extent(new QLabel),
      m_more(new QPushButton(tr("Show more")))
{
    m_indented->setChecked(true);
    m_text->setReadOnly(true);
    m_text->setAccessibleName(tr("Event as JSON"));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_text->setTabChangesFocus(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_extent->setForegroundRole(QPalette::PlaceholderText);
    auto *copy = new QPushButton(tr("Copy"));
    copy->setToolTip(tr("Copy the whole event"));

    auto *top = new QHBoxLayout;
    top->setContentsMargins(0, 8, 8, 0);
    top->setSpacing(8);
    top->addWidget(m_indented);
    top->addWidget(m_captured);
    top->addStretch();
    top->addWidget(copy);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(0, 0, 8, 4);
    foot->addWidget(m_more);
    foot->addWidget(m_extent, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(top);
    layout->addWidget(m_text, 1);
    layout->addLayout(foot);

    connect(m_indented, &QRadioButton::toggled, this, [this] {
        m_shownBytes = kStep;
        refresh();
    });
    connect(m_more, &QPushButton::clicked, this, &RawView::showMore);
    connect(copy, &QPushButton::clicked, this, &RawView::copyAll);
}

void RawView::setEvent(std::shared_ptr<const EventDetail> event)
{
    m_event = std::move(event);
    m_shownBytes = kStep;
    m_stale = true;
    refreshIfShown();
}

QString RawView::shownText() const
{
    return m_text->toPlainText();
}

void RawView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refreshIfShown();
}

void RawView::refreshIfShown()
{
    if (m_stale && isVisible())
        refresh();
}

void RawView::refresh()
{
    m_stale = false;
    m_more->hide();
    m_extent->clear();
    if (!m_event) {
        m_text->clear();
        return;
    }
    const std::string &raw = *m_event->raw;
    const QString size = formatBytes(static_cast<std::int64_t>(raw.size()), QLocale());
    if (m_indented->isChecked()) {
        m_text->setPlainText(m_event->pretty.text);
        m_extent->setText(m_event->pretty.cut ? tr("%1 in all; long values are cut here").arg(size) : size);
        return;
    }
    const std::string_view shown = beginning(raw, m_shownBytes);
    m_text->setPlainText(QString::fromUtf8(shown.data(), static_cast<qsizetype>(shown.size())));
    m_more->setVisible(shown.size() < raw.size());
    m_extent->setText(
        shown.size() < raw.size()
            ? tr("%1 of %2").arg(formatBytes(static_cast<std::int64_t>(shown.size()), QLocale()), size)
            : size);
}

/// Appended as a new line: laying out one line of megabytes would freeze the window.
void RawView::showMore()
{
    const std::string_view before = beginning(*m_event->raw, m_shownBytes);
    m_shownBytes += kStep;
    const std::string_view now = beginning(*m_event->raw, m_shownBytes);
    const std::string_view added = now.substr(before.size());
    m_text->appendPlainText(QString::fromUtf8(added.data(), static_cast<qsizetype>(added.size())));
    const bool all = now.size() == m_event->raw->size();
    m_more->setVisible(!all);
    m_extent->setText(tr("%1 of %2")
                          .arg(formatBytes(static_cast<std::int64_t>(now.size()), QLocale()),
                               formatBytes(static_cast<std::int64_t>(m_event->raw->size()), QLocale())));
}

void RawView::copyAll()
{
    if (!m_event)
        return;
    QString text;
    if (m_indented->isChecked()) {
        constexpr PrettyLimits kWhole{1u << 31, 1u << 31};
        const auto tree = JsonTree::parse(*m_event->raw);
        text = tree ? prettyJson((*tree)->root(), kWhole).text : QString();
    } else {
        text = QString::fromUtf8(m_event->raw->data(), static_cast<qsizetype>(m_event->raw->size()));
    }
    QGuiApplication::clipboard()->setText(text);
    Q_EMIT message(tr("Copied the event, %1.").arg(formatBytes(text.size(), QLocale())));
}

} // namespace genscope
