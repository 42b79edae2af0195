// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/figurestrip.h"

#include "app/tables/listview.h"
#include "charts/theme.h"
#include "core/format.h"

#include <QHeaderView>
#include <QHelpEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

namespace genscope {

namespace {

constexpr int kPadding = 8;

QString textOf(const Cell &cell, const TableColumn &column, const Zone &zone)
{
    return cellText({cell}, column, zone, QLocale()).text;
}

std::array<QString, 3> lineNames()
{
    return {FigureStrip::tr("Sum"), FigureStrip::tr("Mean"), FigureStrip::tr("p95")};
}

} // namespace

FigureStrip::FigureStrip(ListView *view, QWidget *parent) : QWidget(parent), m_view(view)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Sum, mean and p95 of the columns"));
    const auto repaint = [this] { update(); };
    connect(view->horizontalHeader(), &QHeaderView::sectionResized, this, repaint);
    connect(view->horizontalHeader(), &QHeaderView::sectionMoved, this, repaint);
    connect(view->horizontalHeader(), &QHeaderView::geometriesChanged, this, repaint);
    connect(view->horizontalScrollBar(), &QScrollBar::valueChanged, this, repaint);
}

void FigureStrip::setFigures(ListKind kind, const ListRows &rows, const std::vector<ColumnFigures> &figures)
{
    m_texts.clear();
    for (const ColumnFigures &figure : figures) {
        const TableColumn &column = rows.columns()[figure.column];
        const QString count = formatCount(figure.count, QLocale());
        Texts texts{{textOf(figure.sum, column, rows.zone()), textOf(figure.mean, column, rows.zone()),
                     textOf(figure.p95, column, rows.zone())},
                    tr("%1: %2 rows have a number").arg(column.title, count)};
        if (!addsUp(kind, column)) {
            texts.lines[0] = QStringLiteral("–");
            texts.hint += QLatin1Char('\n') + tr("Rates, and counts that rows share, do not add up.");
        }
        m_texts.emplace(column.name, std::move(texts));
    }
    update();
}

void FigureStrip::clear()
{
    m_texts.clear();
    update();
}

QStringList FigureStrip::textsOf(const std::string &column) const
{
    const auto found = m_texts.find(column);
    return found == m_texts.end() ? QStringList()
                                  : QStringList(found->second.lines.begin(), found->second.lines.end());
}

int FigureStrip::lineHeight() const
{
    return QFontMetrics(smallFont(font())).height() + 1;
}

int FigureStrip::labelWidth() const
{
    int width = 0;
    for (const QString &name : lineNames())
        width = std::max(width, QFontMetrics(smallFont(font())).horizontalAdvance(name));
    return width + 2 * kPadding;
}

QSize FigureStrip::sizeHint() const
{
    return {100, kLines * lineHeight() + 8};
}

void FigureStrip::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.setFont(smallFont(font()));
    painter.fillRect(rect(), theme.window);
    painter.fillRect(QRect(0, 0, width(), 1), theme.hairline);
    const auto &columns = m_view->listModel()->rows()->columns();
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (const auto found = m_texts.find(columns[i].name); found != m_texts.end())
            paintColumn(painter, static_cast<int>(i), found->second);
    if (!m_texts.empty())
        paintLabels(painter);
}

void FigureStrip::paintColumn(QPainter &painter, int section, const Texts &texts) const
{
    const Theme &theme = Theme::of(palette());
    const int left = m_view->columnLeft(section);
    const int width = m_view->columnWidth(section) - 2 * kPadding;
    if (width <= 0 || left > this->width() || left + width < 0)
        return;
    for (int line = 0; line < kLines; ++line) {
        const QRect cell(left + kPadding, 4 + line * lineHeight(), width, lineHeight());
        painter.setPen(line == 0 ? theme.text : theme.mutedText);
        const QString text = painter.fontMetrics().elidedText(texts.lines[static_cast<std::size_t>(line)],
                                                              Qt::ElideRight, cell.width());
        painter.drawText(cell, Qt::AlignRight | Qt::AlignVCenter, text);
    }
}

/// At the left, over whatever column is scrolled below them.
void FigureStrip::paintLabels(QPainter &painter) const
{
    const Theme &theme = Theme::of(palette());
    painter.fillRect(QRect(0, 1, labelWidth(), height() - 1), theme.window);
    painter.setPen(theme.mutedText);
    const auto names = lineNames();
    for (int line = 0; line < kLines; ++line)
        painter.drawText(QRect(kPadding, 4 + line * lineHeight(), labelWidth(), lineHeight()),
                         Qt::AlignLeft | Qt::AlignVCenter, names[static_cast<std::size_t>(line)]);
}

bool FigureStrip::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int section = m_view->horizontalHeader()->logicalIndexAt(help->pos().x());
    const auto &columns = m_view->listModel()->rows()->columns();
    const auto found = section < 0 || section >= static_cast<int>(columns.size())
                           ? m_texts.end()
                           : m_texts.find(columns[static_cast<std::size_t>(section)].name);
    QToolTip::showText(help->globalPos(),
                       found == m_texts.end() ? QString() : plainToolTip(found->second.hint), this);
    return true;
}

} // namespace genscope
