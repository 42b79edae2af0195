// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/pricedraft.h"
#include "models/pricelines.h"
#include "pricing/priceedit.h"

#include <QString>

#include <vector>

namespace genscope {

/// A store's own prices with the edits that led to them, for undo and redo. A plain value: who holds it
/// writes the rows to the store.
class OwnPrices
{
public:
    /// Rows as the store has them. Forgets all edits.
    void reset(std::vector<PriceRow> rows);
    const std::vector<PriceRow> &rows() const { return m_states[m_at].rows; }

    /// Takes the rows over as the newest edit. @param text  what was done, for the undo action: `add gpt-4o`
    void push(std::vector<PriceRow> rows, const QString &text);
    bool canUndo() const { return m_at > 0; }
    bool canRedo() const { return m_at + 1 < m_states.size(); }
    QString undoText() const { return canUndo() ? m_states[m_at].text : QString(); }
    QString redoText() const { return canRedo() ? m_states[m_at + 1].text : QString(); }
    void undo();
    void redo();

private:
    struct State
    {
        std::vector<PriceRow> rows;
        QString text; ///< what led to it
    };
    std::vector<State> m_states = {State{}};
    std::size_t m_at = 0;
};

/// The rows of a draft. @param source  where the facts are from
std::vector<PriceRow> rowsOf(const PriceDraft &draft, const std::string &source);
/// The draft that edits a price.
PriceDraft draftOf(const PriceLine &line);
/// Own rows without those of these prices.
std::vector<PriceRow> withoutPrices(const std::vector<PriceRow> &own, const std::vector<PriceLine> &lines);
/// Own rows, the price ended. @error Usage if it is not among them
Result<std::vector<PriceRow>> withEnd(const std::vector<PriceRow> &own, const PriceLine &line, Timestamp end);

} // namespace genscope
