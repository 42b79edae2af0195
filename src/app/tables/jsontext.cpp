// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/jsontext.h"

#include "app/tables/celldelegate.h"
#include "app/tables/textblock.h"
#include "charts/theme.h"
#include "models/propertymodel.h"

#include <QHeaderView>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace genscope {

namespace {

constexpr qsizetype kLongest = 4'000'000;  ///< characters: of longer texts the raw view shows the structure
constexpr qsizetype kShortest = 8;         ///< shorter ones, `[1]`, are rather words
constexpr std::size_t kOpenedAtOnce = 200; ///< nodes
constexpr int kMostRows = 16;              ///< seen without scrolling

} // namespace

std::shared_ptr<const JsonTree> jsonInText(const QString &text)
{
    if (text.size() > kLongest)
        return nullptr;
    const auto firstOf = [&text](QChar a, QChar b) {
        const qsizetype first = text.indexOf(a);
        const qsizetype second = text.indexOf(b);
        return first < 0 ? second : second < 0 ? first : std::min(first, second);
    };
    const qsizetype begin = firstOf(QLatin1Char('{'), QLatin1Char('['));
    const qsizetype end = std::max(text.lastIndexOf(QLatin1Char('}')), text.lastIndexOf(QLatin1Char(']')));
    if (begin < 0 || end - begin < kShortest - 1)
        return nullptr;
    const auto tree = JsonTree::parse(text.mid(begin, end - begin + 1).toStdString());
    return tree && (*tree)->root().size() > 0 ? *tree : nullptr;
}

JsonText::JsonText(FoldedText *text, std::shared_ptr<const JsonTree> tree, QWidget *parent)
    : QWidget(parent),
      m_text(text),
      m_tree(std::move(tree)),
      m_button(new QToolButton),
      m_layout(new QVBoxLayout(this))
{
    m_button->setAutoRaise(true);
    m_button->setCheckable(true);
    m_button->setText(tr("JSON as a tree"));
    m_button->setToolTip(tr("Show the JSON in this text as a tree, or the text as it was captured"));
    m_button->setFocusPolicy(Qt::StrongFocus);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(4);
    m_layout->addWidget(m_button, 0, Qt::AlignLeft);
    m_layout->addWidget(m_text);
    connect(m_button, &QToolButton::toggled, this, &JsonText::setTreeShown);
}

bool JsonText::isTreeShown() const
{
    return m_view != nullptr && !m_view->isHidden();
}

void JsonText::setTreeShown(bool shown)
{
    if (shown && m_view == nullptr)
        makeTree();
    m_button->setChecked(shown);
    m_text->setVisible(!shown);
    if (m_view != nullptr)
        m_view->setVisible(shown);
}

void JsonText::makeTree()
{
    m_view = new QTreeView;
    auto *model = new PropertyModel(m_view);
    model->setProperties(m_tree, m_tree->root());
    m_view->setModel(model);
    m_view->setItemDelegate(new CellDelegate(m_view));
    softenSelection(m_view, Theme::of(palette()));
    m_view->setAccessibleName(tr("JSON of the text"));
    m_view->setUniformRowHeights(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setIndentation(16);
    m_view->header()->resizeSection(PropertyModel::NameColumn, 180);
    m_view->header()->setStretchLastSection(true);
    m_view->header()->hide();
    if (m_tree->nodeCount() <= kOpenedAtOnce)
        m_view->expandAll();
    const int rows =
        std::clamp(static_cast<int>(std::min<std::size_t>(m_tree->nodeCount(), 1'000)), 2, kMostRows);
    m_view->setFixedHeight(rows * std::max(m_view->sizeHintForRow(0), fontMetrics().height()) + 4);
    m_layout->addWidget(m_view);
}

QWidget *withJsonTree(FoldedText *text)
{
    auto tree = jsonInText(text->text());
    return tree ? static_cast<QWidget *>(new JsonText(text, std::move(tree))) : text;
}

} // namespace genscope
