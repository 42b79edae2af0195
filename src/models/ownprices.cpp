// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ownprices.h"

#include <QCoreApplication>

#include <algorithm>

namespace genscope {

namespace {

/// The row's price is this one, at this time.
bool isOf(const PriceRow &row, const PriceLine &line)
{
    const bool pattern = row.match == PriceRow::Match::Pattern;
    return line.isOwn && pattern == line.model.contains(QLatin1Char('*')) &&
           (row.match == PriceRow::Match::Listed) == line.isListed &&
           QString::fromStdString(row.model).compare(line.model, Qt::CaseInsensitive) == 0 &&
           keyOf(row).providerKey == line.providerKey && row.valid == line.valid;
}

} // namespace

void OwnPrices::reset(std::vector<PriceRow> rows)
{
    m_states = {State{std::move(rows), {}}};
    m_at = 0;
}

void OwnPrices::push(std::vector<PriceRow> rows, const QString &text)
{
    m_states.resize(m_at + 1);
    m_states.push_back({std::move(rows), text});
    ++m_at;
}

void OwnPrices::undo()
{
    m_at -= canUndo();
}

void OwnPrices::redo()
{
    m_at += canRedo();
}

std::vector<PriceRow> rowsOf(const PriceDraft &draft, const std::string &source)
{
    PriceRow common;
    common.model = draft.model.toStdString();
    common.match = draft.model.contains(QLatin1Char('*')) ? PriceRow::Match::Pattern : PriceRow::Match::Exact;
    common.provider = draft.provider.toStdString();
    common.serviceTier = draft.serviceTier.toStdString();
    common.valid = draft.valid;
    common.source = source;
    return rowsOf(draft.rates, common);
}

PriceDraft draftOf(const PriceLine &line)
{
    PriceDraft draft;
    draft.model = line.model;
    draft.provider = line.provider;
    if (line.rates)
        draft.rates = *line.rates;
    draft.valid = line.valid;
    return draft;
}

std::vector<PriceRow> withoutPrices(const std::vector<PriceRow> &own, const std::vector<PriceLine> &lines)
{
    std::vector<PriceRow> rows;
    for (const PriceRow &row : own) {
        if (std::none_of(lines.begin(), lines.end(), [&](const PriceLine &line) { return isOf(row, line); }))
            rows.push_back(row);
    }
    return rows;
}

Result<std::vector<PriceRow>> withEnd(const std::vector<PriceRow> &own, const PriceLine &line, Timestamp end)
{
    std::vector<PriceRow> rows = own;
    bool found = false;
    for (PriceRow &row : rows) {
        if (!isOf(row, line))
            continue;
        row.valid.to = end;
        found = true;
    }
    if (!found)
        return makeError(Error::Kind::Usage,
                         QCoreApplication::translate("genscope::OwnPrices",
                                                     "This price is no longer among those of the store."));
    return rows;
}

} // namespace genscope
