// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/aboutdialog.h"

#include "app/icons.h"
#include "charts/theme.h"
#include "pricing/pricebook.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>

namespace genscope {

AboutDialog::AboutDialog(QWidget *parent) : QDialog(parent)
{
    setWindowTitle(tr("About Genscope"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *logo = new QLabel(this);
    logo->setPixmap(applicationIcon().pixmap(64));
    auto *title = new QLabel(tr("Genscope %1").arg(QCoreApplication::applicationVersion()), this);
    title->setFont(titleFont(title->font()));
    auto *text =
        new QLabel(tr("What LLM features cost, who uses them, where they fail and where they are slow.\n\n"
                      "Prices of %1. Built with Qt %2, Qt Charts and QCustomPlot.\n"
                      "Free software under the GNU General Public License, version 3 or later.")
                       .arg(PriceBook::bundled()->date(), QString::fromLatin1(qVersion())),
                   this);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(24, 24, 24, 16);
    grid->setHorizontalSpacing(16);
    grid->addWidget(logo, 0, 0, 2, 1, Qt::AlignTop);
    grid->addWidget(title, 0, 1);
    grid->addWidget(text, 1, 1);
    grid->addWidget(buttons, 2, 0, 1, 2);
    grid->setColumnMinimumWidth(1, 360);
}

} // namespace genscope
