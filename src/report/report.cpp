// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/report.h"

#include "analytics/csv.h"
#include "charts/theme.h"
#include "report/folderwriter.h"
#include "report/reportcontent.h"
#include "report/reportpage.h"
#include "report/reportpdf.h"

#include <QBuffer>
#include <QImage>

#include <utility>

namespace genscope {

namespace {

QSize pictureSize(const TileSpec &spec)
{
    if (spec.display == TileSpec::Display::Number)
        return {400, 220};
    return spec.columnSpan >= 6 ? QSize(960, 480) : QSize(640, 360);
}

QByteArray pngOf(const QImage &image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

Status writeTile(FolderWriter &folder, const ReportTile &tile)
{
    tile.tile->setPalette(Theme::lightTheme().palette());
    const QSize size = pictureSize(tile.spec);
    const std::pair<QString, QByteArray> files[] = {
        {QStringLiteral(".svg"), tile.tile->svg(size)},
        {QStringLiteral(".png"), pngOf(tile.tile->picture(size, 2))},
        {QStringLiteral(".csv"), QByteArray::fromStdString(toCsv(tile.tile->result()))},
    };
    for (const auto &[suffix, bytes] : files) {
        if (auto written = folder.write(tile.spec.id + suffix, bytes); !written)
            return written;
    }
    return Done{};
}

} // namespace

Status writeReport(const Selection &selection, const QString &folder)
{
    auto writer = FolderWriter::open(folder);
    if (!writer)
        return writer.error();
    const auto content = makeReportContent(selection, currentTime());
    if (!content)
        return content.error();
    for (const ReportTile &tile : content->tiles) {
        if (auto written = writeTile(*writer, tile); !written)
            return written;
    }
    if (auto written = writer->write(QStringLiteral("report.pdf"), reportPdf(*content)); !written)
        return written;
    // The page comes last: where it is, all that it links to is too.
    if (auto written = writer->write(QStringLiteral("index.html"), reportPage(*content)); !written)
        return written;
    return writer->commit();
}

} // namespace genscope
