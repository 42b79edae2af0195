// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImage>
#include <QLabel>

namespace genscope {

/// A small picture of an image that an event carries. Decoded on a worker; until then, and where it cannot
/// be, words.
class ImageThumb final : public QLabel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ImageThumb)
public:
    explicit ImageThumb(const QByteArray &base64, QWidget *parent = nullptr);

Q_SIGNALS:
    void shown(); ///< the picture, or that there is none

private:
    void show(const QImage &image);
};

/// Decodes PNG, JPEG, GIF and WebP, told by their first bytes, scaled down into @p most. Null for all else,
/// for damaged images, and for those that would take too much memory. Loads nothing. @thread any
QImage decodeThumbnail(const QByteArray &base64, const QSize &most);

} // namespace genscope
