// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/reportpdf.h"

#include "charts/chartview.h"
#include "charts/theme.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QPainter>
#include <QPdfWriter>

#include <algorithm>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::Report)
};

constexpr int kGap = 16;
constexpr int kFooter = 24;
constexpr int kNumberHeight = 96;
constexpr int kNumbersInRow = 3;
constexpr int kSmallChart = 216;
constexpr int kLargeChart = 312;
constexpr int kTableLine = 20;

/// Lays blocks on pages from top to bottom, in the pixels that the charts were laid out in.
class PdfPages
{
public:
    PdfPages(QPdfWriter &writer, const ReportContent &content)
        : m_writer(writer),
          m_content(content),
          m_painter(&writer),
          m_theme(Theme::lightTheme()),
          m_font(QFont()),
          m_width(m_painter.viewport().width()),
          m_height(m_painter.viewport().height())
    {
        m_painter.setRenderHint(QPainter::Antialiasing);
        paintFooter();
    }

    void header();
    void numbers();
    void charts();
    void section(const ReportSection &section, bool isTitled);
    void totals();

private:
    void ensure(int height);
    void paintFooter();
    void line(const QString &text, const QFont &font, const QColor &color, int x, int width);
    void numberCell(const ReportTile &tile, const QRect &area);
    void chartCell(const ReportTile &tile, const QRect &area);
    void sectionTitle(const QString &title);
    void paragraph(const QString &text, const QFont &font, const QColor &color, int x);
    void table(const ReportTable &table);
    void tableRow(const QStringList &cells, const QFont &font, const QColor &color);

    QPdfWriter &m_writer;
    const ReportContent &m_content;
    QPainter m_painter;
    const Theme &m_theme;
    QFont m_font;
    int m_width;
    int m_height;
    int m_y = 0;
    int m_page = 1;
};

/// Begins a page where @p height does not fit any more.
void PdfPages::ensure(int height)
{
    if (m_y == 0 || m_y + height <= m_height - kFooter)
        return;
    m_writer.newPage();
    ++m_page;
    m_y = 0;
    paintFooter();
}

void PdfPages::paintFooter()
{
    m_painter.setFont(smallFont(m_font));
    m_painter.setPen(m_theme.mutedText);
    const QRect area(0, m_height - kFooter + 8, m_width, kFooter - 8);
    const QString page = Text::tr("Page %1").arg(m_page);
    m_painter.drawText(area, Qt::AlignRight | Qt::AlignBottom, page);
    const int left = m_width - m_painter.fontMetrics().horizontalAdvance(page) - kGap;
    m_painter.drawText(
        QRect(area.left(), area.top(), left, area.height()), Qt::AlignLeft | Qt::AlignBottom,
        m_painter.fontMetrics().elidedText(m_content.context.footer(m_content.zone, {}, m_content.locale),
                                           Qt::ElideRight, left));
}

void PdfPages::line(const QString &text, const QFont &font, const QColor &color, int x, int width)
{
    m_painter.setFont(font);
    m_painter.setPen(color);
    const QFontMetrics metrics(font, &m_writer);
    m_painter.drawText(QRect(x, m_y, width, metrics.height()),
                       Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                       metrics.elidedText(text, Qt::ElideRight, width));
}

void PdfPages::header()
{
    QFont big = titleFont(m_font);
    big.setPointSizeF(big.pointSizeF() * 1.7);
    line(m_content.title, big, m_theme.text, 0, m_width);
    m_y += QFontMetrics(big, &m_writer).height() + 8;
    const QFont font = smallFont(m_font);
    const QFontMetrics metrics(font, &m_writer);
    int labels = 0;
    for (const auto &[label, value] : m_content.facts())
        labels = std::max(labels, metrics.horizontalAdvance(label));
    for (const auto &[label, value] : m_content.facts()) {
        line(label, font, m_theme.mutedText, 0, labels + 2);
        constexpr int kFlags = Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap | Qt::TextWrapAnywhere;
        const QRect room(labels + kGap, m_y, m_width - labels - kGap, 5 * metrics.height());
        m_painter.setPen(m_theme.text);
        QRect used;
        m_painter.drawText(room, kFlags, value, &used);
        m_y += std::max(metrics.height(), std::min(used.height(), room.height())) + 2;
    }
    m_y += kGap;
}

void PdfPages::numberCell(const ReportTile &tile, const QRect &area)
{
    m_painter.setFont(titleFont(m_font));
    m_painter.setPen(m_theme.text);
    const int title = QFontMetrics(titleFont(m_font), &m_writer).height();
    m_painter.drawText(QRect(area.topLeft(), QSize(area.width(), title)), Qt::AlignLeft | Qt::TextSingleLine,
                       m_painter.fontMetrics().elidedText(tile.spec.title, Qt::ElideRight, area.width()));
    tile.tile->paintBody(m_painter, area.adjusted(0, title + 2, 0, 0));
}

void PdfPages::numbers()
{
    std::vector<const ReportTile *> found;
    for (const ReportTile &tile : m_content.tiles) {
        if (tile.spec.display == TileSpec::Display::Number)
            found.push_back(&tile);
    }
    const int width = (m_width - (kNumbersInRow - 1) * kGap) / kNumbersInRow;
    for (std::size_t i = 0; i < found.size(); i += kNumbersInRow) {
        ensure(kNumberHeight);
        for (std::size_t j = i; j < std::min(found.size(), i + kNumbersInRow); ++j)
            numberCell(*found[j], QRect(static_cast<int>(j - i) * (width + kGap), m_y, width, kNumberHeight));
        m_y += kNumberHeight + kGap;
    }
}

void PdfPages::chartCell(const ReportTile &tile, const QRect &area)
{
    m_painter.setPen(m_theme.hairline);
    m_painter.drawLine(area.topLeft(), area.topRight());
    m_painter.setFont(titleFont(m_font));
    m_painter.setPen(m_theme.text);
    const int title = QFontMetrics(titleFont(m_font), &m_writer).height();
    m_painter.drawText(QRect(area.left(), area.top() + 6, area.width(), title),
                       Qt::AlignLeft | Qt::TextSingleLine,
                       m_painter.fontMetrics().elidedText(tile.spec.title, Qt::ElideRight, area.width()));
    tile.tile->paintBody(m_painter, area.adjusted(0, title + 12, 0, 0));
}

/// Wide charts have a row of their own, the others share one by two.
void PdfPages::charts()
{
    const ReportTile *waiting = nullptr;
    const int half = (m_width - kGap) / 2;
    const auto flush = [&](const ReportTile *right) {
        if (!waiting)
            return;
        ensure(kSmallChart);
        chartCell(*waiting, QRect(0, m_y, half, kSmallChart));
        if (right)
            chartCell(*right, QRect(half + kGap, m_y, half, kSmallChart));
        m_y += kSmallChart + kGap;
        waiting = nullptr;
    };
    for (const ReportTile &tile : m_content.tiles) {
        if (tile.spec.display == TileSpec::Display::Number)
            continue;
        if (tile.spec.columnSpan >= 6) {
            flush(nullptr);
            const int height = tile.spec.rowSpan > 1 ? kLargeChart : kSmallChart;
            ensure(height);
            chartCell(tile, QRect(0, m_y, m_width, height));
            m_y += height + kGap;
        } else if (waiting) {
            flush(&tile);
        } else {
            waiting = &tile;
        }
    }
    flush(nullptr);
}

void PdfPages::tableRow(const QStringList &cells, const QFont &font, const QColor &color)
{
    if (cells.isEmpty())
        return;
    ensure(kTableLine);
    const auto others = static_cast<int>(cells.size()) - 1;
    const int number = m_width / std::max(7, others + 2);
    m_painter.setFont(font);
    m_painter.setPen(color);
    const int first = m_width - others * number;
    m_painter.drawText(QRect(0, m_y, first - 8, kTableLine),
                       Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                       m_painter.fontMetrics().elidedText(cells.front(), Qt::ElideRight, first - 8));
    for (int i = 0; i < others; ++i)
        m_painter.drawText(QRect(first + i * number, m_y, number, kTableLine),
                           Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, cells[i + 1]);
    m_y += kTableLine;
    m_painter.setPen(m_theme.hairline);
    m_painter.drawLine(0, m_y - 1, m_width, m_y - 1);
}

void PdfPages::sectionTitle(const QString &title)
{
    ensure(6 * kTableLine);
    m_y += 8;
    line(title, titleFont(m_font), m_theme.text, 0, m_width);
    m_y += QFontMetrics(titleFont(m_font), &m_writer).height() + 4;
}

/// Words that go over as many lines as they need.
void PdfPages::paragraph(const QString &text, const QFont &font, const QColor &color, int x)
{
    constexpr int kFlags = Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap;
    m_painter.setFont(font);
    const QRect used = m_painter.boundingRect(QRect(x, 0, m_width - x, m_height - kFooter), kFlags, text);
    ensure(used.height());
    m_painter.setFont(font); // a new page's footer had its own
    m_painter.setPen(color);
    m_painter.drawText(QRect(x, m_y, m_width - x, used.height()), kFlags, text);
    m_y += used.height();
}

void PdfPages::table(const ReportTable &table)
{
    tableRow(table.headings, smallFont(m_font), m_theme.mutedText);
    for (const QStringList &row : table.rows)
        tableRow(row, smallFont(m_font), m_theme.text);
}

void PdfPages::section(const ReportSection &section, bool isTitled)
{
    if (isTitled)
        sectionTitle(section.title);
    for (const QString &text : section.paragraphs) {
        paragraph(text, isTitled ? smallFont(m_font) : m_font, m_theme.text, 0);
        m_y += 6;
    }
    for (const auto &[caption, rows] : section.tables) {
        ensure(3 * kTableLine);
        if (!caption.isEmpty()) {
            m_y += 4;
            paragraph(caption, m_font, m_theme.text, 0);
        }
        table(rows);
        m_y += 8;
    }
    for (const auto &[term, meaning] : section.definitions) {
        ensure(3 * kTableLine);
        const int top = m_y;
        const int terms = m_width / 4;
        paragraph(meaning, smallFont(m_font), m_theme.text, terms + kGap);
        const int bottom = m_y;
        m_y = top; // the meaning never begins a page of its own: there was room for three lines
        line(term, smallFont(m_font), m_theme.mutedText, 0, terms);
        m_y = bottom + 4;
    }
    m_y += kGap / 2;
}

void PdfPages::totals()
{
    sectionTitle(Text::tr("Totals"));
    table(m_content.totals);
}

/// QPdfWriter writes when it was made. The same data and options give the same bytes; places in the file
/// stay.
QByteArray withoutDate(QByteArray pdf)
{
    static const QByteArray kKey = "/CreationDate (D:";
    constexpr char kEpoch[] = "19700101000000";
    const qsizetype at = pdf.indexOf(kKey);
    if (at >= 0)
        pdf.replace(at + kKey.size(), qsizetype{sizeof(kEpoch) - 1}, kEpoch, qsizetype{sizeof(kEpoch) - 1});
    return pdf;
}

} // namespace

QByteArray reportPdf(const ReportContent &content)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(content.title);
    writer.setCreator(QStringLiteral("Genscope"));
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF(15, 14, 15, 12), QPageLayout::Millimeter);
    // The charts were laid out for a screen of this density; text and lines then agree.
    if (!content.tiles.empty())
        writer.setResolution(content.tiles.front().tile->logicalDpiX());
    for (const ReportTile &tile : content.tiles)
        tile.tile->setPalette(Theme::lightTheme().palette());
    {
        PdfPages pages(writer, content);
        pages.header();
        pages.section(content.summary, false);
        pages.numbers();
        pages.charts();
        for (const ReportSection &section : content.sections)
            pages.section(section, true);
        pages.totals();
    }
    return withoutDate(buffer.data());
}

} // namespace genscope
