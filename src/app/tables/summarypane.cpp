// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/summarypane.h"

#include "app/tables/factgrid.h"
#include "app/tables/propertyview.h"
#include "app/tables/sessionview.h"
#include "charts/theme.h"
#include "models/listmodel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace genscope {

std::vector<ListKind> listsBehind(ListKind kind)
{
    switch (kind) {
    case ListKind::Generations:
    case ListKind::Embeddings:
    case ListKind::Feedback:
        return {};
    case ListKind::Traces:
        return {ListKind::Generations};
    case ListKind::Sessions:
        return {ListKind::Traces, ListKind::Generations};
    case ListKind::Users:
        return {ListKind::Generations, ListKind::Traces};
    case ListKind::Customers:
        return {ListKind::Generations, ListKind::Traces, ListKind::Users};
    case ListKind::Errors: // not only generations fail
        return {ListKind::Traces, ListKind::Generations, ListKind::Users};
    case ListKind::Tools:
        return {ListKind::Generations, ListKind::Traces, ListKind::Users};
    }
    return {};
}

SummaryPane::SummaryPane(QWidget *parent)
    : QWidget(parent),
      m_title(new QLabel),
      m_facts(new FactGrid),
      m_links(new QHBoxLayout),
      m_propertiesTitle(new QLabel(tr("Newest known properties"))),
      m_properties(new PropertyView),
      m_session(new SessionView)
{
    m_title->setTextFormat(Qt::PlainText);
    m_title->setFont(titleFont(font()));
    m_title->setWordWrap(true);
    m_title->setMinimumWidth(40);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_propertiesTitle->setForegroundRole(QPalette::PlaceholderText);
    m_facts->setFactWidth(QFontMetrics(font()).horizontalAdvance(QLatin1Char('0')) * 34); // a time in full
    m_links->setContentsMargins(0, 0, 0, 0);
    m_links->setSpacing(8);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 8, 0);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addWidget(m_facts);
    layout->addLayout(m_links);
    layout->addWidget(m_propertiesTitle);
    layout->addWidget(m_properties, 1);
    layout->addWidget(m_session, 4);
    layout->addStretch();
    connect(m_properties, &PropertyView::filterRequested, this, &SummaryPane::filterRequested);
    setProperties(nullptr, {});
}

void SummaryPane::setRow(const ListModel &model, int row)
{
    const std::string key = keyColumnOf(model.kind());
    const QString text = model.rowText(row, key);
    m_title->setText(text.isEmpty() ? tr("(none)") : text.left(1'000));
    m_facts->clear();
    for (int column = 0; column < model.columnCount(); ++column) {
        const QModelIndex index = model.index(row, column);
        if (model.rows()->columns()[static_cast<std::size_t>(column)].name == key)
            continue;
        m_facts->add(model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(),
                     index.data(Qt::DisplayRole).toString().left(60), index.data(FullTextRole).toString());
    }
    while (QLayoutItem *item = m_links->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    if (const auto filter = model.rowFilter(row)) {
        for (const ListKind list : listsBehind(model.kind())) {
            auto *button = new QPushButton(tr("Show %1").arg(listTitle(list).toLower()));
            connect(button, &QPushButton::clicked, this,
                    [this, list, filter = *filter] { Q_EMIT openListRequested(list, filter); });
            m_links->addWidget(button);
        }
    }
    m_links->addStretch();
    setProperties(nullptr, {});
    m_session->setVisible(model.kind() == ListKind::Sessions);
    m_session->setSession(nullptr);
}

void SummaryPane::setProperties(std::shared_ptr<const JsonTree> tree, const PropertyPath &scope)
{
    const bool any = tree && tree->root().size() > 0;
    m_propertiesTitle->setVisible(any);
    m_properties->setVisible(any);
    if (any) {
        const JsonValue root = tree->root();
        m_properties->setProperties(std::move(tree), root, scope);
    } else {
        m_properties->clear();
    }
}

} // namespace genscope
