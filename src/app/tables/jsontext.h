// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "models/jsontree.h"

#include <memory>

class QTreeView;
class QToolButton;
class QVBoxLayout;

namespace genscope {

class FoldedText;

/// The JSON that a text is, or that it holds between other words (a fenced block): from its first bracket to
/// its last. Null if there is none, or only an empty one.
std::shared_ptr<const JsonTree> jsonInText(const QString &text);

/// A text that holds JSON: as text, or the JSON as a tree to fold and search with the eye.
class JsonText final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(JsonText)
public:
    /// @p tree  jsonInText() of what @p text shows
    JsonText(FoldedText *text, std::shared_ptr<const JsonTree> tree, QWidget *parent = nullptr);

    void setTreeShown(bool shown);
    bool isTreeShown() const;
    FoldedText *text() const { return m_text; }
    QToolButton *button() const { return m_button; }
    QTreeView *tree() const { return m_view; } ///< null until it was shown

private:
    void makeTree();

    FoldedText *m_text;
    std::shared_ptr<const JsonTree> m_tree;
    QToolButton *m_button;
    QVBoxLayout *m_layout;
    QTreeView *m_view = nullptr;
};

/// @p text itself, with a choice to see it as a tree where it holds JSON.
QWidget *withJsonTree(FoldedText *text);

} // namespace genscope
