// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of ChartTile that leaves the window: pictures, files, the menu.

#include "analytics/csv.h"
#include "analytics/tablejson.h"
#include "charts/charttile.h"
#include "charts/linkbutton.h"
#include "charts/theme.h"

#include <QActionGroup>
#include <QBuffer>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QMenu>
#include <QMetaMethod>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QRegularExpression>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>

namespace genscope {

namespace {

constexpr int kMargin = 16;

QString askForFile(QWidget *parent, const QString &suggested, const QString &filter)
{
    return QFileDialog::getSaveFileName(parent, {}, suggested, filter);
}

/// Whole or not at all.
Status writeFile(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return makeError(Error::Kind::Io,
                         ChartTile::tr("%1 could not be written: %2").arg(path, file.errorString()));
    return Done{};
}

/// What QSvgGenerator leaves open: it writes titles unescaped, and names fonts that other machines may not
/// have.
QByteArray finishedSvg(const QByteArray &svg, const QString &title, const QString &description)
{
    QString text = QString::fromUtf8(svg);
    static const QRegularExpression kFamily(QStringLiteral("font-family=\"([^\"]*)\""));
    text.replace(kFamily, QStringLiteral("font-family=\"\\1, system-ui, sans-serif\""));
    text.replace(QStringLiteral("font-family=\"Sans Serif, "), QStringLiteral("font-family=\""));
    const auto root = text.indexOf(QStringLiteral("<svg"));
    const auto inside = text.indexOf(QLatin1Char('>'), root) + 1;
    text.insert(inside, QStringLiteral("\n<title>%1</title>\n<desc>%2</desc>")
                            .arg(title.toHtmlEscaped(), description.toHtmlEscaped()));
    return text.toUtf8();
}

} // namespace

void ChartTile::paintBody(QPainter &painter, const QRect &area)
{
    if (m_state == State::Ready)
        m_chart->paintPicture(painter, area);
    else
        m_pane->paint(painter, area);
}

void ChartTile::paintPicture(QPainter &painter, const QSize &size, Frame frame)
{
    const Theme &theme = Theme::of(palette());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::TextAntialiasing);
    painter.fillRect(QRect(QPoint(0, 0), size), theme.surface);
    if (frame == Frame::None) {
        paintBody(painter, QRect(QPoint(0, 0), size));
        return;
    }

    painter.setFont(titleFont(font()));
    painter.setPen(theme.text);
    QRect line(kMargin, kMargin - 4, size.width() - 2 * kMargin, painter.fontMetrics().height() + 2);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(m_spec.title, Qt::ElideRight, line.width()));
    if (m_note->isVisibleTo(this)) {
        painter.setFont(smallFont(font()));
        painter.setPen(theme.warning);
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, m_note->text());
    }

    painter.setFont(smallFont(font()));
    const QString footer = m_context.footer(m_table.zone, currentTime(), locale());
    constexpr int kFlags = Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap;
    const QRect room(kMargin, 0, size.width() - 2 * kMargin, size.height() / 3);
    const int footerHeight = std::min(painter.fontMetrics().boundingRect(room, kFlags, footer).height(),
                                      3 * painter.fontMetrics().lineSpacing());
    const int footerTop = size.height() - kMargin + 4 - footerHeight;
    painter.setPen(theme.mutedText);
    painter.drawText(QRect(kMargin, footerTop, room.width(), footerHeight), kFlags, footer);

    const QRect body(kMargin, line.bottom() + 8, size.width() - 2 * kMargin, footerTop - line.bottom() - 16);
    paintBody(painter, body);
}

QImage ChartTile::picture(const QSize &size, double scale, Frame frame)
{
    QImage image(size * scale, QImage::Format_ARGB32_Premultiplied);
    // Text is as large as on the screen that the layout was made for.
    image.setDotsPerMeterX(static_cast<int>(logicalDpiX() / 0.0254));
    image.setDotsPerMeterY(static_cast<int>(logicalDpiY() / 0.0254));
    image.setDevicePixelRatio(scale);
    QPainter painter(&image);
    paintPicture(painter, size, frame);
    painter.end();
    return image;
}

QByteArray ChartTile::svg(const QSize &size, Frame frame)
{
    QBuffer buffer;
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(logicalDpiX());
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(0, 0), size));
    generator.setTitle({});
    generator.setDescription({});
    QPainter painter(&generator);
    paintPicture(painter, size, frame);
    painter.end();
    return finishedSvg(buffer.data(), m_spec.title, m_context.footer(m_table.zone, currentTime(), locale()));
}

void ChartTile::setPictureSize(std::optional<QSize> size, int scale)
{
    m_pictureSize = size;
    m_pictureScale = scale;
}

QSize ChartTile::pictureSize() const
{
    if (m_pictureSize)
        return *m_pictureSize;
    // As large as it is shown, but never so small that the footer crowds out the chart.
    return size().expandedTo(QSize(m_spec.display == TileSpec::Display::Number ? 360 : 560, 220)) +
           QSize(0, 32);
}

Status ChartTile::writePng(const QString &path)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImage image = picture(pictureSize(), m_pictureScale);
    image.setText(QStringLiteral("Title"), m_spec.title);
    image.setText(QStringLiteral("Description"), m_context.footer(m_table.zone, currentTime(), locale()));
    if (!image.save(&buffer, "PNG"))
        return makeError(Error::Kind::Io, tr("The picture for %1 could not be encoded.").arg(path));
    return writeFile(path, bytes);
}

Status ChartTile::writeSvg(const QString &path)
{
    return writeFile(path, svg(pictureSize()));
}

Status ChartTile::writePdf(const QString &path)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    const QSize size = pictureSize();
    QPdfWriter writer(&buffer);
    writer.setTitle(m_spec.title);
    writer.setCreator(QStringLiteral("Genscope"));
    // A unit of the picture is what it is on the screen: 1/96 inch.
    writer.setResolution(logicalDpiX());
    const QSizeF inches(size.width() / static_cast<double>(logicalDpiX()),
                        size.height() / static_cast<double>(logicalDpiX()));
    writer.setPageSize(QPageSize(inches, QPageSize::Inch, {}, QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF(0, 0, 0, 0));
    QPainter painter(&writer);
    paintPicture(painter, size, Frame::Full);
    painter.end();
    return writeFile(path, bytes);
}

QByteArray ChartTile::json() const
{
    const auto text = [](const QString &value) { return jsonString(value.toStdString()); };
    const auto instant = [this](const std::optional<Timestamp> &at) {
        return at ? '"' + m_table.zone.iso(*at) + '"' : std::string("null");
    };
    std::string json = "{\"title\":" + text(m_spec.title);
    json += ",\"from\":" + instant(m_context.range.from) + ",\"to\":" + instant(m_context.range.to);
    json += ",\"zone\":" + text(QString::fromUtf8(m_table.zone.name()));
    json += ",\"filter\":" + text(m_context.filterText);
    json += ",\"rows\":" + std::to_string(m_context.matched);
    json += ",\"stored\":" + std::to_string(m_context.stored);
    if (!m_context.costText.isEmpty())
        json += ",\"cost\":" + text(m_context.costText);
    json += ",\"data\":" + tableJson(m_table, true);
    if (m_context.earlier) {
        json += ",\"compared\":{\"from\":" + instant(m_context.earlierRange.from) +
                ",\"to\":" + instant(m_context.earlierRange.to) +
                ",\"data\":" + tableJson(*m_context.earlier, true) + '}';
    }
    return QByteArray::fromStdString(json + "}\n");
}

Status ChartTile::writeJson(const QString &path) const
{
    return writeFile(path, json());
}

Status ChartTile::writeCsv(const QString &path) const
{
    return writeFile(path, QByteArray::fromStdString(toCsv(m_table)));
}

void ChartTile::exportTo(const QString &suffix, const QString &filter,
                         const std::function<Status(const QString &)> &write)
{
    const QString mark = m_context.costText.isEmpty() ? QString() : m_context.costMark;
    const QString suggested =
        m_spec.id + (mark.isEmpty() ? mark : QLatin1Char('-') + mark) + QLatin1Char('.') + suffix;
    QString path = m_fileName ? m_fileName(this, suggested, filter) : askForFile(this, suggested, filter);
    if (path.isEmpty())
        return;
    if (!path.endsWith(QLatin1Char('.') + suffix, Qt::CaseInsensitive))
        path += QLatin1Char('.') + suffix;
    if (const Status status = write(path); !status)
        Q_EMIT failed(status.error());
}

QMenu *ChartTile::createMenu(QWidget *parent)
{
    auto *menu = new QMenu(parent);
    const auto add = [&](const QString &text, const std::function<void()> &act, bool needsResult) {
        QAction *action = menu->addAction(text);
        connect(action, &QAction::triggered, this, act);
        if (needsResult)
            action->setProperty("needsResult", true);
    };
    add(
        tr("Open the table behind it"), [this] { Q_EMIT activated(ChartPick{}); }, false);
    if (m_chart->canLogScale()) {
        QAction *log = menu->addAction(tr("Logarithmic axis"));
        log->setCheckable(true);
        connect(log, &QAction::triggered, this, &ChartTile::logScaleRequested);
        connect(menu, &QMenu::aboutToShow, log, [this, log] {
            log->setChecked(m_spec.logScale);
            log->setVisible(isSignalConnected(QMetaMethod::fromSignal(&ChartTile::logScaleRequested)));
        });
    }
    QAction *change = menu->addAction(tr("Change the dashboard…"));
    connect(change, &QAction::triggered, this, &ChartTile::layoutRequested);
    connect(menu, &QMenu::aboutToShow, change, [this, change] { // tiles elsewhere stay where they are
        change->setVisible(isSignalConnected(QMetaMethod::fromSignal(&ChartTile::layoutRequested)));
    });
    menu->addSeparator();
    add(
        tr("Copy picture"),
        [this] { QGuiApplication::clipboard()->setImage(picture(pictureSize(), m_pictureScale)); }, true);
    add(
        tr("Copy data as CSV"),
        [this] { QGuiApplication::clipboard()->setText(QString::fromStdString(toCsv(m_table))); }, true);
    add(
        tr("Copy data as JSON"), [this] { QGuiApplication::clipboard()->setText(QString::fromUtf8(json())); },
        true);
    menu->addSeparator();
    addExports(menu);
    addPictureSizes(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        const bool hasResult = m_state != State::Loading && m_state != State::Failed;
        for (QAction *action : menu->actions())
            action->setEnabled(hasResult || !action->property("needsResult").toBool());
    });
    return menu;
}

void ChartTile::addExports(QMenu *menu)
{
    const auto add = [&](const QString &text, const QString &suffix, const QString &filter,
                         Status (ChartTile::*write)(const QString &)) {
        QAction *action = menu->addAction(text);
        action->setProperty("needsResult", true);
        connect(action, &QAction::triggered, this, [this, suffix, filter, write] {
            exportTo(suffix, filter, [this, write](const QString &path) { return (this->*write)(path); });
        });
    };
    const auto addData = [&](const QString &text, const QString &suffix, const QString &filter,
                             Status (ChartTile::*write)(const QString &) const) {
        QAction *action = menu->addAction(text);
        action->setProperty("needsResult", true);
        connect(action, &QAction::triggered, this, [this, suffix, filter, write] {
            exportTo(suffix, filter, [this, write](const QString &path) { return (this->*write)(path); });
        });
    };
    add(tr("Export picture (PNG)…"), QStringLiteral("png"), tr("PNG picture (*.png)"), &ChartTile::writePng);
    add(tr("Export picture (SVG)…"), QStringLiteral("svg"), tr("SVG picture (*.svg)"), &ChartTile::writeSvg);
    add(tr("Export picture (PDF)…"), QStringLiteral("pdf"), tr("PDF document (*.pdf)"), &ChartTile::writePdf);
    addData(tr("Export data (CSV)…"), QStringLiteral("csv"), tr("CSV table (*.csv)"), &ChartTile::writeCsv);
    addData(tr("Export data (JSON)…"), QStringLiteral("json"), tr("JSON (*.json)"), &ChartTile::writeJson);
}

/// How large pictures are made, for the clipboard and for files.
void ChartTile::addPictureSizes(QMenu *menu)
{
    QMenu *sizes = menu->addMenu(tr("Size of pictures"));
    auto *sizeGroup = new QActionGroup(sizes);
    const auto addSize = [&](const QString &text, std::optional<QSize> size) {
        QAction *action = sizes->addAction(text);
        action->setCheckable(true);
        sizeGroup->addAction(action);
        connect(action, &QAction::triggered, this, [this, size] { m_pictureSize = size; });
        connect(sizes, &QMenu::aboutToShow, action,
                [this, action, size] { action->setChecked(m_pictureSize == size); });
    };
    addSize(tr("As on the screen"), std::nullopt);
    for (const QSize &size : {QSize(640, 360), QSize(800, 450), QSize(1200, 675), QSize(1600, 900)})
        addSize(tr("%1 × %2").arg(size.width()).arg(size.height()), size);
    sizes->addSeparator();
    auto *scaleGroup = new QActionGroup(sizes);
    for (const int scale : {1, 2, 3, 4}) {
        QAction *action = sizes->addAction(tr("%1 pixels to one").arg(scale));
        action->setCheckable(true);
        scaleGroup->addAction(action);
        connect(action, &QAction::triggered, this, [this, scale] { m_pictureScale = scale; });
        connect(sizes, &QMenu::aboutToShow, action,
                [this, action, scale] { action->setChecked(m_pictureScale == scale); });
    }
}

void ChartTile::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu *menu = createMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(event->globalPos());
}

} // namespace genscope
