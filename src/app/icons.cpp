// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/icons.h"

#include "charts/theme.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QPixmapCache>
#include <QSvgRenderer>

// Resources of a static library are registered by hand; the macro wants the global namespace.
static void registerIcons()
{
    Q_INIT_RESOURCE(icons);
}

namespace genscope {

namespace {

QByteArray svgSource(const QString &name)
{
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    const bool found = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(found, "strokeIcon", qPrintable(name));
    return found ? file.readAll() : QByteArray();
}

class StrokeIconEngine final : public QIconEngine
{
public:
    StrokeIconEngine(QString name, QColor fixed) : m_name(std::move(name)), m_fixed(std::move(fixed)) {}

    QIconEngine *clone() const override { return new StrokeIconEngine(m_name, m_fixed); }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device()->devicePixelRatioF();
        painter->drawPixmap(rect, rendered(rect.size(), ratio, colorOf(mode, state)));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return rendered(size, 1.0, colorOf(mode, state));
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal scale) override
    {
        // QIcon asks for device pixels here and sets the ratio of the answer itself.
        Q_UNUSED(scale)
        return rendered(size, 1.0, colorOf(mode, state));
    }

    QString key() const override { return QStringLiteral("genscope-stroke"); }

private:
    QColor colorOf(QIcon::Mode mode, QIcon::State state) const
    {
        const QPalette palette = QGuiApplication::palette();
        if (mode == QIcon::Disabled)
            return palette.color(QPalette::Disabled, QPalette::ButtonText);
        if (m_fixed.isValid())
            return m_fixed;
        if (mode == QIcon::Selected)
            return palette.color(QPalette::HighlightedText);
        return state == QIcon::On ? Theme::of(palette).accent : palette.color(QPalette::ButtonText);
    }

    QPixmap rendered(const QSize &size, qreal ratio, const QColor &color) const
    {
        const QSize pixels = (QSizeF(size) * ratio).toSize();
        const QString cacheKey = QStringLiteral("genscope-icon:%1:%2x%3:%4@%5")
                                     .arg(m_name)
                                     .arg(pixels.width())
                                     .arg(pixels.height())
                                     .arg(color.name(QColor::HexArgb))
                                     .arg(ratio);
        QPixmap pixmap;
        if (QPixmapCache::find(cacheKey, &pixmap))
            return pixmap;
        QByteArray source = svgSource(m_name);
        source.replace("currentColor", color.name(QColor::HexRgb).toLatin1());
        QSvgRenderer renderer(source);
        pixmap = QPixmap(pixels);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setOpacity(color.alphaF());
        renderer.render(&painter, QRectF(QPointF(0, 0), QSizeF(pixels)));
        painter.end();
        pixmap.setDevicePixelRatio(ratio);
        QPixmapCache::insert(cacheKey, pixmap);
        return pixmap;
    }

    QString m_name;
    QColor m_fixed;
};

} // namespace

QIcon strokeIcon(const QString &name)
{
    registerIcons();
    return QIcon(new StrokeIconEngine(name, {}));
}

QIcon strokeIcon(const QString &name, const QColor &color)
{
    registerIcons();
    return QIcon(new StrokeIconEngine(name, color));
}

QIcon applicationIcon()
{
    registerIcons();
    return QIcon(QStringLiteral(":/icons/io.github.genscope.Genscope.svg"));
}

} // namespace genscope
