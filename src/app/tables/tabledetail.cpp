// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// A table page's details: beside the list or over the whole page, and the way through the list from there.
#include "app/tables/tablepage.h"

#include "app/tables/comparedialog.h"
#include "app/tables/detailpane.h"
#include "app/tables/eventpane.h"
#include "app/tables/listview.h"
#include "core/format.h"
#include "models/comparison.h"

#include <QApplication>
#include <QLocale>
#include <QSettings>
#include <QSplitter>

#include <algorithm>

namespace genscope {

void TablePage::showDetail(int row)
{
    // Until the rows of a store that was just opened are here, row numbers are those of another store.
    const auto shown = m_model->rows()->selection();
    if (!shown || shown->reader != m_workspace->selection()->reader)
        return;
    openDetail();
    showPosition(row);
    const std::uint32_t id = m_model->rows()->rowId(static_cast<std::size_t>(row));
    if (isEventList(kind()))
        m_detail->showEventAt(id);
    else if (kind() == ListKind::Traces)
        m_detail->showTrace(m_model->rowText(row, keyColumnOf(kind())));
    else
        m_detail->showSummary(*m_model, row);
}

void TablePage::setDetailLarge(bool large)
{
    if (large == isDetailLarge())
        return;
    saveSettings(); // the places of both, while both are seen
    if (large)
        openDetail();
    m_listSide->setVisible(!large);
    m_detail->setLarge(large);
    m_detail->focusContent();
}

bool TablePage::isDetailLarge() const
{
    return m_listSide->isHidden();
}

bool TablePage::findInDetail()
{
    const bool there = isDetailLarge() || m_detail->isAncestorOf(QApplication::focusWidget());
    return there && m_detail->focusSearch();
}

void TablePage::stepDetail(int direction)
{
    const QModelIndex current = m_view->currentIndex();
    const QModelIndex next = m_model->index(current.row() + direction, std::max(0, current.column()));
    if (next.isValid())
        m_view->setCurrentIndex(next);
}

void TablePage::showPosition(int row)
{
    const QLocale locale;
    m_detail->setPosition(tr("%1 of %2")
                              .arg(formatCount(row + 1, locale),
                                   formatCount(static_cast<std::int64_t>(m_model->rows()->size()), locale)));
}

void TablePage::compareSelected()
{
    std::vector<int> rows;
    if (m_view->selectedRowCount() == 2) // not listed where there are millions
        forEachPosition(m_view->selectedRanges(), [&rows](std::size_t position) {
            rows.push_back(static_cast<int>(position));
            return true;
        });
    if (rows.size() != 2 || (!isEventList(kind()) && kind() != ListKind::Traces)) {
        Q_EMIT message(tr("Select two rows to compare them."));
        return;
    }
    using Answer = Result<Comparison>;
    std::function<Answer(const Selection &)> compare;
    if (isEventList(kind())) {
        const auto idOf = [this](int row) { return m_model->rows()->rowId(static_cast<std::size_t>(row)); };
        compare = [a = idOf(rows[0]), b = idOf(rows[1])](const Selection &selection) -> Answer {
            const auto left = loadEventDetail(selection, a);
            const auto right = left ? loadEventDetail(selection, b) : left;
            return right ? Answer(compareEvents(**left, **right, QLocale())) : right.error();
        };
    } else {
        const auto idOf = [this](int row) {
            return m_model->rowText(row, keyColumnOf(kind())).toStdString();
        };
        compare = [a = idOf(rows[0]), b = idOf(rows[1])](const Selection &selection) -> Answer {
            const auto left = loadTraceDetail(selection, a);
            const auto right = left ? loadTraceDetail(selection, b) : left;
            return right ? Answer(compareTraces(**left, **right, QLocale())) : right.error();
        };
    }
    m_workspace->compute<Answer>(this, QStringLiteral("compare"), std::move(compare),
                                 [this](const Answer &made) {
                                     if (made)
                                         (new CompareDialog(*made, this))->show();
                                     else if (made.error().kind != Error::Kind::Cancelled)
                                         Q_EMIT message(made.error().message);
                                 });
}

void TablePage::openDetail()
{
    if (!m_detail->isHidden())
        return;
    m_detail->show();
    const QVariant sizes =
        m_services.settings != nullptr ? m_services.settings->value(settingsKey("splitter")) : QVariant();
    if (!sizes.isValid() || !m_splitter->restoreState(sizes.toByteArray()))
        m_splitter->setSizes({width() * 3 / 5, width() * 2 / 5});
}

bool TablePage::closeDetail()
{
    if (m_detail->isHidden())
        return false;
    setDetailLarge(false);
    saveSettings();
    m_detail->hide();
    return true;
}

/// Beside the list, as soon as the event is loaded.
void TablePage::explainCost(int row)
{
    openDetail();
    connect(
        m_detail, &DetailPane::loaded, this, [this] { m_detail->eventPane()->explainCost(); },
        Qt::SingleShotConnection);
    m_view->setCurrentIndex(m_model->index(row, 0));
    m_detail->showEventAt(m_model->rows()->rowId(static_cast<std::size_t>(row)));
}

} // namespace genscope
