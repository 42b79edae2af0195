// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/filter.h"
#include "models/eventdetail.h"

#include <QWidget>

#include <vector>

class QLabel;

namespace genscope {

class PropertyView;

/// What is known of the person and the groups that an event belongs to: a tree of properties each.
class KnownView final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KnownView)
public:
    explicit KnownView(QWidget *parent = nullptr);

    void setKnown(const std::vector<KnownProperties> &known);
    QString titles() const; ///< of all that is shown, a line each

Q_SIGNALS:
    void filterRequested(const genscope::Filter &toAdd);

private:
    struct Part
    {
        QLabel *title;
        PropertyView *view;
    };
    std::vector<Part> m_parts; ///< made when first needed, hidden when not
};

} // namespace genscope
