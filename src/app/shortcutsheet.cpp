// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shortcutsheet.h"

#include "charts/theme.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>

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
    grid->setContentsMargins(0, 0, 0, 8);
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
    auto *columns = new QHBoxLayout;
    columns->setSpacing(40);
    QVBoxLayout *column = nullptr;
    for (qsizetype i = 0; i < sections.size(); ++i) {
        if (i % 2 == 0) {
            column = new QVBoxLayout;
            columns->addLayout(column);
        }
        column->addWidget(makeSection(sections[i], this));
        if (i % 2 == 1 || i + 1 == sections.size())
            column->addStretch(1);
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 16);
    layout->addLayout(columns);
    layout->addWidget(buttons);
}

} // namespace genscope
