// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/chartlegend.h"

#include "charts/theme.h"

#include <QAbstractButton>
#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace genscope {

namespace {

constexpr int kSwatch = 10;
constexpr int kGap = 6;
constexpr int kPadding = 4;
constexpr int kBetween = 6;
constexpr int kMostLines = 2;
constexpr int kMostLabel = 220; ///< pixels; longer labels are elided and whole in the tooltip

} // namespace

class ChartLegend::Button final : public QAbstractButton
{
public:
    Button(ChartLegend *legend, int index) : QAbstractButton(legend), m_legend(legend), m_index(index)
    {
        setFocusPolicy(Qt::TabFocus);
        setCursor(Qt::PointingHandCursor);
        setAttribute(Qt::WA_Hover);
    }

    void setEntry(const Entry &entry)
    {
        m_entry = entry;
        setAccessibleName(entry.value.isEmpty() ? entry.label
                                                : entry.label + QStringLiteral(", ") + entry.value);
        describe();
        update();
    }
    void setShown(bool shown)
    {
        m_shown = shown;
        describe();
        update();
    }
    QSize sizeHint() const override
    {
        const QFontMetrics metrics(smallFont(font()));
        const int label = std::min(metrics.horizontalAdvance(m_entry.label) + 1, kMostLabel);
        return {2 * kPadding + kSwatch + kGap + label, std::max(20, metrics.height() + 4)};
    }
    int widthWithValue() const
    {
        const QFontMetrics metrics(smallFont(font()));
        return sizeHint().width() +
               (m_entry.value.isEmpty() ? 0 : 2 * kGap + metrics.horizontalAdvance(m_entry.value));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::of(palette());
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (underMouse() && isEnabled()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.raised);
            painter.drawRoundedRect(rect(), 4, 4);
        }
        paintSwatch(painter, theme);
        paintText(painter, theme);
        if (hasFocus()) {
            painter.setPen(QPen(theme.accent, 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
        }
    }
    void mouseReleaseEvent(QMouseEvent *event) override
    {
        const bool inside = rect().contains(event->pos());
        QAbstractButton::mouseReleaseEvent(event);
        if (!std::exchange(m_second, false) && event->button() == Qt::LeftButton && inside)
            choose(event->modifiers());
    }
    void mouseDoubleClickEvent(QMouseEvent *event) override
    {
        m_second = true; // its release is no click of its own
        if (event->button() == Qt::LeftButton)
            Q_EMIT m_legend->isolateRequested(m_index, true);
    }
    void keyPressEvent(QKeyEvent *event) override
    {
        if (event->key() == Qt::Key_Space)
            choose(event->modifiers());
        else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
            Q_EMIT m_legend->activated(m_index, event->modifiers());
        else
            QAbstractButton::keyPressEvent(event);
    }

private:
    void choose(Qt::KeyboardModifiers modifiers)
    {
        if (modifiers & Qt::ShiftModifier)
            Q_EMIT m_legend->activated(m_index, modifiers);
        else if (modifiers & Qt::ControlModifier)
            Q_EMIT m_legend->isolateRequested(m_index, false);
        else
            Q_EMIT m_legend->toggleRequested(m_index);
    }
    void describe()
    {
        // A tooltip that may be markup shows as such, so the untrusted name is escaped.
        const QString name = m_entry.label.toHtmlEscaped();
        setToolTip(QStringLiteral("<p style='white-space:pre'>%1</p><p>%2</p>")
                       .arg(name, ChartLegend::tr("Click to hide or show it, double-click to show only this, "
                                                  "Shift+click for the rows behind it")));
        setAccessibleDescription(m_shown ? ChartLegend::tr("shown") : ChartLegend::tr("hidden"));
    }
    void paintSwatch(QPainter &painter, const Theme &theme) const
    {
        const QRectF box(kPadding, (height() - kSwatch) / 2.0, kSwatch, kSwatch);
        QColor color = m_shown ? m_entry.color : theme.other;
        if (m_entry.swatch == Swatch::Box) {
            painter.setPen(m_shown ? QPen(Qt::NoPen) : QPen(color, 1));
            painter.setBrush(m_shown ? QBrush(color) : QBrush(Qt::NoBrush));
            painter.drawRoundedRect(m_shown ? box : box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
            return;
        }
        QPen pen(color, m_entry.swatch == Swatch::BoldLine ? 3 : m_entry.swatch == Swatch::Line ? 2 : 1.4);
        pen.setCapStyle(Qt::FlatCap);
        if (m_entry.swatch == Swatch::DashedLine)
            pen.setDashPattern({1.5, 1});
        painter.setPen(pen);
        painter.drawLine(QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y()));
    }
    void paintText(QPainter &painter, const Theme &theme) const
    {
        QFont font = smallFont(this->font());
        font.setStrikeOut(!m_shown);
        painter.setFont(font);
        const QFontMetrics metrics(font);
        QRect space = rect().adjusted(kPadding + kSwatch + kGap, 0, -kPadding, 0);
        painter.setPen(theme.mutedText);
        if (m_legend->m_layout == Layout::Column && !m_entry.value.isEmpty()) {
            painter.drawText(space, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, m_entry.value);
            space.setRight(space.right() - metrics.horizontalAdvance(m_entry.value) - 2 * kGap);
        }
        if (m_shown)
            painter.setPen(theme.text);
        painter.drawText(space, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         metrics.elidedText(m_entry.label, Qt::ElideMiddle, space.width()));
    }

    ChartLegend *m_legend;
    int m_index;
    Entry m_entry;
    bool m_shown = true;
    bool m_second = false; ///< between the second press of a double click and its release
};

ChartLegend::ChartLegend(QWidget *parent) : QWidget(parent)
{
    setAccessibleName(tr("Legend"));
}

void ChartLegend::setLayoutKind(Layout layout)
{
    if (m_layout == layout)
        return;
    m_layout = layout;
    arrange();
}

void ChartLegend::setEntries(const std::vector<Entry> &entries)
{
    while (m_buttons.size() > entries.size()) {
        delete m_buttons.back();
        m_buttons.pop_back();
    }
    while (m_buttons.size() < entries.size())
        m_buttons.push_back(new Button(this, static_cast<int>(m_buttons.size())));
    for (std::size_t i = 0; i < entries.size(); ++i)
        m_buttons[i]->setEntry(entries[i]);
    arrange();
}

void ChartLegend::setShown(const std::vector<bool> &shown)
{
    for (std::size_t i = 0; i < m_buttons.size(); ++i)
        m_buttons[i]->setShown(i >= shown.size() || shown[i]);
}

int ChartLegend::heightFor(int width) const
{
    if (m_buttons.empty())
        return 0;
    if (m_layout == Layout::Column)
        return m_buttons.front()->sizeHint().height() * static_cast<int>(m_buttons.size());
    return flow(width, false);
}

int ChartLegend::columnWidth() const
{
    int width = 0;
    for (const Button *button : m_buttons)
        width = std::max(width, button->widthWithValue());
    return width;
}

void ChartLegend::resizeEvent(QResizeEvent *)
{
    arrange();
}

void ChartLegend::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        arrange();
    QWidget::changeEvent(event);
}

void ChartLegend::arrange()
{
    if (m_layout == Layout::Row) {
        flow(width(), true);
        return;
    }
    if (m_buttons.empty())
        return;
    const int wanted = m_buttons.front()->sizeHint().height();
    const int line = std::min(wanted, std::max(14, height() / static_cast<int>(m_buttons.size())));
    int y = 0;
    for (Button *button : m_buttons) {
        button->setGeometry(0, y, width(), line);
        button->setVisible(y + line <= height());
        y += line;
    }
}

/// Lays buttons out in lines from left to right; where two lines do not hold them, they get narrower. Returns
/// the height.
int ChartLegend::flow(int width, bool apply) const
{
    if (m_buttons.empty())
        return 0;
    const int line = m_buttons.front()->sizeHint().height();
    int widest = 0;
    for (const Button *button : m_buttons)
        widest = std::max(widest, button->sizeHint().width());
    const auto place = [&](int limit, bool really) {
        int x = 0;
        int y = 0;
        for (Button *button : m_buttons) {
            const int w = std::min({button->sizeHint().width(), limit, std::max(width, 1)});
            if (x > 0 && x + w > width) {
                x = 0;
                y += line;
            }
            if (really) {
                button->setGeometry(x, y, w, line);
                button->setVisible(true);
            }
            x += w + kBetween;
        }
        return y + line;
    };
    int limit = widest;
    while (limit > 48 && place(limit, false) > kMostLines * line)
        limit -= 8;
    return place(limit, apply);
}

} // namespace genscope
