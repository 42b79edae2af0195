// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/knownview.h"

#include "app/tables/propertyview.h"
#include "charts/theme.h"

#include <QLabel>
#include <QVBoxLayout>

namespace genscope {

KnownView::KnownView(QWidget *parent) : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(4);
}

void KnownView::setKnown(const std::vector<KnownProperties> &known)
{
    while (m_parts.size() < known.size()) {
        auto *title = new QLabel;
        title->setTextFormat(Qt::PlainText);
        title->setFont(titleFont(font()));
        title->setTextInteractionFlags(Qt::TextSelectableByMouse);
        title->setMinimumWidth(40);
        auto *view = new PropertyView;
        connect(view, &PropertyView::filterRequested, this, &KnownView::filterRequested);
        auto *column = static_cast<QVBoxLayout *>(layout());
        column->addWidget(title);
        column->addWidget(view, 1);
        m_parts.push_back({title, view});
    }
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
        const bool shown = i < known.size();
        m_parts[i].title->setVisible(shown);
        m_parts[i].view->setVisible(shown);
        if (!shown) {
            m_parts[i].view->clear();
            continue;
        }
        m_parts[i].title->setText(known[i].title.left(200));
        m_parts[i].view->setProperties(known[i].tree, known[i].tree->root(), known[i].scope);
    }
}

QString KnownView::titles() const
{
    QStringList titles;
    for (const Part &part : m_parts)
        if (!part.title->isHidden())
            titles += part.title->text();
    return titles.join(QLatin1Char('\n'));
}

} // namespace genscope
