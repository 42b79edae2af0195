// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/segmentpricer.h"

#include "core/event.h"

#include <array>
#include <span>

namespace genscope {

namespace {

/// Rows are read in blocks, so that what is read stays in the nearest cache.
constexpr std::size_t kBlock = 1024;
constexpr std::size_t kKnownSlots = 1024;

struct CountColumn
{
    IntField field;
    std::int64_t CallCounts::*member;
};
constexpr std::array kCountColumns = {
    CountColumn{IntField::InputTokens, &CallCounts::input},
    CountColumn{IntField::OutputTokens, &CallCounts::output},
    CountColumn{IntField::CacheReadTokens, &CallCounts::cacheRead},
    CountColumn{IntField::CacheWriteTokens, &CallCounts::cacheWrite},
    CountColumn{IntField::ReasoningTokens, &CallCounts::reasoning},
    CountColumn{IntField::CacheWrite5mTokens, &CallCounts::cacheWrite5m},
    CountColumn{IntField::CacheWrite1hTokens, &CallCounts::cacheWrite1h},
    CountColumn{IntField::CacheReadAudioTokens, &CallCounts::cacheReadAudio},
    CountColumn{IntField::AudioInputTokens, &CallCounts::audioInput},
    CountColumn{IntField::ImageInputTokens, &CallCounts::imageInput},
    CountColumn{IntField::AudioOutputTokens, &CallCounts::audioOutput},
    CountColumn{IntField::ImageOutputTokens, &CallCounts::imageOutput},
    CountColumn{IntField::TextOutputTokens, &CallCounts::textOutput},
    CountColumn{IntField::RequestCount, &CallCounts::requests},
    CountColumn{IntField::WebSearchCount, &CallCounts::webSearches},
};
static_assert(kMissing == kNotKnown);

struct BookColumn
{
    IntField field;
    std::int64_t PicoCosts::*member;
};
constexpr std::array kBookColumns = {
    BookColumn{IntField::BookInput, &PicoCosts::input},
    BookColumn{IntField::BookOutput, &PicoCosts::output},
    BookColumn{IntField::BookCacheRead, &PicoCosts::cacheRead},
    BookColumn{IntField::BookCacheWrite, &PicoCosts::cacheWrite},
    BookColumn{IntField::BookRequest, &PicoCosts::request},
    BookColumn{IntField::BookWebSearch, &PicoCosts::webSearch},
};

std::int64_t timesFactor(std::int64_t pico, const Decimal &factor)
{
    constexpr int kPicoScale = 12;
    return pico == kMissing ? kMissing : (Decimal(pico, kPicoScale) * factor).toPico().value_or(kMissing);
}

} // namespace

/// Decoded columns of the rows of one block.
struct SegmentPricer::Input
{
    using Block = std::array<std::int64_t, kBlock>;
    Block kind;
    Block flags;
    Block model;
    Block provider;
    Block tier;
    Block timestamp;
    Block reportedTotal;
    std::array<Block, kCountColumns.size()> counts;
    std::array<bool, kCountColumns.size()> hasCount{}; ///< else no row of the segment has such a count

    CallCounts countsOf(std::size_t row) const
    {
        CallCounts of;
        for (std::size_t i = 0; i < kCountColumns.size(); ++i) {
            if (hasCount[i])
                of.*kCountColumns[i].member = counts[i][row];
        }
        return of;
    }
};

/// Columns of the priced segment, by row.
struct SegmentPricer::Output
{
    using Column = std::vector<std::int64_t>;
    std::array<Column, kBookColumns.size()> book;
    Column costModel;
    Column costProvider;
    Column costSource;
    Column flags;
    bool anyAssumed = false;

    void reset(std::size_t rows)
    {
        for (Column &column : book)
            column.assign(rows, kMissing);
        for (Column *column : {&costModel, &costProvider, &costSource, &flags})
            column->assign(rows, 0);
        anyAssumed = false;
    }
    void set(std::size_t row, const PicoCosts &costs)
    {
        for (std::size_t i = 0; i < kBookColumns.size(); ++i)
            book[i][row] = costs.*kBookColumns[i].member;
    }
};

SegmentPricer::SegmentPricer(const Snapshot &snapshot, CallPriceTable &prices,
                             const std::vector<RowSet> &assumed)
    : m_snapshot(snapshot),
      m_prices(prices),
      m_assumed(assumed),
      m_customModel(prices.costModelCode("custom")),
      m_customProvider(prices.costProviderCode("custom")),
      m_known(kKnownSlots),
      m_in(std::make_unique<Input>()),
      m_out(std::make_unique<Output>())
{
}

SegmentPricer::~SegmentPricer() = default;

std::shared_ptr<const Segment> SegmentPricer::price(std::size_t index)
{
    const Segment &segment = m_snapshot.segment(index);
    m_out->reset(segment.rows());
    for (std::size_t i = 0; i < kCountColumns.size(); ++i)
        m_in->hasCount[i] = !segment.ints(kCountColumns[i].field).isMissing();
    for (std::size_t first = 0; first < segment.rows(); first += kBlock) {
        priceBlock(segment, index * Segment::kRows, first, std::min(kBlock, segment.rows() - first));
    }
    return withOutput(segment);
}

void SegmentPricer::priceBlock(const Segment &segment, std::size_t firstRow, std::size_t first,
                               std::size_t count)
{
    const auto read = [&](IntField field, Input::Block &block) {
        segment.ints(field).decode(std::span(block).first(count), first);
    };
    read(IntField::Kind, m_in->kind);
    read(IntField::Flags, m_in->flags);
    read(IntField::Model, m_in->model);
    read(IntField::Provider, m_in->provider);
    read(IntField::ServiceTier, m_in->tier);
    read(IntField::Timestamp, m_in->timestamp);
    read(IntField::ReportedTotal, m_in->reportedTotal);
    for (std::size_t i = 0; i < kCountColumns.size(); ++i) {
        if (m_in->hasCount[i])
            read(kCountColumns[i].field, m_in->counts[i]);
    }
    for (std::size_t i = 0; i < count; ++i) {
        const int substitution = m_assumed.empty() ? -1 : substitutionOf(firstRow + first + i);
        priceRow(segment, i, first + i, substitution);
    }
}

int SegmentPricer::substitutionOf(std::size_t row) const
{
    for (std::size_t i = 0; i < m_assumed.size(); ++i) {
        if (m_assumed[i].test(row))
            return static_cast<int>(i);
    }
    return -1;
}

void SegmentPricer::priceRow(const Segment &segment, std::size_t inBlock, std::size_t row, int substitution)
{
    const Input &in = *m_in;
    Output &out = *m_out;
    const std::int64_t flags = in.flags[inBlock];
    const bool isReported = in.reportedTotal[inBlock] != kMissing;
    out.flags[row] = flags;
    if (isReported)
        out.costSource[row] = static_cast<std::int64_t>(CostSource::Passthrough);
    if (!isPriced(static_cast<EventKind>(in.kind[inBlock])))
        return;
    const bool byFactor =
        substitution >= 0 && m_prices.view().whatIf[static_cast<std::size_t>(substitution)].factor;
    if ((flags & CustomPricesFlag) != 0 && (substitution < 0 || byFactor)) {
        keepOwnPrices(segment, row, isReported, substitution);
        return;
    }
    const CallPrices &prices =
        pricesOf(in.model[inBlock], in.provider[inBlock], in.tier[inBlock], substitution);
    if (prices.isAssumed()) {
        out.flags[row] |= AssumedFlag;
        out.anyAssumed = true;
        out.costSource[row] = static_cast<std::int64_t>(CostSource::None);
    }
    const CallCounts counts = in.countsOf(inBlock);
    const CallPrices::Period *period = prices.at(in.timestamp[inBlock], counts.input);
    if (!period)
        return;
    out.set(row, prices.price(*period, counts, (flags & CacheExclusiveFlag) != 0));
    if (isReported && !prices.isAssumed())
        return;
    out.costSource[row] = static_cast<std::int64_t>(period->source);
    out.costModel[row] = period->costModel;
    out.costProvider[row] = period->costProvider;
}

/// The book says nothing of an event that carries its own prices.
void SegmentPricer::keepOwnPrices(const Segment &segment, std::size_t row, bool isReported, int substitution)
{
    Output &out = *m_out;
    for (std::size_t i = 0; i < kBookColumns.size(); ++i)
        out.book[i][row] = segment.ints(kBookColumns[i].field).at(row);
    if (substitution >= 0) {
        const Decimal &factor = *m_prices.view().whatIf[static_cast<std::size_t>(substitution)].factor;
        for (Output::Column &column : out.book)
            column[row] = timesFactor(column[row], factor);
        out.flags[row] |= AssumedFlag;
        out.anyAssumed = true;
    }
    if (isReported && substitution < 0)
        return;
    out.costSource[row] = static_cast<std::int64_t>(CostSource::Custom);
    out.costModel[row] = m_customModel;
    out.costProvider[row] = m_customProvider;
}

const CallPrices &SegmentPricer::pricesOf(std::int64_t model, std::int64_t provider, std::int64_t tier,
                                          int substitution)
{
    const std::uint64_t names =
        static_cast<std::uint64_t>(model) << 32 | static_cast<std::uint64_t>(provider);
    const std::uint64_t more =
        static_cast<std::uint64_t>(tier) << 32 | static_cast<std::uint32_t>(substitution + 1);
    const std::uint64_t hash = (names ^ (more * 0x9E3779B97F4A7C15U)) * 0xD6E8FEB86659FD93U;
    Known &known = m_known[(hash >> 32) % kKnownSlots];
    if (!known.prices || known.names != names || known.more != more) {
        const auto text = [&](DictField field, std::int64_t code) {
            return m_snapshot.dictionary(field).at(static_cast<std::uint32_t>(code));
        };
        known = {names, more,
                 &m_prices.of(text(DictField::Model, model), text(DictField::Provider, provider),
                              text(DictField::ServiceTier, tier), substitution)};
    }
    return *known.prices;
}

std::shared_ptr<const Segment> SegmentPricer::withOutput(const Segment &segment) const
{
    IntColumns changed;
    const auto put = [&](IntField field, const Output::Column &values) {
        IntColumn column = IntColumn::encode(values);
        if (!(column == segment.ints(field)))
            changed.emplace_back(field, std::move(column));
    };
    for (std::size_t i = 0; i < kBookColumns.size(); ++i)
        put(kBookColumns[i].field, m_out->book[i]);
    put(IntField::CostModel, m_out->costModel);
    put(IntField::CostProvider, m_out->costProvider);
    put(IntField::CostSource, m_out->costSource);
    if (m_out->anyAssumed)
        put(IntField::Flags, m_out->flags);
    return segment.with(std::move(changed));
}

} // namespace genscope
