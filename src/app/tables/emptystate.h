// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace genscope {

/// Says why there is nothing to see, and offers the way out.
class EmptyState final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EmptyState)
public:
    explicit EmptyState(QWidget *parent = nullptr);

    void setReason(const QString &title, const QString &explanation);
    void setOffers(bool clearFilter, bool allTime);
    QString title() const;
    QPushButton *clearFilterButton() const { return m_clearFilter; }
    QPushButton *allTimeButton() const { return m_allTime; }

private:
    QLabel *m_title;
    QLabel *m_explanation;
    QPushButton *m_clearFilter;
    QPushButton *m_allTime;
};

} // namespace genscope
