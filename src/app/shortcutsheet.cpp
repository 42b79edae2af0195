// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shortcutsheet.h"

#include "charts/theme.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace genscope {

namespace {

QString shortcutsText(const QAction &action)
{
    QStringList keys;
    for (const QKeySequence &key : action.shortcuts())
        keys.push_back(key.toString(QKeySequence::NativeText));
    return keys.join(ShortcutSheet::tr(" or "));
}

QWidget *makeSection(const ShortcutSheet::Section &section, QWidget *parent)
{
    auto *box = new QWidget(parent);
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 16);
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(4);
    auto *title = new QLabel(section.title, box);
    title->setFont(titleFont(title->font()));
    grid->addWidget(title, 0, 0, 1, 2);
    int row = 1;
    for (const QAction *action : section.actions) {
        const QString keys = shortcutsText(*action);
        if (keys.isEmpty())
            continue;
        auto *keyLabel = new QLabel(keys, box);
        keyLabel->setForegroundRole(QPalette::PlaceholderText);
        grid->addWidget(
            new QLabel(QString(action->text()).remove(QLatin1Char('&')).remove(QStringLiteral("…")), box),
            row, 0);
        grid->addWidget(keyLabel, row, 1, Qt::AlignRight);
        ++row;
    }
    grid->setColumnStretch(0, 1);
    return box;
}

} // namespace

ShortcutSheet::ShortcutSheet(const QVector<Section> &sections, QWidget *parent) : QDialog(parent)
{
    setWindowTitle(tr("Keyboard shortcuts"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(40);
    grid->setVerticalSpacing(8);
    for (int i = 0; i < static_cast<int>(sections.size()); ++i)
        grid->addWidget(makeSection(sections[i], this), i % 2, i / 2, Qt::AlignTop);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 16);
    layout->addLayout(grid);
    layout->addWidget(buttons);
}

} // namespace genscope
