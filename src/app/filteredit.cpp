// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/filteredit.h"

#include "app/choices.h"
#include "app/completionsource.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QListView>

#include <algorithm>

namespace genscope {

namespace {

constexpr int kBelow = 6; ///< the list opens below the frame around the field

/// UTF-16 position of byte @p offset of a UTF-8 text.
qsizetype characterAt(const QByteArray &utf8, std::size_t offset)
{
    return QString::fromUtf8(utf8.left(static_cast<qsizetype>(offset))).size();
}

} // namespace

FilterEdit::FilterEdit(CompletionSource *source, QWidget *parent)
    : QLineEdit(parent),
      m_source(source),
      m_choices(new ChoiceModel(this)),
      m_completer(new QCompleter(m_choices, this))
{
    setClearButtonEnabled(false);
    setAccessibleName(tr("Filter"));
    setFrame(false);

    auto *list = new QListView;
    list->setUniformItemSizes(true);
    list->setMouseTracking(true);
    m_completer->setPopup(list);                                                  // takes it over
    list->setItemDelegate(new ChoiceDelegate(ChoiceDelegate::Ticks::None, list)); // setPopup sets its own
    m_completer->setWidget(this);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(10);
    connect(m_completer, qOverload<const QModelIndex &>(&QCompleter::activated), this,
            &FilterEdit::insertCompletion);

    connect(this, &QLineEdit::textChanged, this, &FilterEdit::validate);
    connect(this, &QLineEdit::textEdited, this, &FilterEdit::offerCompletions);
    connect(source, &CompletionSource::found, this, [this] {
        if (hasFocus() || popupIsOpen())
            offerCompletions();
    });
}

void FilterEdit::setFilterText(const QString &newText)
{
    m_completer->popup()->hide();
    setText(newText);
}

bool FilterEdit::popupIsOpen() const
{
    return m_completer->popup()->isVisible();
}

void FilterEdit::validate()
{
    const QByteArray utf8 = text().toUtf8();
    const auto trouble = utf8.trimmed().isEmpty()
                             ? std::nullopt
                             : Filter::check({utf8.constData(), static_cast<std::size_t>(utf8.size())});
    m_problem.clear();
    m_unfinished = false;
    if (trouble) {
        const auto position = characterAt(utf8, trouble->offset);
        m_unfinished = trouble->offset + trouble->length >= static_cast<std::size_t>(utf8.size());
        m_problem = tr("At character %1: %2").arg(position + 1).arg(trouble->message);
    }
    Q_EMIT problemChanged();
}

void FilterEdit::offerCompletions()
{
    const QByteArray before = text().left(cursorPosition()).toUtf8();
    const CompletionPoint point =
        completionPoint({before.constData(), static_cast<std::size_t>(before.size())});
    QVector<Choice> choices;
    switch (point.wants) {
    case CompletionPoint::Wants::Field:
        choices = fieldSuggestions(point, m_source->properties());
        break;
    case CompletionPoint::Wants::Operator:
        choices = operatorSuggestions(point);
        break;
    case CompletionPoint::Wants::Value:
        if (point.field) {
            if (const auto *values = m_source->values(*point.field))
                choices = valueSuggestions(point, *values, locale());
        }
        break;
    case CompletionPoint::Wants::Connective:
        choices = connectiveSuggestions(point);
        break;
    case CompletionPoint::Wants::Nothing:
        break;
    }
    m_replaceFrom = static_cast<std::size_t>(characterAt(before, point.begin));
    m_choices->setChoices(choices, {});
    if (choices.isEmpty()) {
        m_completer->popup()->hide();
        Q_EMIT problemChanged();
        return;
    }
    const auto *view = static_cast<QListView *>(m_completer->popup());
    QRect anchor = cursorRect();
    anchor.setBottom(height() + kBelow);
    anchor.setWidth(std::clamp(view->sizeHintForColumn(0) + 32, 240, 560));
    m_completer->complete(anchor);
    m_completer->popup()->setCurrentIndex({});
    Q_EMIT problemChanged(); // where it is told depends on the list
}

void FilterEdit::insertCompletion(const QModelIndex &index)
{
    const QString insert = index.data(ChoiceModel::ValueRole).toString();
    if (insert.isEmpty())
        return;
    const QString tail = text().mid(cursorPosition());
    const QString head = text().left(static_cast<qsizetype>(m_replaceFrom));
    // An operator put right behind a field, or a value behind an operator, needs a space between.
    const bool needsSpace =
        !head.isEmpty() && !head.endsWith(QLatin1Char(' ')) && !head.endsWith(QLatin1Char('('));
    const QString inserted = (needsSpace ? QStringLiteral(" ") : QString()) + insert;
    setText(head + inserted + tail);
    setCursorPosition(static_cast<int>(head.size() + inserted.size()));
    offerCompletions();
}

bool FilterEdit::event(QEvent *event)
{
    // Tab takes the first suggestion instead of leaving the field.
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Tab &&
        popupIsOpen()) {
        const QModelIndex current = m_completer->popup()->currentIndex();
        insertCompletion(current.isValid() ? current : m_completer->popup()->model()->index(0, 0));
        return true;
    }
    return QLineEdit::event(event);
}

void FilterEdit::keyPressEvent(QKeyEvent *event)
{
    const bool choosing = popupIsOpen() && m_completer->popup()->currentIndex().isValid();
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (choosing) {
            event->ignore(); // the completer takes the chosen one
            return;
        }
        m_completer->popup()->hide();
        if (m_problem.isEmpty())
            Q_EMIT applied(text().trimmed());
        else
            Q_EMIT refused();
        return;
    case Qt::Key_Escape:
        if (popupIsOpen()) {
            m_completer->popup()->hide();
            Q_EMIT problemChanged();
        } else {
            Q_EMIT reverted();
        }
        return;
    case Qt::Key_Down:
        if (!popupIsOpen()) {
            offerCompletions();
            return;
        }
        break;
    case Qt::Key_Backspace:
        if (text().isEmpty()) {
            Q_EMIT backedOut();
            return;
        }
        break;
    default:
        break;
    }
    QLineEdit::keyPressEvent(event);
}

void FilterEdit::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason)
        m_completer->popup()->hide();
}

} // namespace genscope
