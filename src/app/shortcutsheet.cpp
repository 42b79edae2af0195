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

namespace {

/// An entry for keys that belong to no menu: a widget itself acts on them.
QAction *keyEntry(QObject *owner, const QString &text, const QList<QKeySequence> &keys)
{
    auto *action = new QAction(text, owner); // of no window, so that it never answers
    action->setShortcuts(keys);
    return action;
}

ShortcutSheet::Section chartKeys(QObject *owner)
{
    const auto key = [owner](const QString &text, const QList<QKeySequence> &keys) {
        return keyEntry(owner, text, keys);
    };
    return {
        ShortcutSheet::tr("Charts"),
        {key(ShortcutSheet::tr("Along time, from bar to bar"), {Qt::Key_Left, Qt::Key_Right}),
         key(ShortcutSheet::tr("From series to series"), {Qt::Key_Up, Qt::Key_Down}),
         key(ShortcutSheet::tr("Brush a range"), {Qt::SHIFT | Qt::Key_Left, Qt::SHIFT | Qt::Key_Right}),
         key(ShortcutSheet::tr("Filter to a value, take the brushed range"), {Qt::Key_Return}),
         key(ShortcutSheet::tr("Add a value, compare with the brushed range"), {Qt::CTRL | Qt::Key_Return}),
         key(ShortcutSheet::tr("Leave a value out"), {Qt::ALT | Qt::Key_Return}),
         key(ShortcutSheet::tr("Show the rows behind a value"), {Qt::SHIFT | Qt::Key_Return}),
         key(ShortcutSheet::tr("Zoom in and out"), {Qt::Key_Plus, Qt::Key_Minus}),
         key(ShortcutSheet::tr("Move the time axis"), {Qt::CTRL | Qt::Key_Left, Qt::CTRL | Qt::Key_Right}),
         key(ShortcutSheet::tr("Back to the range from before"), {Qt::Key_0}),
         key(ShortcutSheet::tr("Give up, take back what was picked"), {Qt::Key_Escape})}};
}

ShortcutSheet::Section tableKeys(QObject *owner)
{
    const auto key = [owner](const QString &text, const QList<QKeySequence> &keys) {
        return keyEntry(owner, text, keys);
    };
    const auto withShift = [](Qt::Key letter) { return QKeySequence(Qt::CTRL | Qt::SHIFT | letter); };
    return {ShortcutSheet::tr("Tables and saved views"),
            {key(ShortcutSheet::tr("Copy the selected rows"), {QKeySequence::Copy}),
             key(ShortcutSheet::tr("Copy as CSV"), {withShift(Qt::Key_C)}),
             key(ShortcutSheet::tr("Copy as Markdown"), {withShift(Qt::Key_M)}),
             key(ShortcutSheet::tr("Copy as JSON"), {withShift(Qt::Key_J)}),
             key(ShortcutSheet::tr("Open a saved view"), {Qt::ALT | Qt::Key_1, Qt::ALT | Qt::Key_9}),
             key(ShortcutSheet::tr("Save this view"), {withShift(Qt::Key_S)}),
             key(ShortcutSheet::tr("Update the view"), {Qt::CTRL | Qt::Key_S})}};
}

/// Keys of the details of a row.
ShortcutSheet::Section detailKeys(QObject *owner)
{
    const auto key = [owner](const QString &text, const QList<QKeySequence> &keys) {
        return keyEntry(owner, text, keys);
    };
    return {
        ShortcutSheet::tr("Details and traces"),
        {key(ShortcutSheet::tr("Open a trace over the page"), {Qt::Key_Return}),
         key(ShortcutSheet::tr("Larger or smaller"), {Qt::Key_L}),
         key(ShortcutSheet::tr("Next of the list"), {Qt::Key_N, Qt::ALT | Qt::Key_Down}),
         key(ShortcutSheet::tr("Previous of the list"), {Qt::Key_P, Qt::ALT | Qt::Key_Up}),
         key(ShortcutSheet::tr("Find in the trace"), {QKeySequence::Find}),
         key(ShortcutSheet::tr("Next and previous match"), {Qt::Key_F3, Qt::SHIFT | Qt::Key_F3}),
         key(ShortcutSheet::tr("Zoom the time axis"), {Qt::Key_Plus, Qt::Key_Minus}),
         key(ShortcutSheet::tr("The whole time"), {Qt::Key_0}),
         key(ShortcutSheet::tr("Along the time axis"), {Qt::SHIFT | Qt::Key_Left, Qt::SHIFT | Qt::Key_Right}),
         key(ShortcutSheet::tr("Copy as JSON, Markdown, cURL"), {Qt::Key_C}),
         key(ShortcutSheet::tr("Compare two selected rows"), {Qt::CTRL | Qt::Key_D}),
         key(ShortcutSheet::tr("Back to the list, close"), {Qt::Key_Escape})}};
}

} // namespace

ShortcutSheet::ShortcutSheet(const QVector<Section> &sections, QWidget *parent) : QDialog(parent)
{
    setWindowTitle(tr("Keyboard shortcuts"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(40);
    grid->setVerticalSpacing(8);
    const QVector<Section> all =
        sections + QVector<Section>{chartKeys(this), tableKeys(this), detailKeys(this)};
    for (int i = 0; i < static_cast<int>(all.size()); ++i)
        grid->addWidget(makeSection(all[i], this), i % 2, i / 2, Qt::AlignTop);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 16);
    layout->addLayout(grid);
    layout->addWidget(buttons);
}

} // namespace genscope
