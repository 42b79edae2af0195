// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/factgrid.h"

#include "charts/elidedlabel.h"
#include "models/tablecolumns.h"

#include <QAction>
#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

namespace genscope {

namespace {

QLabel *plainLabel(const QString &text)
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    return label;
}

} // namespace

FactGrid::FactGrid(QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(2);
}

void FactGrid::clear()
{
    for (const Fact &fact : m_facts) {
        delete fact.name;
        delete fact.value;
    }
    m_facts.clear();
    m_columns = 0;
}

void FactGrid::add(const QString &name, const QString &value, const QString &full)
{
    if (value.isEmpty())
        return;
    const QString whole = full.isEmpty() ? value : full;
    auto *label = new ElidedLabel;
    label->setText(value);
    auto *copy = new QAction(tr("Copy"), label);
    connect(copy, &QAction::triggered, label, [whole] { QGuiApplication::clipboard()->setText(whole); });
    label->addAction(copy);
    label->setContextMenuPolicy(Qt::ActionsContextMenu);
    addFact(name, label, whole);
}

void FactGrid::addLink(const QString &name, const QString &value, const QString &full,
                       std::function<void()> follow)
{
    if (value.isEmpty())
        return;
    auto *link = new QPushButton(QString(value).replace(QLatin1Char('&'), QLatin1String("&&")));
    link->setFlat(true);
    link->setCursor(Qt::PointingHandCursor);
    link->setAccessibleName(name + QLatin1Char(' ') + value);
    link->setStyleSheet(
        QStringLiteral("QPushButton { text-align: left; padding: 0; border: none; "
                       "color: palette(link); } QPushButton:focus { text-decoration: underline; }"));
    QObject::connect(link, &QPushButton::clicked, this, [follow = std::move(follow)] { follow(); });
    addFact(name, link, full);
}

void FactGrid::addFact(const QString &name, QWidget *value, const QString &full)
{
    QLabel *label = plainLabel(name);
    label->setForegroundRole(QPalette::PlaceholderText);
    value->setToolTip(plainToolTip(full));
    value->setProperty("factName", name);
    m_facts.push_back({label, value});
    m_columns = 0;
    arrange();
}

QString FactGrid::valueOf(const QString &name) const
{
    for (const Fact &fact : m_facts) {
        if (fact.value->property("factName").toString() != name)
            continue;
        if (const auto *label = qobject_cast<const ElidedLabel *>(fact.value))
            return label->text();
        if (const auto *link = qobject_cast<const QPushButton *>(fact.value))
            return link->text();
    }
    return {};
}

void FactGrid::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void FactGrid::arrange()
{
    const int columns = std::clamp(width() / m_factWidth, 1, 4);
    if (columns == m_columns)
        return;
    m_columns = columns;
    for (int i = 0; i < static_cast<int>(m_facts.size()); ++i) {
        const Fact &fact = m_facts[static_cast<std::size_t>(i)];
        m_grid->addWidget(fact.name, i / columns, i % columns * 2);
        m_grid->addWidget(fact.value, i / columns, i % columns * 2 + 1);
    }
    for (int column = 0; column < 8; ++column)
        m_grid->setColumnStretch(column, column % 2 == 1 && column < columns * 2 ? 1 : 0);
}

} // namespace genscope
