// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tables/comparedialog.h"

#include "app/tables/celldelegate.h"
#include "charts/theme.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QShortcut>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace genscope {

namespace {

constexpr int kGutter = 22;
constexpr int kPadding = 4;
constexpr int kMostFitted = 3'000; ///< rows whose heights are fitted to their text; of more, lines are elided

/// A line with a sign in front that tells what became of it: the tint is not all that does.
class DiffDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const auto *view = qobject_cast<const QTableView *>(option.widget);
        const int width = (view != nullptr ? view->columnWidth(index.column()) : 400) - kGutter - kPadding;
        const QRect needed = option.fontMetrics.boundingRect(QRect(0, 0, std::max(width, 40), 1 << 20),
                                                             kFlags, index.data().toString());
        return {width, std::max(needed.height(), option.fontMetrics.height()) + 2 * kPadding};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &theme = Theme::of(option.palette);
        const auto kind = static_cast<DiffLine::Kind>(index.data(DiffModel::KindRole).toInt());
        const bool left = index.column() == 0;
        const bool has =
            kind == DiffLine::Kind::Changed || kind == (left ? DiffLine::Kind::Left : DiffLine::Kind::Right);
        painter->save();
        painter->setFont(option.font);
        QColor tint = left ? theme.warning : theme.accent;
        tint.setAlphaF(0.16F);
        if (has)
            painter->fillRect(option.rect, tint);
        else if (kind != DiffLine::Kind::Same)
            painter->fillRect(option.rect, QBrush(theme.grid, Qt::BDiagPattern)); // nothing stands here
        if ((option.state & QStyle::State_Selected) != 0)
            painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()),
                              theme.accent);
        const QRect sign(option.rect.left() + 6, option.rect.top() + kPadding, kGutter - 6,
                         option.fontMetrics.height());
        painter->setPen(theme.mutedText);
        if (has)
            painter->drawText(sign, Qt::AlignLeft,
                              kind == DiffLine::Kind::Changed ? QStringLiteral("≠")
                              : left                          ? QStringLiteral("−")
                                                              : QStringLiteral("+"));
        if (index.data(DiffModel::HeadingRole).toBool()) {
            QFont bold = option.font;
            bold.setWeight(QFont::DemiBold);
            painter->setFont(bold);
            painter->setPen(theme.text);
        } else {
            painter->setPen(index.data(DiffModel::FoldRole).toBool() ? theme.mutedText : theme.text);
        }
        painter->drawText(option.rect.adjusted(kGutter, kPadding, -kPadding, -kPadding), kFlags,
                          index.data().toString());
        painter->restore();
    }

private:
    static constexpr int kFlags =
        static_cast<int>(Qt::AlignLeft | Qt::AlignTop) | Qt::TextWrapAnywhere | Qt::TextWordWrap;
};

QLabel *plainLabel(const QString &text)
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

CompareDialog::CompareDialog(const Comparison &comparison, QWidget *parent)
    : QDialog(parent), m_model(new DiffModel(this)), m_view(new QTableView)
{
    setWindowTitle(tr("Compare"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowFlag(Qt::WindowMaximizeButtonHint);
    m_model->setTexts(comparison.texts);
    m_model->setTitles(comparison.leftTitle, comparison.rightTitle);
    m_view->setModel(m_model);
    m_view->setItemDelegate(new DiffDelegate(m_view));
    m_view->setAccessibleName(tr("Differences of the texts"));
    m_view->setShowGrid(false);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setTabKeyNavigation(false);
    m_view->verticalHeader()->hide();
    m_view->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_view->horizontalHeader()->setHighlightSections(false);
    softenSelection(m_view, Theme::of(palette()));
    // Once both columns have their width.
    connect(m_view->horizontalHeader(), &QHeaderView::sectionResized, this, &CompareDialog::fitRows,
            Qt::QueuedConnection);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(8);
    layout->addWidget(makeFacts(comparison));
    layout->addWidget(makeBar());
    layout->addWidget(m_view, 1);
    layout->addWidget(buttons);
    resize(1100, 760);
    goTo(1);
}

QWidget *CompareDialog::makeFacts(const Comparison &comparison)
{
    auto *box = new QWidget;
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 8);
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(2);
    const auto titled = [](const QString &text) {
        QLabel *label = plainLabel(text);
        QFont bold = label->font();
        bold.setWeight(QFont::DemiBold);
        label->setFont(bold);
        return label;
    };
    grid->addWidget(titled(comparison.leftTitle), 0, 1);
    grid->addWidget(titled(comparison.rightTitle), 0, 2);
    grid->addWidget(titled(tr("Difference")), 0, 3);
    int row = 1;
    for (const Comparison::Fact &fact : comparison.facts) {
        QLabel *name = plainLabel(fact.name);
        name->setForegroundRole(QPalette::PlaceholderText);
        grid->addWidget(name, row, 0);
        const auto shown = [](const QString &text) {
            return text.isEmpty() ? QStringLiteral("–") : text.simplified();
        };
        grid->addWidget(plainLabel(shown(fact.left)), row, 1);
        grid->addWidget(plainLabel(shown(fact.right)), row, 2);
        grid->addWidget(plainLabel(!fact.differs               ? QString()
                                   : fact.difference.isEmpty() ? tr("differs")
                                                               : fact.difference),
                        row, 3);
        ++row;
    }
    grid->setColumnStretch(4, 1);
    return box;
}

QWidget *CompareDialog::makeBar()
{
    auto *bar = new QWidget;
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    const int count = m_model->differences();
    QLabel *found =
        plainLabel(count == 0 ? tr("The texts are the same.") : tr("%n line(s) differ", nullptr, count));
    found->setForegroundRole(QPalette::PlaceholderText);
    auto *folded = new QCheckBox(tr("Only what differs"));
    folded->setChecked(true);
    connect(folded, &QCheckBox::toggled, this, [this](bool on) {
        m_model->setFolded(on);
        fitRows();
    });
    layout->addWidget(found);
    layout->addStretch();
    layout->addWidget(folded);
    for (const int direction : {-1, 1}) {
        auto *button = new QToolButton;
        button->setText(direction < 0 ? QStringLiteral("↑") : QStringLiteral("↓"));
        button->setToolTip(direction < 0 ? tr("Previous difference (Shift+F3)") : tr("Next difference (F3)"));
        button->setAccessibleName(direction < 0 ? tr("Previous difference") : tr("Next difference"));
        button->setAutoRaise(true);
        button->setEnabled(count > 0);
        connect(button, &QToolButton::clicked, this, [this, direction] { goTo(direction); });
        layout->addWidget(button);
        auto *keys = new QShortcut(
            direction < 0 ? QKeySequence(Qt::SHIFT | Qt::Key_F3) : QKeySequence(Qt::Key_F3), this);
        connect(keys, &QShortcut::activated, this, [this, direction] { goTo(direction); });
    }
    return bar;
}

void CompareDialog::goTo(int direction)
{
    const QModelIndex current = m_view->currentIndex();
    const int from = current.isValid() ? current.row() : direction > 0 ? 0 : m_model->rowCount() - 1;
    const int row = m_model->nextDifference(from, direction);
    if (row < 0)
        return;
    m_view->setCurrentIndex(m_model->index(row, 0));
    m_view->scrollTo(m_model->index(row, 0), QAbstractItemView::PositionAtCenter);
}

void CompareDialog::fitRows()
{
    if (m_model->rowCount() <= kMostFitted)
        m_view->resizeRowsToContents();
}

} // namespace genscope
