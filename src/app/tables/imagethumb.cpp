// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/imagethumb.h"

#include <QBuffer>
#include <QFutureWatcher>
#include <QImageReader>
#include <QPromise>
#include <QThreadPool>

#include <memory>

namespace genscope {

namespace {

constexpr QSize kMost(320, 200);
constexpr qint64 kMostPixels = 60'000'000;

/// Only formats whose files are all there is to them.
QByteArray formatOf(const QByteArray &bytes)
{
    if (bytes.startsWith("\x89PNG\r\n\x1a\n"))
        return "png";
    if (bytes.startsWith("\xff\xd8\xff"))
        return "jpeg";
    if (bytes.startsWith("GIF87a") || bytes.startsWith("GIF89a"))
        return "gif";
    if (bytes.startsWith("RIFF") && bytes.mid(8, 4) == "WEBP")
        return "webp";
    return {};
}

} // namespace

QImage decodeThumbnail(const QByteArray &base64, const QSize &most)
{
    QByteArray bytes = QByteArray::fromBase64(base64);
    const QByteArray format = formatOf(bytes);
    if (format.isEmpty())
        return {};
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, format);
    reader.setAutoDetectImageFormat(false);
    const QSize size = reader.size();
    if (!size.isValid() || size.isEmpty() || qint64(size.width()) * size.height() > kMostPixels)
        return {};
    if (size.width() > most.width() || size.height() > most.height())
        reader.setScaledSize(size.scaled(most, Qt::KeepAspectRatio).expandedTo({1, 1}));
    return reader.read();
}

ImageThumb::ImageThumb(const QByteArray &base64, QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setForegroundRole(QPalette::PlaceholderText);
    setText(tr("Drawing the image…"));
    auto *watcher = new QFutureWatcher<QImage>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher] { show(watcher->result()); });
    const auto promise = std::make_shared<QPromise<QImage>>();
    watcher->setFuture(promise->future());
    promise->start();
    QThreadPool::globalInstance()->start([promise, base64] {
        promise->addResult(decodeThumbnail(base64, kMost));
        promise->finish();
    });
}

void ImageThumb::show(const QImage &image)
{
    if (image.isNull()) {
        setText(tr("The image cannot be drawn."));
    } else {
        setText({});
        setPixmap(QPixmap::fromImage(image));
        setAccessibleName(tr("Image"));
    }
    Q_EMIT shown();
}

} // namespace genscope
