// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/filterbar.h"

#include "app/completionsource.h"
#include "app/filterchip.h"
#include "app/filteredit.h"
#include "app/flowlayout.h"
#include "app/icons.h"
#include "charts/theme.h"
#include "core/format.h"
#include "workspace/workspace.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QSettings>
#include <QToolButton>
#include <QVBoxLayout>

namespace genscope {

namespace {

const QString kRecentKey = QStringLiteral("filter/recent");
const QString kPinnedKey = QStringLiteral("filter/pinned");
constexpr int kMostRecent = 15;

QString textOf(const Filter &filter)
{
    return QString::fromStdString(filter.toString());
}

QToolButton *makeButton(const QString &iconName, const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setIcon(strokeIcon(iconName));
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolTip(name);
    button->setAccessibleName(name);
    return button;
}

} // namespace

FilterBar::FilterBar(Workspace *workspace, QSettings *settings, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_settings(settings),
      m_completion(new CompletionSource(workspace, this))
{
    makeWidgets();
    connect(m_edit, &FilterEdit::applied, this, &FilterBar::apply);
    connect(m_edit, &FilterEdit::reverted, this, &FilterBar::endEdit);
    connect(m_edit, &FilterEdit::refused, this, [this] { showProblem(true); });
    connect(m_edit, &FilterEdit::problemChanged, this, [this] { showProblem(false); });
    connect(m_edit, &FilterEdit::backedOut, this, [this] {
        if (!m_chips.isEmpty() && m_editing == Adding)
            beginEdit(static_cast<int>(m_chips.size()) - 1);
    });
    connect(m_clear, &QToolButton::clicked, this, [this] { setFilter({}); });
    connect(m_recent, &QToolButton::clicked, this, &FilterBar::openRecent);
    connect(workspace, &Workspace::scopeChanged, this, &FilterBar::showFilter);
    connect(workspace, &Workspace::selectionChanged, this, &FilterBar::showCounts);
    showFilter();
    showCounts();
}

void FilterBar::makeWidgets()
{
    m_box = new QWidget(this);
    m_box->installEventFilter(this);
    m_edit = new FilterEdit(m_completion, m_box);
    m_edit->setPlaceholderText(tr("Filter events, such as model = \"gpt-4o\" and latency > 2s"));
    m_edit->setMinimumWidth(200);
    m_edit->installEventFilter(this);
    m_flow = new FlowLayout(4);
    m_flow->addWidget(m_edit);

    auto *icon = new QLabel(m_box);
    icon->setPixmap(strokeIcon(QStringLiteral("filter")).pixmap(16));
    m_clear = makeButton(QStringLiteral("close"), tr("Clear the filter"), m_box);
    m_recent = makeButton(QStringLiteral("history"), tr("Recent and pinned filters"), m_box);
    auto *boxLayout = new QHBoxLayout(m_box);
    boxLayout->setContentsMargins(8, 4, 4, 4);
    boxLayout->setSpacing(4);
    boxLayout->addWidget(icon);
    boxLayout->addSpacing(4);
    boxLayout->addLayout(m_flow, 1);
    boxLayout->addWidget(m_clear);
    boxLayout->addWidget(m_recent);

    m_counts = new QLabel(this);
    m_counts->setAccessibleName(tr("Events matched"));
    m_problem = new QLabel(this);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setFrameShape(QFrame::Box);
    m_problem->setAutoFillBackground(true);
    m_problem->setMargin(6);
    m_problem->hide();

    auto *row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(m_box, 1);
    row->addWidget(m_counts);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 0, 16, 8);
    layout->setSpacing(4);
    layout->addLayout(row);
}

void FilterBar::paintEvent(QPaintEvent *)
{
    // One hairline below: what holds for every page ends here.
    QPainter painter(this);
    painter.fillRect(0, height() - 1, width(), 1, Theme::of(palette()).hairline);
}

bool FilterBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_box && event->type() == QEvent::Paint) {
        const Theme &theme = Theme::of(palette());
        QPainter painter(m_box);
        painter.setRenderHint(QPainter::Antialiasing);
        const bool focused = m_edit->hasFocus();
        painter.setPen(QPen(focused ? theme.accent : theme.hairline, focused ? 2 : 1));
        painter.setBrush(theme.surface);
        const qreal inset = focused ? 1 : 0.5;
        painter.drawRoundedRect(QRectF(m_box->rect()).adjusted(inset, inset, -inset, -inset), 4, 4);
    }
    if (watched == m_box && event->type() == QEvent::MouseButtonPress)
        m_edit->setFocus(Qt::MouseFocusReason);
    if (watched == m_edit && (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut))
        m_box->update();
    return QWidget::eventFilter(watched, event);
}

void FilterBar::focusEdit()
{
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
}

void FilterBar::showFilter()
{
    std::vector<Filter> conjuncts = m_workspace->scope().filter.conjuncts();
    const auto same = [](const Filter &a, const Filter &b) { return a.toString() == b.toString(); };
    if (m_shown &&
        std::equal(conjuncts.begin(), conjuncts.end(), m_conjuncts.begin(), m_conjuncts.end(), same))
        return;
    m_shown = true;
    m_conjuncts = std::move(conjuncts);
    for (FilterChip *chip : std::as_const(m_chips)) {
        chip->hide();
        chip->deleteLater(); // it may be the one whose key is being handled
    }
    while (m_flow->count() > 1)
        delete m_flow->takeAt(0);
    m_chips.clear();
    QWidget *previous = this;
    for (const Filter &conjunct : m_conjuncts) {
        const int index = static_cast<int>(m_chips.size());
        auto *chip = new FilterChip(conjunct, m_box);
        connect(chip, &QAbstractButton::clicked, this, [this, index] { beginEdit(index); });
        connect(chip, &FilterChip::removeRequested, this, [this, index] { removeConjunct(index); });
        connect(chip, &FilterChip::negateRequested, this, [this, index] { negateConjunct(index); });
        m_flow->insertBeforeLast(chip);
        chip->show();
        setTabOrder(previous, chip);
        previous = chip;
        m_chips.push_back(chip);
    }
    setTabOrder(previous, m_edit);
    setTabOrder(m_edit, m_clear);
    setTabOrder(m_clear, m_recent);
    m_clear->setVisible(!m_chips.isEmpty());
    m_edit->setPlaceholderText(
        m_chips.isEmpty() ? tr("Filter events, such as model = \"gpt-4o\" and latency > 2s") : tr("and …"));
    endEdit();
}

void FilterBar::showCounts()
{
    const auto selection = m_workspace->selection();
    const QLocale locale;
    m_counts->setText(tr("%1 of %2 events")
                          .arg(formatCount(selection->matchedEvents, locale),
                               formatCount(selection->storedEvents, locale)));
    m_counts->setToolTip(tr("Events that the time range and the filter match, of all events in the store"));
}

void FilterBar::showProblem(bool refused)
{
    const QString problem = m_edit->problem();
    // While the end is merely missing, the tone is quiet, and a list of what may follow says it better.
    const bool quiet = m_edit->isUnfinished() && !refused;
    m_edit->setAccessibleDescription(problem);
    if (problem.isEmpty() || (quiet && m_edit->popupIsOpen())) {
        m_problem->hide();
        return;
    }
    const Theme &theme = Theme::of(palette());
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, quiet ? theme.mutedText : theme.error);
    colors.setColor(QPalette::Window, theme.surface);
    m_problem->setPalette(colors);
    m_problem->setText(problem);
    // It floats over the page: what comes and goes while typing must not move what is below.
    QWidget *over = window();
    m_problem->setParent(over);
    m_problem->setMaximumWidth(m_box->width());
    m_problem->adjustSize();
    m_problem->move(m_box->mapTo(over, QPoint(0, m_box->height() + 2)));
    m_problem->raise();
    m_problem->show();
}

void FilterBar::beginEdit(int chip)
{
    for (FilterChip *other : std::as_const(m_chips))
        other->setEditing(false);
    m_editing = chip;
    if (chip >= 0) {
        m_chips.at(chip)->setEditing(true);
        m_edit->setFilterText(m_chips.at(chip)->text());
    } else if (chip == Whole) {
        m_edit->setFilterText(textOf(m_workspace->scope().filter));
    }
    m_edit->setFocus(Qt::OtherFocusReason);
}

void FilterBar::endEdit()
{
    for (FilterChip *chip : std::as_const(m_chips))
        chip->setEditing(false);
    m_editing = Adding;
    m_edit->setFilterText({});
}

void FilterBar::apply(const QString &text)
{
    const auto parsed = Filter::parse(text.toStdString());
    if (!parsed)
        return; // the field refuses such a text itself
    std::vector<Filter> parts = m_conjuncts;
    if (m_editing == Whole)
        parts.clear();
    if (m_editing >= 0 && static_cast<std::size_t>(m_editing) < parts.size()) {
        if (parsed->isEmpty())
            parts.erase(parts.begin() + m_editing);
        else
            parts[static_cast<std::size_t>(m_editing)] = *parsed;
    } else if (!parsed->isEmpty()) {
        parts.push_back(*parsed);
    }
    endEdit();
    setFilter(Filter::all(parts));
}

void FilterBar::removeConjunct(int index)
{
    std::vector<Filter> parts = m_conjuncts;
    parts.erase(parts.begin() + index);
    m_edit->setFocus(Qt::OtherFocusReason);
    setFilter(Filter::all(parts));
}

void FilterBar::negateConjunct(int index)
{
    std::vector<Filter> parts = m_conjuncts;
    parts[static_cast<std::size_t>(index)] = parts[static_cast<std::size_t>(index)].negated();
    setFilter(Filter::all(parts));
}

void FilterBar::setFilter(const Filter &filter)
{
    remember(textOf(filter));
    m_workspace->setFilter(filter);
}

void FilterBar::remember(const QString &filterText)
{
    if (filterText.isEmpty())
        return;
    QStringList recent = m_settings->value(kRecentKey).toStringList();
    recent.removeAll(filterText);
    recent.prepend(filterText);
    m_settings->setValue(kRecentKey, recent.mid(0, kMostRecent));
}

void FilterBar::setPinned(const QString &filterText, bool pinned)
{
    QStringList all = m_settings->value(kPinnedKey).toStringList();
    all.removeAll(filterText);
    if (pinned)
        all.append(filterText);
    m_settings->setValue(kPinnedKey, all);
}

void FilterBar::addFilterAction(QMenu &menu, const QString &filterText)
{
    const QString shown = fontMetrics().elidedText(filterText, Qt::ElideMiddle, 480);
    menu.addAction(QString(shown).replace(QLatin1Char('&'), QLatin1String("&&")), this, [this, filterText] {
        if (const auto filter = Filter::parse(filterText.toStdString()))
            setFilter(*filter);
    });
}

QMenu *FilterBar::recentMenu()
{
    auto *menu = new QMenu(this);
    const QStringList pinned = m_settings->value(kPinnedKey).toStringList();
    const QStringList recent = m_settings->value(kRecentKey).toStringList();
    for (const QString &text : pinned)
        addFilterAction(*menu, text);
    if (!pinned.isEmpty())
        menu->addSeparator();
    for (const QString &text : recent) {
        if (!pinned.contains(text))
            addFilterAction(*menu, text);
    }
    if (recent.isEmpty() && pinned.isEmpty())
        menu->addAction(tr("No filter was applied yet"))->setEnabled(false);
    menu->addSeparator();
    const QString current = textOf(m_workspace->scope().filter);
    const bool isPinned = pinned.contains(current);
    menu->addAction(strokeIcon(QStringLiteral("bookmark")),
                    isPinned ? tr("Unpin this filter") : tr("Pin this filter"), this,
                    [this, current, isPinned] { setPinned(current, !isPinned); })
        ->setEnabled(!current.isEmpty());
    menu->addAction(strokeIcon(QStringLiteral("edit")), tr("Edit the whole filter as text"), this,
                    [this] { beginEdit(Whole); })
        ->setEnabled(!m_conjuncts.empty());
    return menu;
}

void FilterBar::openRecent()
{
    QMenu *menu = recentMenu();
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(m_recent->mapToGlobal(QPoint(0, m_recent->height())));
}

} // namespace genscope
