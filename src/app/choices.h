// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/popup.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>
#include <QVariant>
#include <QVector>

class QLineEdit;
class QListView;
class QSortFilterProxyModel;

namespace genscope {

/// One thing to choose.
struct Choice
{
    QString text;
    QString detail; ///< told in a lighter tone; may be empty
    QVariant value;
};

/// A list of choices. Display role: the text.
class ChoiceModel final : public QAbstractListModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChoiceModel)
public:
    enum Role { DetailRole = Qt::UserRole, ValueRole, CurrentRole };

    explicit ChoiceModel(QObject *parent = nullptr);

    void setChoices(QVector<Choice> choices, const QVariant &current);
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QVector<Choice> m_choices;
    QVariant m_current;
};

/// Draws a choice: text, detail in a lighter tone at the right, a tick at the current one.
/// The detail is read from DetailRole, so any model may be drawn.
class ChoiceDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChoiceDelegate)
public:
    enum class Ticks { None, AtCurrent };
    explicit ChoiceDelegate(Ticks ticks, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    Ticks m_ticks;
};

/// A floating list of choices with a search field where it is long. Typing filters, the arrow keys move,
/// Enter chooses, Escape closes.
class ChoicePopup final : public Popup
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChoicePopup)
public:
    ChoicePopup(const QString &accessibleName, QWidget *parent);

    void setChoices(const QVector<Choice> &choices, const QVariant &current);

Q_SIGNALS:
    void chosen(const QVariant &value);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void choose(const QModelIndex &index);

    QLineEdit *m_search;
    QListView *m_list;
    ChoiceModel *m_model;
    QSortFilterProxyModel *m_proxy;
};

} // namespace genscope
