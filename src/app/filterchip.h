// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/filter.h"

#include <QAbstractButton>

namespace genscope {

/// One conjunct of the filter. Click or Enter edits it, the cross or Delete removes it, its menu negates it.
class FilterChip final : public QAbstractButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FilterChip)
public:
    explicit FilterChip(const Filter &filter, QWidget *parent = nullptr);

    const Filter &filter() const { return m_filter; }
    /// Shown while the chip's text is in the edit field.
    void setEditing(bool editing);

    QSize sizeHint() const override;

Q_SIGNALS:
    void removeRequested();
    void negateRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool event(QEvent *event) override;

private:
    QRect crossRect() const;

    Filter m_filter;
    bool m_editing = false;
};

} // namespace genscope
