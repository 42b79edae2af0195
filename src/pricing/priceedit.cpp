// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/priceedit.h"

#include "pricing/jsontext.h"
#include "pricing/pricefile.h"
#include "pricing/pricehistory.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::PriceBook)
};

/// True if @p added says of the beginning of @p row's time what the row says.
bool isRepeatedBy(const PriceRow &row, const PriceRow &added)
{
    return row.unit == added.unit && row.rate == added.rate && row.aboveTokens == added.aboveTokens &&
           row.tierMode == added.tierMode && added.valid.contains({row.valid.fromUs()});
}

struct Addition
{
    std::vector<TimeRange> times;
    std::vector<const PriceRow *> rows;
};

} // namespace

Result<EditedPrices> withPrices(const std::vector<PriceRow> &own, const std::vector<PriceRow> &added,
                                PriceEdit mode)
{
    std::map<PriceRowKey, Addition> additions;
    for (const PriceRow &row : added) {
        Addition &addition = additions[keyOf(row)];
        addition.rows.push_back(&row);
        if (std::find(addition.times.begin(), addition.times.end(), row.valid) == addition.times.end())
            addition.times.push_back(row.valid);
    }

    EditedPrices edited;
    for (const PriceRow &row : own) {
        const auto addition = additions.find(keyOf(row));
        if (addition == additions.end()) {
            edited.rows.push_back(row);
            continue;
        }
        const auto left = without(row.valid, addition->second.times);
        const bool isRepeated = std::any_of(addition->second.rows.begin(), addition->second.rows.end(),
                                            [&](const PriceRow *other) { return isRepeatedBy(row, *other); });
        if (left.empty() && !isRepeated) {
            if (mode == PriceEdit::KeepHistory) {
                return makeError(
                    Error::Kind::Usage,
                    Text::tr("%1 already has a price from %2 on, which would be lost: let the new "
                             "one begin later, or say that it replaces that one")
                        .arg(shortened(row.model), row.valid.from ? fromUtf8(priceTimeText(row.valid.from))
                                                                  : Text::tr("the beginning")));
            }
            ++edited.removed;
        }
        edited.ended += !left.empty() && !(left.size() == 1 && left.front() == row.valid);
        for (const TimeRange &time : left) {
            edited.rows.push_back(row);
            edited.rows.back().valid = time;
        }
    }
    for (const PriceRow &row : added) {
        edited.added += std::find(own.begin(), own.end(), row) == own.end();
        edited.rows.push_back(row);
    }
    return edited;
}

EditedPrices withPriceEnded(const std::vector<PriceRow> &own, const PriceRowKey &key, Timestamp time)
{
    EditedPrices edited;
    for (const PriceRow &row : own) {
        if (keyOf(row) != key || row.valid.toUs() <= time.us) {
            edited.rows.push_back(row);
        } else if (row.valid.fromUs() < time.us) {
            edited.rows.push_back(row);
            edited.rows.back().valid.to = time;
            ++edited.ended;
        } else {
            ++edited.removed;
        }
    }
    return edited;
}

} // namespace genscope
