// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/reportpage.h"

#include "charts/celltext.h"
#include "charts/numbertile.h"
#include "charts/theme.h"
#include "charts/timeseries.h"
#include "core/format.h"

#include <QCoreApplication>
#include <QSize>

#include <algorithm>
#include <cmath>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::Report)
};

constexpr int kColumn = 100; ///< pixels of one of 12 columns
constexpr int kPadding = 16;
constexpr int kRow = 232;

QString escaped(const QString &text)
{
    return text.toHtmlEscaped();
}

QString themeVariables(const Theme &theme)
{
    return QStringLiteral("--window:%1;--surface:%2;--text:%3;--muted:%4;--hairline:%5;--accent:%6;--error:%"
                          "7;--warning:%8;")
        .arg(theme.window.name(), theme.surface.name(), theme.text.name(), theme.mutedText.name(),
             theme.hairline.name(), theme.accent.name(), theme.error.name(), theme.warning.name());
}

QString styleSheet()
{
    static const char kRules[] = R"(
*{box-sizing:border-box}
body{margin:0;background:var(--window);color:var(--text);font:15px/1.45 system-ui,"Segoe UI","DejaVu Sans",sans-serif;
 font-variant-numeric:tabular-nums}
main{max-width:1240px;margin:0 auto;padding:24px 20px 48px}
h1{font-size:24px;line-height:1.2;margin:0 0 12px}
h2{font-size:15px;margin:0 0 2px}
h2.section{font-size:18px;margin:32px 0 12px}
a{color:var(--accent)}
dl.facts{display:flex;flex-wrap:wrap;gap:4px 28px;margin:0 0 24px}
dl.facts div{display:flex;gap:8px}
dt{color:var(--muted)}
dd{margin:0;overflow-wrap:anywhere}
.numbers{display:grid;grid-template-columns:repeat(auto-fit,minmax(172px,1fr));gap:12px;margin-bottom:12px}
.charts{display:grid;grid-template-columns:repeat(12,1fr);gap:12px}
.card{background:var(--surface);border-radius:6px;padding:14px 16px;margin:0;min-width:0;display:flex;
 flex-direction:column}
.card details,.numbers .files{margin-top:auto}
.spark{display:block;width:100%;height:36px;margin:6px 0;overflow:visible}
.spark path{fill:none;stroke:var(--accent);stroke-width:1.5;vector-effect:non-scaling-stroke;stroke-linejoin:round}
.spark.alarm path{stroke:var(--error)}
.number{font-size:28px;font-weight:600;line-height:1.25}
.hint,.change,.files{color:var(--muted);font-size:13px;margin:0}
.alarm{color:var(--error)}
.unpriced{color:var(--warning);font-size:13px;margin:0}
.card img{display:block;width:100%;height:auto;margin:8px 0}
.files{margin-top:6px}
details{font-size:13px;margin-top:6px}
summary{cursor:pointer;color:var(--muted)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:4px 12px 4px 0;border-bottom:1px solid var(--hairline);overflow-wrap:anywhere}
th{color:var(--muted);font-weight:500}
th+th,td+td{text-align:right;white-space:nowrap;padding-left:12px;padding-right:0;overflow-wrap:normal}
.summary{max-width:76ch;font-size:16px;margin:0 0 24px}
.summary p{margin:0 0 8px}
.card>p{max-width:80ch;margin:4px 0 12px}
.card>p.hint,.card>p.unpriced,.card>p.change,.card>p.files{margin:0}
h3{font-size:14px;margin:20px 0 4px}
.card>h3:first-child{margin-top:0}
dl.definitions{display:grid;grid-template-columns:minmax(140px,220px) 1fr;gap:6px 24px;margin:0}
footer{color:var(--muted);font-size:13px;margin-top:32px}
@media (max-width:900px){.charts .card{grid-column:1/-1!important}}
@media print{body{background:none}.card{break-inside:avoid;border:1px solid var(--hairline)}.charts .card{grid-column:1/-1!important}}
)";
    return QStringLiteral(":root{color-scheme:light dark;%1}\n@media (prefers-color-scheme:dark){:root{%2}}")
               .arg(themeVariables(Theme::lightTheme()), themeVariables(Theme::darkTheme())) +
           QString::fromUtf8(kRules);
}

QString tableHtml(const ReportTable &table)
{
    QString html = QStringLiteral("<div class=\"scroll\"><table><thead><tr>");
    for (const QString &heading : table.headings)
        html += QStringLiteral("<th scope=\"col\">") + escaped(heading) + QStringLiteral("</th>");
    html += QStringLiteral("</tr></thead><tbody>\n");
    for (const QStringList &row : table.rows) {
        html += QStringLiteral("<tr>");
        for (const QString &cell : row)
            html += QStringLiteral("<td>") + escaped(cell) + QStringLiteral("</td>");
        html += QStringLiteral("</tr>\n");
    }
    return html + QStringLiteral("</tbody></table></div>");
}

QString dataUri(const QByteArray &svg)
{
    return QStringLiteral("data:image/svg+xml;base64,") + QString::fromLatin1(svg.toBase64());
}

/// The chart in both appearances; the reader's browser chooses.
QString pictureHtml(ChartTile &tile, const QSize &size, const QString &description)
{
    tile.setPalette(Theme::darkTheme().palette());
    const QByteArray dark = tile.svg(size, ChartTile::Frame::None);
    tile.setPalette(Theme::lightTheme().palette());
    const QByteArray light = tile.svg(size, ChartTile::Frame::None);
    return QStringLiteral("<picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"%1\">"
                          "<img src=\"%2\" width=\"%3\" height=\"%4\" alt=\"%5\"></picture>\n")
        .arg(dataUri(dark), dataUri(light))
        .arg(size.width())
        .arg(size.height())
        .arg(escaped(description));
}

QString filesHtml(const QString &id)
{
    const QString name = escaped(id);
    return QStringLiteral("<p class=\"files\"><a href=\"%1.svg\">SVG</a> · <a href=\"%1.png\">PNG</a> · "
                          "<a href=\"%1.csv\">CSV</a></p>\n")
        .arg(name);
}

QString unpricedHtml(const ChartTile &tile, const QLocale &locale)
{
    const ResultTable &result = tile.result();
    for (const ResultTable::Column &column : result.columns) {
        if (column.role == ResultTable::Role::Measure && column.unit == Unit::Usd && result.unpriced > 0)
            return QStringLiteral("<p class=\"unpriced\">%1</p>\n")
                .arg(escaped(
                    Text::tr("%1 unpriced, not in these sums").arg(formatCount(result.unpriced, locale))));
    }
    return {};
}

/// The course of a number, as lines between the gaps. It takes its colour from the page.
QString sparkHtml(const ReportTile &tile, const ReportContent &content)
{
    const TimeSeriesData data =
        buildTimeSeries(tile.tile->result(), TimeStyle::Lines, content.context, content.locale);
    if (data.series.empty() || data.buckets.size() < 2)
        return {};
    const std::vector<double> &numbers = data.series.front().numbers;
    double largest = 0;
    for (const double number : numbers)
        largest = number > largest ? number : largest;
    if (largest <= 0)
        return {};
    QString path;
    bool drawing = false;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (std::isnan(numbers[i])) {
            drawing = false;
            continue;
        }
        path += QStringLiteral("%1%2 %3")
                    .arg(drawing ? QLatin1Char('L') : QLatin1Char('M'))
                    .arg(i)
                    .arg(36 - 36 * std::max(0.0, numbers[i]) / largest, 0, 'f', 2);
        drawing = true;
    }
    const bool errors = data.series.front().measure == "error_rate";
    return QStringLiteral("<svg class=\"spark%1\" viewBox=\"0 0 %2 36\" preserveAspectRatio=\"none\" "
                          "aria-hidden=\"true\"><path d=\"%3\"/></svg>\n")
        .arg(errors ? QStringLiteral(" alarm") : QString())
        .arg(numbers.size() - 1)
        .arg(path);
}

QString numberHtml(const ReportTile &tile, const ReportContent &content)
{
    const auto *number = qobject_cast<const NumberTile *>(tile.tile->chart());
    if (!number)
        return {};
    const QString change = number->change().text;
    return QStringLiteral("<section class=\"card\" title=\"%1\"><h2>%2</h2>\n<div class=\"number\">%3</div>\n"
                          "<p class=\"change%4\">%5</p>\n%6%7%8</section>\n")
        .arg(escaped(tile.spec.hint), escaped(tile.spec.title), escaped(number->numberText()),
             number->change().alarming ? QStringLiteral(" alarm") : QString(),
             change.isEmpty() ? QStringLiteral("&nbsp;") : escaped(change),
             unpricedHtml(*tile.tile, content.locale), sparkHtml(tile, content), filesHtml(tile.spec.id));
}

QString chartHtml(const ReportTile &tile, const QLocale &locale)
{
    const QSize size(tile.spec.columnSpan * kColumn - 2 * kPadding, tile.spec.rowSpan * kRow);
    QString html =
        QStringLiteral(
            "<figure class=\"card\" style=\"grid-column:span %1\"><h2>%2</h2>\n<p class=\"hint\">%3</p>\n")
            .arg(tile.spec.columnSpan)
            .arg(escaped(tile.spec.title), escaped(tile.spec.hint));
    html += unpricedHtml(*tile.tile, locale);
    html += pictureHtml(*tile.tile, size, tile.spec.title);
    html += QStringLiteral("<details><summary>%1</summary>%2</details>\n")
                .arg(escaped(Text::tr("Numbers")), tableHtml(tile.numbers));
    return html + filesHtml(tile.spec.id) + QStringLiteral("</figure>\n");
}

QString sectionBodyHtml(const ReportSection &section)
{
    QString html;
    for (const QString &paragraph : section.paragraphs)
        html += QStringLiteral("<p>%1</p>\n").arg(escaped(paragraph));
    for (const auto &[caption, table] : section.tables) {
        if (!caption.isEmpty())
            html += QStringLiteral("<h3>%1</h3>\n").arg(escaped(caption));
        html += tableHtml(table) + QLatin1Char('\n');
    }
    if (!section.definitions.empty()) {
        html += QStringLiteral("<dl class=\"definitions\">\n");
        for (const auto &[term, meaning] : section.definitions)
            html += QStringLiteral("<dt>%1</dt><dd>%2</dd>\n").arg(escaped(term), escaped(meaning));
        html += QStringLiteral("</dl>\n");
    }
    return html;
}

QString sectionHtml(const ReportSection &section)
{
    return QStringLiteral("<h2 class=\"section\">%1</h2>\n<section class=\"card\">%2</section>\n")
        .arg(escaped(section.title), sectionBodyHtml(section));
}

} // namespace

QByteArray reportPage(const ReportContent &content)
{
    QString html =
        QStringLiteral(
            "<!DOCTYPE html>\n<html lang=\"%1\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta name=\"generator\" content=\"Genscope\">\n<title>%2</title>\n<style>%3</style>\n"
            "</head>\n<body>\n<main>\n<header><h1>%2</h1>\n<dl class=\"facts\">\n")
            .arg(content.locale.bcp47Name(), escaped(content.title), styleSheet());
    for (const auto &[label, value] : content.facts())
        html += QStringLiteral("<div><dt>%1</dt><dd>%2</dd></div>\n").arg(escaped(label), escaped(value));
    html += QStringLiteral("</dl></header>\n<section class=\"summary\" aria-label=\"%1\">\n%2</section>\n"
                           "<div class=\"numbers\">\n")
                .arg(escaped(content.summary.title), sectionBodyHtml(content.summary));
    for (const ReportTile &tile : content.tiles)
        html += numberHtml(tile, content);
    html += QStringLiteral("</div>\n<div class=\"charts\">\n");
    for (const ReportTile &tile : content.tiles) {
        if (tile.spec.display != TileSpec::Display::Number)
            html += chartHtml(tile, content.locale);
    }
    html += QStringLiteral("</div>\n");
    for (const ReportSection &section : content.sections)
        html += sectionHtml(section);
    html += QStringLiteral("<h2 class=\"section\">%1</h2>\n<section class=\"card\">%2</section>\n")
                .arg(escaped(Text::tr("Totals")), tableHtml(content.totals));
    html +=
        QStringLiteral(
            "<footer><p>%1 <a href=\"report.pdf\">report.pdf</a></p></footer>\n</main>\n</body>\n</html>\n")
            .arg(escaped(Text::tr("Written by Genscope from captured PostHog AI events. For print:")));
    return html.toUtf8();
}

} // namespace genscope
