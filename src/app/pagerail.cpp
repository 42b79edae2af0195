// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pagerail.h"

#include "app/icons.h"
#include "charts/theme.h"

#include <QAbstractButton>
#include <QAction>
#include <QEvent>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace genscope {

namespace {

constexpr int kCollapsedWidth = 48;
constexpr int kIcon = 20;
constexpr int kRow = 32; ///< twelve of them fit into the smallest window
constexpr int kIconLeft = 14;
constexpr int kGroupGap = 8;

} // namespace

class PageRail::Button final : public QAbstractButton
{
public:
    Button(QAction *action, PageRail *rail) : QAbstractButton(rail), m_rail(rail), m_action(action)
    {
        setCheckable(true);
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        QObject::connect(action, &QAction::changed, this, [this] { copyFromAction(); });
        QObject::connect(this, &QAbstractButton::clicked, action, &QAction::trigger);
        copyFromAction();
    }

    int wordWidth() const { return QFontMetrics(smallFont(font())).horizontalAdvance(text()); }

    QSize sizeHint() const override { return {kCollapsedWidth, kRow}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::of(palette());
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF body = QRectF(rect()).adjusted(4, 1, -4, -1);
        if (isChecked() || (underMouse() && isEnabled())) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.raised);
            painter.drawRoundedRect(body, 6, 6);
        }
        if (isChecked()) { // position as well as colour says which page this is
            painter.setBrush(theme.accent);
            painter.setPen(Qt::NoPen);
            painter.drawRoundedRect(QRectF(0, body.top() + 6, 3, body.height() - 12), 1.5, 1.5);
        }
        if (hasFocus()) {
            painter.setPen(QPen(theme.accent, 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(body.adjusted(1, 1, -1, -1), 6, 6);
        }
        const bool words = !m_rail->isCollapsed();
        const QRect iconRect(words ? kIconLeft : (width() - kIcon) / 2, (height() - kIcon) / 2, kIcon, kIcon);
        icon().paint(&painter, iconRect, Qt::AlignCenter, isEnabled() ? QIcon::Normal : QIcon::Disabled,
                     isChecked() ? QIcon::On : QIcon::Off);
        if (!words)
            return;
        painter.setFont(smallFont(font()));
        painter.setPen(isChecked() ? theme.text : theme.mutedText);
        painter.drawText(rect().adjusted(iconRect.right() + 9, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                         text());
    }

private:
    void copyFromAction()
    {
        setText(m_action->text().remove(QLatin1Char('&')));
        setIcon(m_action->icon());
        setChecked(m_action->isChecked());
        setEnabled(m_action->isEnabled());
        setAccessibleName(text());
        setToolTip(
            QStringLiteral("%1 (%2)").arg(text(), m_action->shortcut().toString(QKeySequence::NativeText)));
    }

    PageRail *m_rail;
    QAction *m_action;
};

PageRail::PageRail(QWidget *parent)
    : QWidget(parent), m_layout(new QVBoxLayout(this)), m_toggle(new QToolButton(this))
{
    setAccessibleName(tr("Pages"));
    m_toggle->setAutoRaise(true);
    m_toggle->setFocusPolicy(Qt::TabFocus);
    connect(m_toggle, &QToolButton::clicked, this, [this] { setCollapsed(!m_collapsed); });
    m_layout->setContentsMargins(0, 8, 1, 8);
    m_layout->setSpacing(0);
    m_layout->addStretch(1);
    m_layout->addWidget(m_toggle, 0, Qt::AlignHCenter);
    updateWidth();
}

void PageRail::addPage(QAction *action, bool beginsGroup)
{
    auto *button = new Button(action, this);
    const int end = m_layout->count() - 2; // the stretch and the toggle stay last
    if (beginsGroup)
        m_layout->insertSpacing(end, kGroupGap);
    m_layout->insertWidget(m_layout->count() - 2, button);
    m_buttons.push_back(button);
    setTabOrder(button, m_toggle);
    updateWidth();
}

void PageRail::setCollapsed(bool collapsed)
{
    const bool changed = collapsed != m_collapsed;
    m_collapsed = collapsed;
    updateWidth();
    if (changed)
        Q_EMIT collapsedChanged(collapsed);
}

void PageRail::updateWidth()
{
    int width = kCollapsedWidth;
    if (!m_collapsed) {
        for (const Button *button : std::as_const(m_buttons))
            width = std::max(width, kIconLeft + kIcon + 8 + button->wordWidth() + 16);
    }
    setFixedWidth(width);
    for (Button *button : std::as_const(m_buttons))
        button->updateGeometry();
    const QString name = m_collapsed ? tr("Show the names of the pages") : tr("Show icons only");
    m_toggle->setIcon(strokeIcon(m_collapsed ? QStringLiteral("expand") : QStringLiteral("collapse")));
    m_toggle->setToolTip(name);
    m_toggle->setAccessibleName(name);
}

void PageRail::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(QRect(width() - 1, 0, 1, height()), Theme::of(palette()).hairline);
}

void PageRail::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        updateWidth();
    QWidget::changeEvent(event);
}

} // namespace genscope
