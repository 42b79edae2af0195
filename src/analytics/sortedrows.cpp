// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Orders rows by a field: every value becomes a whole number that orders like it, texts by ranking each
// distinct one once; then a radix sort over the bytes in which the numbers differ.
#include "analytics/listitems.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>

namespace genscope {

namespace {

using Type = FieldReader::Type;

Error cancelled()
{
    return makeError(Error::Kind::Cancelled, QCoreApplication::translate("genscope::Lists", "Stopped."));
}

struct Keyed
{
    std::uint64_t key = 0;
    std::uint32_t row = 0;
};

constexpr std::uint64_t kSignBit = std::uint64_t{1} << 63;
/// No value's key: the keys of numbers leave it out, since kMissing is not a value.
constexpr std::uint64_t kMissingKey = 0;

std::uint64_t keyOf(std::int64_t value)
{
    return value == kMissing ? kMissingKey : static_cast<std::uint64_t>(value) ^ kSignBit;
}

std::uint64_t keyOf(double value)
{
    if (std::isnan(value))
        return kMissingKey;
    const auto bits = std::bit_cast<std::uint64_t>(value + 0.0); // -0.0 and 0.0 are equal
    return (bits & kSignBit) != 0 ? ~bits : bits | kSignBit;
}

/// A distinct text, with the first bytes in which the texts differ as a number that orders like them.
struct RankedText
{
    std::uint64_t head = 0;
    std::string_view tail; ///< from those bytes on
    std::uint32_t code = 0;

    bool operator<(const RankedText &other) const
    {
        return head != other.head ? head < other.head : tail < other.tail;
    }
};

std::uint64_t headOf(std::string_view text)
{
    std::uint64_t head = 0;
    for (std::size_t i = 0; i < sizeof head; ++i)
        head = head << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0u);
    return head;
}

std::size_t commonPrefix(std::string_view a, std::string_view b)
{
    const auto end = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first;
    return static_cast<std::size_t>(end - a.begin());
}

/// By code: how many texts order before it, from 1; equal texts share a rank. Code 0 is missing. Ids share a
/// long prefix (`request-`), so that comparing whole texts would mostly compare what is equal.
std::vector<std::uint32_t> ranksOf(const FieldReader &reader)
{
    std::vector<RankedText> texts;
    texts.reserve(reader.valueCount());
    for (std::uint32_t code = 1; code < reader.valueCount(); ++code)
        texts.push_back({0, reader.value(code), code});
    std::string_view shared = texts.empty() ? std::string_view() : texts.front().tail;
    for (const RankedText &text : texts)
        shared = shared.substr(0, commonPrefix(shared, text.tail));
    for (RankedText &text : texts) {
        text.tail.remove_prefix(shared.size());
        text.head = headOf(text.tail);
    }
    std::sort(texts.begin(), texts.end());
    std::vector<std::uint32_t> ranks(std::max<std::size_t>(reader.valueCount(), 1));
    std::uint32_t rank = 0;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (i == 0 || texts[i - 1] < texts[i])
            ++rank;
        ranks[texts[i].code] = rank;
    }
    return ranks;
}

/// Calls @p visit(segment, first row, rows of it) for the rows of the kinds. False if stopped.
template<typename Visit>
bool forEachSegment(const RowSet &rows, KindSet kinds, const DataContext &data, Visit visit)
{
    const Snapshot &snapshot = *data.snapshot;
    std::vector<std::int64_t> kindOf;
    std::vector<std::uint32_t> members;
    for (std::size_t i = 0; i < snapshot.segmentCount(); ++i) {
        if (data.stop.stopRequested())
            return false;
        const Segment &segment = snapshot.segment(i);
        kindOf.resize(segment.rows());
        segment.ints(IntField::Kind).decode(kindOf);
        members.clear();
        const std::size_t first = i * Segment::kRows;
        rows.forEach(first, first + segment.rows(), [&](std::size_t row) {
            if (kinds.test(static_cast<std::size_t>(kindOf[row - first])))
                members.push_back(static_cast<std::uint32_t>(row));
        });
        visit(i, first, members);
    }
    return true;
}

/// The rows with their keys, in row order. Nothing if stopped.
std::optional<std::vector<Keyed>> keyedRows(const RowSet &rows, KindSet kinds, const FieldReader &reader,
                                            const DataContext &data)
{
    std::vector<Keyed> keyed;
    keyed.reserve(rows.count());
    std::vector<std::uint32_t> codeScratch;
    std::vector<std::int64_t> intScratch;
    std::vector<double> realScratch;
    const std::vector<std::uint32_t> ranks =
        reader.type() == Type::Text ? ranksOf(reader) : std::vector<std::uint32_t>();
    const bool done = forEachSegment(
        rows, kinds, data,
        [&](std::size_t segment, std::size_t first, const std::vector<std::uint32_t> &members) {
            const auto add = [&](auto valueOf) {
                for (const std::uint32_t row : members)
                    keyed.push_back({valueOf(row - first), row});
            };
            if (members.empty())
                return;
            switch (reader.type()) {
            case Type::Text: {
                const auto codes = reader.codes(segment, codeScratch);
                return add([&](std::size_t row) { return std::uint64_t{ranks[codes[row]]}; });
            }
            case Type::Real: {
                const auto reals = reader.reals(segment, realScratch);
                return add([&](std::size_t row) { return keyOf(reals[row]); });
            }
            case Type::Integer:
            case Type::Boolean:
            case Type::Money:
            case Type::Instant:
                break;
            }
            const auto ints = reader.ints(segment, intScratch);
            add([&](std::size_t row) { return keyOf(ints[row]); });
        });
    if (!done)
        return std::nullopt;
    return keyed;
}

/// Makes the keys small and ascending in the wanted order, with missing ones last. @return the largest
std::uint64_t rebase(std::vector<Keyed> &keyed, bool descending)
{
    std::uint64_t low = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t high = 0;
    for (const Keyed &item : keyed) {
        if (item.key != kMissingKey) {
            low = std::min(low, item.key);
            high = std::max(high, item.key);
        }
    }
    if (low > high)
        return 0; // every value is missing, every key the same
    for (Keyed &item : keyed) {
        if (item.key == kMissingKey)
            item.key = high - low + 1; // fits: low is above kMissingKey
        else
            item.key = descending ? high - item.key : item.key - low;
    }
    return high - low + 1;
}

/// Stable, by key. False if stopped.
bool radixSort(std::vector<Keyed> &items, std::uint64_t largest, const StopToken &stop)
{
    constexpr int kBits = 11;
    constexpr std::size_t kBuckets = std::size_t{1} << kBits;
    std::vector<Keyed> other(items.size());
    for (int shift = 0; shift < static_cast<int>(std::bit_width(largest)); shift += kBits) {
        if (stop.stopRequested())
            return false;
        std::array<std::uint32_t, kBuckets> places{};
        const auto bucketOf = [shift](const Keyed &item) { return (item.key >> shift) & (kBuckets - 1); };
        for (const Keyed &item : items)
            ++places[bucketOf(item)];
        std::exclusive_scan(places.begin(), places.end(), places.begin(), std::uint32_t{0});
        for (const Keyed &item : items)
            other[places[bucketOf(item)]++] = item;
        items.swap(other);
    }
    return true;
}

/// @param keyed  in the order to keep where keys are equal. Nothing if stopped.
std::optional<std::vector<std::uint32_t>> sorted(std::vector<Keyed> keyed, bool descending,
                                                 const StopToken &stop)
{
    const std::uint64_t largest = rebase(keyed, descending);
    if (!radixSort(keyed, largest, stop))
        return std::nullopt;
    std::vector<std::uint32_t> order;
    order.reserve(keyed.size());
    for (const Keyed &item : keyed)
        order.push_back(item.row);
    return order;
}

Result<std::vector<Keyed>> keyedRows(const RowSet &rows, KindSet kinds, const Field &field,
                                     const QueryContext &context)
{
    const auto reader = context.cache->open(field, context.data);
    if (!reader)
        return reader.error();
    auto keyed = keyedRows(rows, kinds, **reader, context.data);
    if (!keyed)
        return cancelled();
    return std::move(*keyed);
}

} // namespace

Result<std::vector<std::uint32_t>> sortedRows(const RowSet &rows, KindSet kinds, const Field &field,
                                              bool descending, const QueryContext &context)
{
    auto keyed = keyedRows(rows, kinds, field, context);
    if (!keyed)
        return keyed.error();
    auto order = sorted(std::move(*keyed), descending, context.data.stop);
    if (!order)
        return cancelled();
    return std::move(*order);
}

Result<std::vector<std::uint32_t>> reorderedRows(const std::vector<std::uint32_t> &order, const RowSet &rows,
                                                 KindSet kinds, const Field &field, bool descending,
                                                 const QueryContext &context)
{
    auto keyed = keyedRows(rows, kinds, field, context);
    if (!keyed)
        return keyed.error();
    std::vector<std::uint64_t> keyOfRow(rows.size());
    for (const Keyed &item : *keyed)
        keyOfRow[item.row] = item.key;
    keyed->clear();
    for (const std::uint32_t row : order)
        keyed->push_back({keyOfRow[row], row});
    auto result = sorted(std::move(*keyed), descending, context.data.stop);
    if (!result)
        return cancelled();
    return std::move(*result);
}

} // namespace genscope
