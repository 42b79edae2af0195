// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/startpage.h"

#include "app/icons.h"
#include "app/listen/snippetbox.h"
#include "charts/theme.h"
#include "core/format.h"
#include "models/tablecolumns.h"
#include "sync/captureserver.h"

#include <QAbstractButton>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QStyleOption>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace genscope {

namespace {

constexpr int kColumnWidth = 640;

/// A wide button: icon, title, and a line that says what it does.
class StartButton final : public QAbstractButton
{
public:
    StartButton(const QString &iconName, const QString &title, const QString &hint, QWidget *parent)
        : QAbstractButton(parent), m_hint(hint)
    {
        setIcon(strokeIcon(iconName));
        setText(title);
        setAccessibleName(title);
        setAccessibleDescription(hint);
        setFocusPolicy(Qt::StrongFocus);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setAttribute(Qt::WA_Hover);
    }

    QSize sizeHint() const override { return {240, std::max(56, 2 * fontMetrics().lineSpacing() + 24)}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::of(palette());
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const bool hot = isEnabled() && (underMouse() || isDown());
        painter.setPen(QPen(hasFocus() ? theme.accent : theme.hairline, hasFocus() ? 2 : 1));
        painter.setBrush(hot ? theme.raised : theme.surface);
        const qreal inset = hasFocus() ? 1 : 0.5;
        painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), 6, 6);

        const int line = fontMetrics().lineSpacing();
        const QRect iconRect(16, (height() - 24) / 2, 24, 24);
        icon().paint(&painter, iconRect, Qt::AlignCenter, isEnabled() ? QIcon::Normal : QIcon::Disabled);
        QRect text(56, (height() - 2 * line - 2) / 2, width() - 72, line);
        const QColor faint = palette().color(QPalette::Disabled, QPalette::WindowText);
        painter.setPen(isEnabled() ? theme.text : faint);
        painter.setFont(titleFont(font()));
        painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(this->text(), Qt::ElideMiddle, text.width()));
        text.translate(0, line + 2);
        painter.setPen(isEnabled() ? theme.mutedText : faint);
        painter.setFont(smallFont(font()));
        painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(m_hint, Qt::ElideMiddle, text.width()));
    }

    void keyPressEvent(QKeyEvent *event) override
    {
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
            click();
        else
            QAbstractButton::keyPressEvent(event);
    }

private:
    QString m_hint;
};

QLabel *makeHeading(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setFont(titleFont(label->font()));
    return label;
}

QString describe(const RecentStores::Entry &entry)
{
    const QString folder = QFileInfo(entry.path).absolutePath();
    if (!entry.exists)
        return StartPage::tr("%1 – not found").arg(folder);
    const QLocale locale;
    return StartPage::tr("%1, %2 – %3")
        .arg(formatBytes(entry.bytes, locale), locale.toString(entry.modified, QLocale::ShortFormat), folder);
}

} // namespace

StartPage::StartPage(bool hasSample, QWidget *parent) : QWidget(parent)
{
    auto *column = new QWidget(this);
    column->setMaximumWidth(kColumnWidth);
    column->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto *rows = new QVBoxLayout(column);
    rows->setContentsMargins(24, 24, 24, 24);
    rows->setSpacing(8);

    auto *logo = new QLabel(column);
    logo->setPixmap(applicationIcon().pixmap(56));
    auto *title = new QLabel(tr("Genscope"), column);
    title->setFont(numberFont(title->font()));
    auto *claim = new QLabel(
        tr("What LLM features cost, who uses them, where they fail, where they are slow."), column);
    claim->setForegroundRole(QPalette::PlaceholderText);
    claim->setWordWrap(true);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(title);
    words->addWidget(claim);
    auto *header = new QHBoxLayout;
    header->setSpacing(16);
    header->addWidget(logo);
    header->addLayout(words, 1);
    rows->addLayout(header);
    rows->addSpacing(16);
    rows->addWidget(makeChoices(hasSample));

    m_recentBox = new QWidget(column);
    auto *recentLayout = new QVBoxLayout(m_recentBox);
    recentLayout->setContentsMargins(0, 16, 0, 0);
    recentLayout->addWidget(makeHeading(tr("Recent stores"), m_recentBox));
    m_recentRows = new QVBoxLayout;
    m_recentRows->setSpacing(4);
    recentLayout->addLayout(m_recentRows);
    rows->addWidget(m_recentBox);

    auto *outer = new QVBoxLayout(this);
    outer->addStretch(2);
    auto *centre = new QHBoxLayout;
    centre->addStretch(1);
    centre->addWidget(column, 100);
    centre->addStretch(1);
    outer->addLayout(centre);
    outer->addStretch(3);
}

QWidget *StartPage::makeChoices(bool hasSample)
{
    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    const auto add = [&](const QString &iconName, const QString &title, const QString &hint, auto signal) {
        auto *button = new StartButton(iconName, title, hint, box);
        connect(button, &QAbstractButton::clicked, this, signal);
        layout->addWidget(button);
    };
    add(QStringLiteral("file"), tr("Open files…"),
        tr("Event dumps as JSON Lines, JSON or CSV, compressed or in archives, or a store. Or drop them "
           "here."),
        &StartPage::openFilesRequested);
    add(QStringLiteral("folder"), tr("Open a folder…"), tr("Every dump in it, in its folders as well."),
        &StartPage::openFolderRequested);
    add(QStringLiteral("connect"), tr("Connect to PostHog…"),
        tr("Pulls the AI events of a project, and goes on while the store is open."),
        &StartPage::connectRequested);
    add(QStringLiteral("listen"), tr("Listen for SDKs"),
        tr("Takes what PostHog SDKs on this machine send: add these lines to a program."),
        &StartPage::listenRequested);
    m_snippets = new SnippetBox(box);
    m_snippets->setSnippets(
        sdkSnippets(QStringLiteral("http://127.0.0.1:%1").arg(CaptureServer::kUsualPort)));
    layout->addWidget(m_snippets);
    if (hasSample)
        add(QStringLiteral("sample"), tr("Explore the sample"),
            tr("Five weeks of an invented company's LLM features."), &StartPage::sampleRequested);
    return box;
}

void StartPage::setRecent(const QVector<RecentStores::Entry> &entries)
{
    while (QLayoutItem *item = m_recentRows->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    constexpr qsizetype kShown = 5;
    for (const RecentStores::Entry &entry : entries.mid(0, kShown)) {
        auto *row = new QWidget(m_recentBox);
        auto *layout = new QHBoxLayout(row);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(4);
        auto *open = new StartButton(QStringLiteral("store"), QFileInfo(entry.path).completeBaseName(),
                                     describe(entry), row);
        open->setEnabled(entry.exists);
        open->setToolTip(plainToolTip(entry.path));
        connect(open, &QAbstractButton::clicked, this,
                [this, path = entry.path] { Q_EMIT storeRequested(path); });
        auto *forget = new QToolButton(row);
        forget->setIcon(strokeIcon(QStringLiteral("close")));
        forget->setAutoRaise(true);
        forget->setFocusPolicy(Qt::TabFocus);
        forget->setToolTip(tr("Remove from this list; the file is kept"));
        forget->setAccessibleName(tr("Remove %1 from this list").arg(open->text()));
        connect(forget, &QToolButton::clicked, this,
                [this, path = entry.path] { Q_EMIT forgetRequested(path); });
        layout->addWidget(open, 1);
        layout->addWidget(forget);
        m_recentRows->addWidget(row);
    }
    m_recentBox->setVisible(!entries.isEmpty());
}

} // namespace genscope
