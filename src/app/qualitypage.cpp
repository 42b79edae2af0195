// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qualitypage.h"

#include "app/findinglist.h"
#include "charts/theme.h"

#include <QLabel>
#include <QVBoxLayout>

namespace genscope {

namespace {

constexpr int kMostWidth = 960; ///< longer lines are hard to read

} // namespace

QualityPage::QualityPage(QualityCheck *check, QWidget *parent)
    : QScrollArea(parent), m_list(new FindingList(check, this))
{
    setAccessibleName(tr("Data quality"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    auto *about =
        new QLabel(tr("About all events of the store, whatever time range and filter are set."), this);
    about->setForegroundRole(QPalette::PlaceholderText);
    about->setFont(smallFont(font()));

    auto *column = new QWidget(this);
    column->setMaximumWidth(kMostWidth);
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(4);
    layout->addWidget(about);
    layout->addWidget(m_list, 1);
    setWidget(column);
}

} // namespace genscope
