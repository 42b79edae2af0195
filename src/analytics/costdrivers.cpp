// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/costdrivers.h"

#include "analytics/costs.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

namespace genscope {

namespace {

using Kind = CostTally::Kind;

constexpr std::int64_t kMostRounding = 4; ///< picodollars

/// @p amount * @p part / @p whole, rounded half away from zero. Amounts are far below 2^127 / 2^40.
Money scaled(Money amount, std::int64_t part, std::int64_t whole)
{
    const Int128 product = amount.pico * part;
    const Int128 half = whole / 2;
    return {(product < 0 ? product - half : product + half) / whole};
}

/// What one call used of something on average, and what one token of it cost.
struct Average
{
    long double tokens = 0; ///< of a call
    long double rate = 0;   ///< picodollars a token; 0 without tokens
    bool isUsed = false;
};

Average average(std::int64_t tokens, Money cost, std::int64_t calls)
{
    if (tokens <= 0)
        return {};
    const auto sum = static_cast<long double>(tokens);
    return {sum / static_cast<long double>(calls), static_cast<long double>(cost.pico) / sum, true};
}

/// What was not used before has no rate of then: today's is taken, and its price did not change.
long double rateThen(const Average &then, const Average &now)
{
    return then.isUsed ? then.rate : now.rate;
}

Money rounded(long double pico)
{
    return {static_cast<Int128>(std::round(pico))};
}

/// Prompts and answers of a tally at the detail that both periods know.
struct Usage
{
    Usage(const CostTally &tally, bool parts, bool kinds)
    {
        const std::int64_t all = tally.promptTokens() + tally.output;
        if (!parts) {
            const Average any = average(all, tally.cost, tally.calls);
            prompt[Kind::Fresh] = any;
            prompt[Kind::Fresh].tokens = perCall(tally.promptTokens(), tally.calls);
            answer = any;
            answer.tokens = perCall(tally.output, tally.calls);
        } else {
            answer = average(tally.output, tally.outputCost, tally.calls);
            if (kinds) {
                for (std::size_t i = 0; i < prompt.size(); ++i)
                    prompt[i] = average(tally.prompt[i], tally.kindCost[i], tally.calls);
            } else {
                prompt[Kind::Fresh] = average(tally.promptTokens(), tally.promptCost, tally.calls);
            }
        }
        for (const Average &kind : prompt)
            promptTokens += kind.tokens;
    }

    static long double perCall(std::int64_t tokens, std::int64_t calls)
    {
        return static_cast<long double>(tokens) / static_cast<long double>(calls);
    }
    long double share(std::size_t kind) const
    {
        return promptTokens > 0 ? prompt[kind].tokens / promptTokens : 0;
    }

    std::array<Average, CostTally::kKinds> prompt;
    long double promptTokens = 0; ///< of a call
    Average answer;
};

void explainCalls(CostDrivers &drivers, const CostTally &before, const CostTally &after)
{
    const bool parts = before.knowsParts && after.knowsParts;
    const bool kinds = parts && before.knowsKinds && after.knowsKinds;
    const Usage then(before, parts, kinds);
    const Usage now(after, parts, kinds);
    const auto calls = static_cast<long double>(after.calls);
    long double tokenThen = 0; // picodollars a prompt token, at the mixture of then
    long double cache = 0;
    for (std::size_t kind = 0; kind < CostTally::kKinds; ++kind) {
        const long double rate = rateThen(then.prompt[kind], now.prompt[kind]);
        const long double shareThen = then.promptTokens > 0 ? then.share(kind) : now.share(kind);
        tokenThen += shareThen * rate;
        cache += (now.share(kind) - shareThen) * rate;
    }
    if (now.promptTokens == 0)
        cache = 0;
    drivers.promptLength = rounded(calls * (now.promptTokens - then.promptTokens) * tokenThen);
    drivers.answerLength =
        rounded(calls * (now.answer.tokens - then.answer.tokens) * rateThen(then.answer, now.answer));
    drivers.cacheShare = rounded(calls * now.promptTokens * cache);
}

/// Reads a segment's numbers once for all rows that are asked about.
class TallyReader
{
public:
    explicit TallyReader(CostMode mode) : m_mode(mode) {}

    void read(const Segment &segment)
    {
        m_unpriced = &segment.unpricedRows(m_mode);
        m_total = totalCosts(segment, m_mode);
        for (const auto &[part, costs] :
             {std::pair(CostPart::Input, &m_input), std::pair(CostPart::Output, &m_output),
              std::pair(CostPart::CacheRead, &m_read), std::pair(CostPart::CacheWrite, &m_write)}) {
            costs->resize(segment.rows());
            readCosts(segment, part, m_mode, 0, *costs);
        }
        m_book.resize(segment.rows());
        m_bookRead.resize(segment.rows());
        m_bookWrite.resize(segment.rows());
        if (m_mode != CostMode::Recomputed) { // else the costs themselves say it, as far as the book does
            readCosts(segment, CostPart::Input, CostMode::Recomputed, 0, m_book);
            readCosts(segment, CostPart::CacheRead, CostMode::Recomputed, 0, m_bookRead);
            readCosts(segment, CostPart::CacheWrite, CostMode::Recomputed, 0, m_bookWrite);
        }
        for (std::size_t i = 0; i < kColumns.size(); ++i) {
            m_columns[i].resize(segment.rows());
            segment.ints(kColumns[i]).decode(m_columns[i]);
        }
    }

    void add(std::uint32_t row, CostTally &tally) const
    {
        if (m_total[row] == kMissing) {
            tally.unpriced += isIn(*m_unpriced, row);
            return;
        }
        ++tally.calls;
        tally.cost += Money{m_total[row]};
        const std::int64_t read = tokens(2, row);
        const std::int64_t written = tokens(3, row);
        // Counted inclusively, cached tokens are part of the input; never more than there are.
        const bool isApart = (m_columns[4][row] & CacheExclusiveFlag) != 0;
        const std::int64_t fresh =
            isApart ? tokens(0, row) : std::max<std::int64_t>(0, tokens(0, row) - read - written);
        tally.prompt[Kind::Fresh] += fresh;
        tally.prompt[Kind::CacheRead] += read;
        tally.prompt[Kind::CacheWrite] += written;
        tally.output += tokens(1, row);
        addParts(row, read > 0, written > 0, tally);
    }

private:
    static constexpr std::array kColumns = {IntField::InputTokens, IntField::OutputTokens,
                                            IntField::CacheReadTokens, IntField::CacheWriteTokens,
                                            IntField::Flags};

    std::int64_t tokens(std::size_t column, std::uint32_t row) const
    {
        const std::int64_t count = m_columns[column][row];
        return count == kMissing ? 0 : std::max<std::int64_t>(0, count);
    }

    void addParts(std::uint32_t row, bool reads, bool writes, CostTally &tally) const
    {
        if (m_input[row] == kMissing || m_output[row] == kMissing) {
            tally.knowsParts = false;
            return;
        }
        tally.promptCost += Money{m_input[row]};
        tally.outputCost += Money{m_output[row]};
        const Money input{m_input[row]};
        const std::optional<Money> read = reads ? cachePart(row, m_read, m_bookRead) : Money();
        const std::optional<Money> written = writes ? cachePart(row, m_write, m_bookWrite) : Money();
        if (!read || !written) {
            tally.knowsKinds = false;
            return;
        }
        tally.kindCost[Kind::Fresh] += input - *read - *written;
        tally.kindCost[Kind::CacheRead] += *read;
        tally.kindCost[Kind::CacheWrite] += *written;
    }

    /// What the cached tokens of a call cost. Events report one amount for the whole prompt: the price book
    /// says how much of that they make.
    std::optional<Money> cachePart(std::uint32_t row, const std::vector<std::int64_t> &known,
                                   const std::vector<std::int64_t> &byBook) const
    {
        if (known[row] != kMissing)
            return Money{known[row]};
        if (m_book[row] == kMissing || m_book[row] <= 0 || byBook[row] == kMissing)
            return std::nullopt;
        return scaled(Money{m_input[row]}, byBook[row], m_book[row]);
    }

    CostMode m_mode;
    const RowBits *m_unpriced = nullptr;
    std::vector<std::int64_t> m_total;
    std::vector<std::int64_t> m_input;
    std::vector<std::int64_t> m_output;
    std::vector<std::int64_t> m_read;
    std::vector<std::int64_t> m_write;
    std::vector<std::int64_t>
        m_book; ///< the prompt by the price book; m_bookRead, m_bookWrite are parts of it
    std::vector<std::int64_t> m_bookRead;
    std::vector<std::int64_t> m_bookWrite;
    std::array<std::vector<std::int64_t>, kColumns.size()> m_columns;
};

/// By value and by model: a customer who moves to another model pays no other price.
using Tallies = std::map<std::pair<Cell, Cell>, CostTally>;

Result<Tallies> talliesOf(const CostBreakdown &by, const RowSet &rows, const Scope &scope,
                          const QueryContext &context)
{
    auto groups = CostGroups::open(by, scope, rows, context);
    if (!groups)
        return groups.error();
    if (groups->manyValued())
        return makeError(Error::Kind::Usage,
                         QCoreApplication::translate(
                             "CostDrivers", "a cost can be explained by what each call has one value of"));
    auto models = CostGroups::open({*Field::parse("model"), std::nullopt}, scope, rows, context);
    if (!models)
        return models.error();
    std::map<std::pair<std::uint32_t, std::uint32_t>, CostTally> byCode;
    TallyReader reader(scope.cost);
    const auto visit = [&](const Segment &segment, std::size_t index,
                           const std::vector<std::uint32_t> &list) {
        if (list.empty())
            return;
        groups->read(segment, index, list);
        models->read(segment, index, list);
        reader.read(segment);
        for (std::size_t i = 0; i < list.size(); ++i)
            reader.add(list[i], byCode[{groups->code(i), models->code(i)}]);
    };
    if (const Status done = forEachPriced(*context.data.snapshot, rows, by.kinds, context.data.stop, visit);
        !done)
        return done.error();
    Tallies tallies;
    for (const auto &[codes, tally] : byCode)
        tallies.emplace(std::pair(groups->cell(codes.first), models->cell(codes.second)), tally);
    return tallies;
}

std::int64_t callsOf(const Tallies &tallies)
{
    std::int64_t calls = 0;
    for (const auto &[value, tally] : tallies)
        calls += tally.calls;
    return calls;
}

void addTo(CostDrivers &total, const CostDrivers &row)
{
    total.callsBefore += row.callsBefore;
    total.callsAfter += row.callsAfter;
    total.unpriced += row.unpriced;
    for (const auto part : {&CostDrivers::before, &CostDrivers::after, &CostDrivers::volume,
                            &CostDrivers::mix, &CostDrivers::promptLength, &CostDrivers::answerLength,
                            &CostDrivers::cacheShare, &CostDrivers::price})
        total.*part += row.*part;
}

Int128 sizeOf(const CostDrivers &row)
{
    const Int128 pico = row.change().pico;
    return pico < 0 ? -pico : pico;
}

} // namespace

CostDrivers costDriversOf(const CostTally &before, const CostTally &after, std::int64_t callsBefore,
                          std::int64_t callsAfter)
{
    CostDrivers drivers;
    drivers.callsBefore = before.calls;
    drivers.callsAfter = after.calls;
    drivers.unpriced = before.unpriced + after.unpriced;
    drivers.before = before.cost;
    drivers.after = after.cost;
    if (callsBefore == 0) {
        drivers.volume = drivers.change(); // there is no average cost to speak of
        return drivers;
    }
    drivers.volume = scaled(before.cost, callsAfter - callsBefore, callsBefore);
    if (before.calls == 0 || after.calls == 0) {
        drivers.mix = drivers.change() - drivers.volume;
        return drivers;
    }
    const Money asBefore = scaled(before.cost, after.calls, before.calls);
    drivers.mix = asBefore - before.cost - drivers.volume;
    explainCalls(drivers, before, after);
    Money rest = after.cost - asBefore - drivers.promptLength - drivers.answerLength - drivers.cacheShare;
    if (rest.pico >= -kMostRounding && rest.pico <= kMostRounding) {
        drivers.mix += rest; // of the four roundings above; no price changed
        rest = {};
    }
    drivers.price = rest;
    return drivers;
}

Result<CostDriversAnswer> explainCostChange(const CostBreakdown &by, const RowSet &before,
                                            const RowSet &after, const Scope &scope,
                                            const QueryContext &context)
{
    const auto then = talliesOf(by, before, scope, context);
    if (!then)
        return then.error();
    auto now = talliesOf(by, after, scope, context);
    if (!now)
        return now.error();
    const std::int64_t callsBefore = callsOf(*then);
    const std::int64_t callsAfter = callsOf(*now);
    for (const auto &[value, tally] : *then)
        now->try_emplace(value); // what is gone has a change, too
    CostDriversAnswer answer;
    for (const auto &[key, tally] : *now) { // those of one value come together
        const auto earlier = then->find(key);
        if (answer.rows.empty() || answer.rows.back().value != key.first)
            answer.rows.emplace_back().value = key.first;
        const CostDrivers drivers = costDriversOf(earlier == then->end() ? CostTally() : earlier->second,
                                                  tally, callsBefore, callsAfter);
        addTo(answer.rows.back(), drivers);
        addTo(answer.total, drivers);
    }
    std::stable_sort(answer.rows.begin(), answer.rows.end(),
                     [](const CostDrivers &a, const CostDrivers &b) { return sizeOf(a) > sizeOf(b); });
    return answer;
}

} // namespace genscope
