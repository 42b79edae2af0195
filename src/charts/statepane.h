// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

namespace genscope {

/// What a tile shows while it has no chart to show.
class StatePane final : public QWidget
{
    Q_OBJECT
public:
    enum class Kind {
        Loading,  ///< a still skeleton
        Empty,    ///< nothing matches
        Unpriced, ///< no cost is known
        Failed,
    };

    explicit StatePane(QWidget *parent = nullptr);

    /// @param heading  short; @param detail  a sentence. Both plain text; not shown while loading
    void setState(Kind kind, const QString &heading, const QString &detail);
    QString text() const; ///< what it says
    /// Draws it anywhere, for pictures.
    void paint(QPainter &painter, const QRect &area) const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintSkeleton(QPainter &painter, const QRect &area) const;

    Kind m_kind = Kind::Loading;
    QString m_heading;
    QString m_detail;
};

} // namespace genscope
