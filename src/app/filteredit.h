// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/filter.h"

#include <QLineEdit>
#include <QTimer>

class QCompleter;

namespace genscope {

class ChoiceModel;
class CompletionSource;

/// The text field of the filter bar: says while one types whether the text is a filter, and offers what may
/// come next. Enter applies, Escape reverts.
class FilterEdit final : public QLineEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FilterEdit)
public:
    explicit FilterEdit(CompletionSource *source, QWidget *parent = nullptr);

    /// What is wrong with the text, as a sentence with the position in characters; empty if nothing is.
    QString problem() const { return m_problem; }
    /// True while the text is only unfinished: what is wrong lies at its end.
    bool isUnfinished() const { return m_unfinished; }
    bool popupIsOpen() const;
    /// Replaces the text without offering completions.
    void setFilterText(const QString &text);

Q_SIGNALS:
    void applied(const QString &text); ///< Enter, with a text that is a filter or empty
    void refused();                    ///< Enter, with a text that is not one
    void reverted();                   ///< Escape
    void backedOut();                  ///< Backspace in the empty field
    void problemChanged();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void validate();
    void offerCompletions();
    void insertCompletion(const QModelIndex &index);

    CompletionSource *m_source;
    ChoiceModel *m_choices;
    QCompleter *m_completer;
    std::size_t m_replaceFrom = 0; ///< UTF-16 position where an accepted completion begins
    QString m_problem;
    bool m_unfinished = false;
};

} // namespace genscope
