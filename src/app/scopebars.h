// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVector>
#include <QWidget>

class QLabel;

namespace genscope {

/// Holds the bars that choose what is looked at. On a page that they do not reach a sentence says so in their
/// place: a bar that changes nothing is worse than none.
class ScopeBars final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ScopeBars)
public:
    /// @param bars  from top to bottom
    explicit ScopeBars(const QVector<QWidget *> &bars, QWidget *parent = nullptr);

    /// Shows the bars, or @p insteadOfThem if it is not empty.
    void explain(const QString &insteadOfThem);
    /// The sentence in place of the bars; empty while they are shown.
    QString explanation() const;

private:
    QVector<QWidget *> m_bars;
    QLabel *m_explanation;
};

} // namespace genscope
