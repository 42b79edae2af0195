// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/listen/snippetbox.h"

#include "app/icons.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QFrame>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QTabBar>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

namespace genscope {

SnippetBox::SnippetBox(QWidget *parent)
    : QWidget(parent), m_tabs(new QTabBar(this)), m_code(new QLabel(this)), m_copy(new QToolButton(this))
{
    setAccessibleName(tr("Code for SDKs"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setAccessibleName(tr("Language"));
    m_code->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_code->setTextFormat(Qt::PlainText);
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_code->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_code->setMargin(10);
    m_code->setFrameShape(QFrame::StyledPanel);
    m_code->setBackgroundRole(QPalette::Base);
    m_code->setAutoFillBackground(true);
    m_code->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_copy->setIcon(strokeIcon(QStringLiteral("copy")));
    m_copy->setText(tr("Copy"));
    m_copy->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_copy->setAutoRaise(true);
    m_copy->setFocusPolicy(Qt::TabFocus);
    m_copy->setToolTip(tr("Copy these lines"));

    auto *top = new QHBoxLayout;
    top->addWidget(m_tabs, 1);
    top->addWidget(m_copy);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addLayout(top);
    layout->addWidget(m_code);

    connect(m_tabs, &QTabBar::currentChanged, this, &SnippetBox::show);
    connect(m_copy, &QToolButton::clicked, this, [this] {
        constexpr int kShownMs = 1500;
        QGuiApplication::clipboard()->setText(code());
        m_copy->setText(tr("Copied"));
        QTimer::singleShot(kShownMs, m_copy, [this] { m_copy->setText(tr("Copy")); });
    });
}

void SnippetBox::setSnippets(const QVector<SdkSnippet> &snippets)
{
    m_snippets = snippets;
    const QSignalBlocker blocker(m_tabs);
    const int current = std::max(m_tabs->currentIndex(), 0);
    while (m_tabs->count() > 0)
        m_tabs->removeTab(0);
    qsizetype mostLines = 1;
    for (const SdkSnippet &snippet : snippets) {
        m_tabs->addTab(snippet.title);
        mostLines = std::max(mostLines, snippet.code.count(QLatin1Char('\n')) + 1);
    }
    // As tall as the longest, so that nothing moves when another language is chosen.
    m_code->setFixedHeight(static_cast<int>(mostLines) * m_code->fontMetrics().lineSpacing() + 24);
    m_tabs->setCurrentIndex(std::min(current, m_tabs->count() - 1));
    show(m_tabs->currentIndex());
}

QString SnippetBox::code() const
{
    return m_code->text();
}

void SnippetBox::show(int index)
{
    m_code->setText(index >= 0 && index < m_snippets.size() ? m_snippets[index].code : QString());
}

} // namespace genscope
