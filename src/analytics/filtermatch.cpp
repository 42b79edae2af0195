// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Evaluates filters over columns. Every step works on candidates, the rows that are still undecided, and
// answers with the candidates that match; so the expensive conditions of an expression see few rows.
#include "analytics/fieldtext.h"
#include "analytics/filter.h"
#include "analytics/filterast.h"
#include "analytics/filterpredicate.h"
#include "analytics/issueindex.h"
#include "analytics/rollupfilter.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <atomic>
#include <memory>
#include <mutex>

namespace genscope {

namespace {

using Node = Filter::Node;
using NodePtr = std::shared_ptr<const Node>;
using Type = FieldReader::Type;

constexpr std::uint32_t kPollEvery = 256;

Error cancelled()
{
    return makeError(Error::Kind::Cancelled, QCoreApplication::translate("genscope::Filter", "Stopped."));
}

Error tooExpensive(const Node &term)
{
    return makeError(
        Error::Kind::Usage,
        QCoreApplication::translate("genscope::Filter",
                                    "The pattern %1 takes too long on these events: use a simpler one, "
                                    "or “contains”.")
            .arg(QString::fromStdString(term.values.front().toString())));
}

RowSet without(RowSet rows, const RowSet &removed)
{
    for (std::size_t i = 0; i < rows.words().size(); ++i)
        rows.words()[i] &= ~removed.words()[i];
    return rows;
}

bool isBlank(const RowSet &rows)
{
    return std::all_of(rows.words().begin(), rows.words().end(),
                       [](std::uint64_t word) { return word == 0; });
}

/// How dear a condition is: 0 columns, 1 kept events (once per property), 2 content.
int costOf(const Node &node)
{
    if (node.kind == Node::Kind::Compare) {
        if (node.subject.content)
            return 2;
        if (node.subject.rollup)
            return 1;
        const Field::Id field = node.subject.field.id;
        return field == Field::Id::Property || field == Field::Id::Issue ? 1 : 0;
    }
    int cost = 0;
    for (const NodePtr &child : node.children)
        cost = std::max(cost, costOf(*child));
    return cost;
}

std::vector<NodePtr> cheapestFirst(std::vector<NodePtr> children)
{
    std::stable_sort(children.begin(), children.end(),
                     [](const NodePtr &a, const NodePtr &b) { return costOf(*a) < costOf(*b); });
    return children;
}

/// Sets in @p out the rows firstRow .. firstRow + rows - 1 that are candidates and that @p test(row in
/// segment) accepts. @p firstRow is a multiple of 64.
template<typename Test>
void testRows(const RowSet &candidates, RowSet &out, std::size_t firstRow, std::size_t rows, Test test)
{
    const std::uint64_t *wanted = candidates.words().data() + firstRow / 64;
    std::uint64_t *words = out.words().data() + firstRow / 64;
    for (std::size_t begin = 0; begin < rows; begin += 64, ++wanted, ++words) {
        if (*wanted == 0)
            continue;
        const std::size_t count = std::min<std::size_t>(64, rows - begin);
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < count; ++i)
            bits |= static_cast<std::uint64_t>(test(begin + i)) << i;
        *words |= bits & *wanted;
    }
}

/// The texts of content that match a term, tested on several threads: each takes a predicate of its own.
class ContentMatch
{
public:
    ContentMatch(const Node &term, TextPredicate first, std::size_t rows) : m_term(term), m_rows(rows)
    {
        m_free.push_back(std::make_unique<TextPredicate>(std::move(first)));
    }

    /// @thread any
    void visit(std::size_t row, std::string_view text)
    {
        if (m_expensive.load(std::memory_order_relaxed))
            return;
        std::unique_ptr<TextPredicate> predicate = take();
        if (predicate->matches(text)) {
            std::atomic_ref<std::uint64_t> word(m_rows.words()[row / 64]);
            word.fetch_or(std::uint64_t{1} << (row % 64), std::memory_order_relaxed);
        }
        if (predicate->isTooExpensive())
            m_expensive.store(true, std::memory_order_relaxed);
        const std::lock_guard lock(m_mutex);
        m_free.push_back(std::move(predicate));
    }
    bool isTooExpensive() const { return m_expensive.load(); }
    RowSet rows() { return std::move(m_rows); }

private:
    std::unique_ptr<TextPredicate> take()
    {
        {
            const std::lock_guard lock(m_mutex);
            if (!m_free.empty()) {
                std::unique_ptr<TextPredicate> predicate = std::move(m_free.back());
                m_free.pop_back();
                return predicate;
            }
        }
        Result<TextPredicate> another = TextPredicate::of(m_term); // that worked before
        return std::make_unique<TextPredicate>(std::move(*another));
    }

    const Node &m_term;
    RowSet m_rows;
    std::atomic<bool> m_expensive{false};
    std::mutex m_mutex;
    std::vector<std::unique_ptr<TextPredicate>> m_free;
};

class Matcher
{
public:
    Matcher(const DataContext &context, FieldCache &cache) : m_context(context), m_cache(cache) {}

    Result<RowSet> match(const Node &node, const RowSet &candidates)
    {
        switch (node.kind) {
        case Node::Kind::And:
            return matchAll(node, candidates);
        case Node::Kind::Or:
            return matchAny(node, candidates);
        case Node::Kind::Not: {
            const Result<RowSet> matched = match(*node.children.front(), candidates);
            if (!matched)
                return matched.error();
            return without(candidates, *matched);
        }
        case Node::Kind::Compare:
            break;
        }
        const Result<RowSet> matched = matchTerm(node, candidates);
        if (!matched)
            return matched.error();
        // Negative operators are the exact opposite: what is missing fails the positive one.
        return isNegative(node.op) ? without(candidates, *matched) : *matched;
    }

private:
    Result<RowSet> matchAll(const Node &node, const RowSet &candidates)
    {
        RowSet left = candidates;
        for (const NodePtr &child : cheapestFirst(node.children)) {
            if (isBlank(left))
                break;
            Result<RowSet> matched = match(*child, left);
            if (!matched)
                return matched.error();
            left = std::move(*matched);
        }
        return left;
    }

    Result<RowSet> matchAny(const Node &node, const RowSet &candidates)
    {
        RowSet undecided = candidates;
        RowSet all(candidates.size());
        for (const NodePtr &child : cheapestFirst(node.children)) {
            if (isBlank(undecided))
                break;
            const Result<RowSet> matched = match(*child, undecided);
            if (!matched)
                return matched.error();
            undecided = without(std::move(undecided), *matched);
            all |= *matched;
        }
        return all;
    }

    /// The candidates for which the positive form of the term's operator holds.
    Result<RowSet> matchTerm(const Node &term, const RowSet &candidates)
    {
        if (term.subject.content)
            return matchContent(term, candidates);
        if (term.subject.rollup)
            return matchRollup(term, m_context, m_cache, candidates);
        if (term.subject.field.id == Field::Id::Issue)
            return matchIssues(term, candidates);
        const auto reader = m_cache.open(term.subject.field, m_context);
        if (!reader)
            return reader.error();
        switch ((*reader)->type()) {
        case Type::Text:
            return matchText(term, **reader, candidates);
        case Type::Boolean:
            return matchBoolean(term, **reader, candidates);
        case Type::Instant:
            return matchInts(instantRanges(term, m_context.zone), **reader, candidates);
        case Type::Real:
            if (const auto ranges = realRanges(term))
                return matchReals(*ranges, **reader, candidates);
            return matchAsText(term, **reader, candidates);
        case Type::Integer:
        case Type::Money:
            break;
        }
        const int scale = (*reader)->type() == Type::Money ? 12 : 0;
        if (const auto ranges = intRanges(term, scale))
            return matchInts(*ranges, **reader, candidates);
        return matchAsText(term, **reader, candidates);
    }

    Result<RowSet> matchContent(const Node &term, const RowSet &candidates)
    {
        Result<TextPredicate> first = TextPredicate::of(term);
        if (!first)
            return first.error();
        if (!m_context.source)
            return RowSet(candidates.size());
        const std::unique_ptr<TextHint> hint = first->hint();
        ContentMatch match(term, std::move(*first), candidates.size());
        const auto visit = [&match](std::size_t row, std::string_view text) { match.visit(row, text); };
        const EventSource &source = *m_context.source;
        const EventSource::Content content = *term.subject.content;
        const Status read = hint ? source.searchContent(content, candidates, *hint, visit, m_context.stop)
                                 : source.readContent(content, candidates, visit, m_context.stop);
        if (match.isTooExpensive())
            return tooExpensive(term);
        if (!read)
            return read.error();
        return match.rows();
    }

    /// Looks for the issues that the term is about, and for no others: some cost more than others.
    Result<RowSet> matchIssues(const Node &term, const RowSet &candidates)
    {
        Result<TextPredicate> predicate = TextPredicate::of(term);
        if (!predicate)
            return predicate.error();
        IssueMask wanted = 0;
        for (int issue = 0; issue < kDataIssueCount; ++issue) {
            if (predicate->matches(dataIssueCode(static_cast<DataIssue>(issue))))
                wanted |= issueBit(static_cast<DataIssue>(issue));
        }
        if (wanted == 0)
            return RowSet(candidates.size());
        const auto index = m_cache.issues(wanted, m_context);
        if (!index)
            return index.error();
        std::vector<IssueMask> issues;
        return forEachSegment(
            candidates, RowSet(candidates.size()),
            [&](RowSet &result, std::size_t segment, std::size_t firstRow, std::size_t rows) {
                (*index)->read(segment, issues);
                const IssueMask *masks = issues.data();
                testRows(candidates, result, firstRow, rows,
                         [=](std::size_t row) { return (masks[row] & wanted) != 0; });
            });
    }

    /// Tests every value once, then looks the rows' codes up.
    Result<RowSet> matchText(const Node &term, const FieldReader &reader, const RowSet &candidates)
    {
        Result<TextPredicate> predicate = TextPredicate::of(term);
        if (!predicate)
            return predicate.error();
        const bool many = reader.manyValued();
        std::vector<std::uint8_t> accepted(many ? reader.memberCount() : reader.valueCount());
        for (std::uint32_t code = 1; code < accepted.size(); ++code) {
            accepted[code] = predicate->matches(many ? reader.member(code) : reader.value(code));
            if (code % kPollEvery == 0) {
                if (m_context.stop.stopRequested())
                    return cancelled();
                if (predicate->isTooExpensive())
                    return tooExpensive(term);
            }
        }
        return matchCodes(many ? anyMember(reader, accepted) : accepted, reader, candidates);
    }

    static std::vector<std::uint8_t> anyMember(const FieldReader &reader,
                                               const std::vector<std::uint8_t> &memberAccepted)
    {
        std::vector<std::uint8_t> accepted(reader.valueCount());
        for (std::uint32_t code = 1; code < accepted.size(); ++code) {
            const auto members = reader.membersOf(code);
            accepted[code] = std::any_of(members.begin(), members.end(),
                                         [&](std::uint32_t member) { return memberAccepted[member] != 0; });
        }
        return accepted;
    }

    Result<RowSet> matchCodes(const std::vector<std::uint8_t> &accepted, const FieldReader &reader,
                              const RowSet &candidates)
    {
        RowSet out(candidates.size());
        if (std::find(accepted.begin(), accepted.end(), 1) == accepted.end())
            return out;
        std::vector<std::uint32_t> scratch;
        return forEachSegment(
            candidates, std::move(out),
            [&](RowSet &result, std::size_t segment, std::size_t firstRow, std::size_t rows) {
                const auto codes = reader.codes(segment, scratch);
                const std::uint8_t *table = accepted.data();
                testRows(candidates, result, firstRow, rows,
                         [=](std::size_t row) { return table[codes[row]]; });
            });
    }

    Result<RowSet> matchBoolean(const Node &term, const FieldReader &reader, const RowSet &candidates)
    {
        Result<TextPredicate> predicate = TextPredicate::of(term);
        if (!predicate)
            return predicate.error();
        std::vector<IntRange> ranges;
        for (const std::int64_t value : {0, 1}) {
            if (predicate->matches(value == 0 ? "false" : "true"))
                ranges.push_back({value, value});
        }
        return matchInts(ranges, reader, candidates);
    }

    Result<RowSet> matchInts(const std::vector<IntRange> &ranges, const FieldReader &reader,
                             const RowSet &candidates)
    {
        std::vector<std::int64_t> scratch;
        return matchRanges(ranges, candidates,
                           [&](std::size_t segment) { return reader.ints(segment, scratch).data(); });
    }

    Result<RowSet> matchReals(const std::vector<RealRange> &ranges, const FieldReader &reader,
                              const RowSet &candidates)
    {
        std::vector<double> scratch;
        return matchRanges(ranges, candidates,
                           [&](std::size_t segment) { return reader.reals(segment, scratch).data(); });
    }

    template<typename Range, typename ValuesOf>
    Result<RowSet> matchRanges(std::vector<Range> ranges, const RowSet &candidates, ValuesOf valuesOf)
    {
        constexpr std::size_t kFew = 4; // a pass for each is faster than a search in each row
        std::sort(ranges.begin(), ranges.end(), [](const Range &a, const Range &b) { return a.low < b.low; });
        return forEachSegment(
            candidates, RowSet(candidates.size()),
            [&](RowSet &result, std::size_t segment, std::size_t firstRow, std::size_t rows) {
                const auto *values = valuesOf(segment);
                if (ranges.size() > kFew) {
                    testRows(candidates, result, firstRow, rows,
                             [&](std::size_t row) { return isInOne(ranges, values[row]); });
                    return;
                }
                for (const Range range : ranges) {
                    testRows(candidates, result, firstRow, rows,
                             [=](std::size_t row) { return range.contains(values[row]); });
                }
            });
    }

    /// @p ranges ascend; of `in` and `=`, so that they hold one value each and none reaches past the next.
    template<typename Range, typename Value>
    static bool isInOne(const std::vector<Range> &ranges, Value value)
    {
        const auto after = std::upper_bound(ranges.begin(), ranges.end(), value,
                                            [](Value v, const Range &range) { return v < range.low; });
        return after != ranges.begin() && value <= std::prev(after)->high;
    }

    /// Numbers against text literals and patterns: by the text that tables show for them.
    Result<RowSet> matchAsText(const Node &term, const FieldReader &reader, const RowSet &candidates)
    {
        Result<TextPredicate> predicate = TextPredicate::of(term);
        if (!predicate)
            return predicate.error();
        NumberTexts texts(reader, m_context.zone);
        Result<RowSet> out =
            forEachSegment(candidates, RowSet(candidates.size()),
                           [&](RowSet &result, std::size_t segment, std::size_t firstRow, std::size_t rows) {
                               texts.load(segment);
                               candidates.forEach(firstRow, firstRow + rows, [&](std::size_t row) {
                                   const std::optional<std::string_view> text = texts.at(row - firstRow);
                                   if (text && predicate->matches(*text))
                                       result.set(row);
                               });
                           });
        if (out && predicate->isTooExpensive())
            return tooExpensive(term);
        return out;
    }

    /// Calls @p visit for the segments that have candidates.
    template<typename Visit>
    Result<RowSet> forEachSegment(const RowSet &candidates, RowSet out, Visit visit)
    {
        const Snapshot &snapshot = *m_context.snapshot;
        for (std::size_t segment = 0; segment < snapshot.segmentCount(); ++segment) {
            if (m_context.stop.stopRequested())
                return cancelled();
            const std::size_t firstRow = segment * Segment::kRows;
            const std::size_t rows = snapshot.segment(segment).rows();
            const auto begin = candidates.words().begin() + static_cast<std::ptrdiff_t>(firstRow / 64);
            const auto end = begin + static_cast<std::ptrdiff_t>((rows + 63) / 64);
            if (std::any_of(begin, end, [](std::uint64_t word) { return word != 0; }))
                visit(out, segment, firstRow, rows);
        }
        return out;
    }

    const DataContext &m_context;
    FieldCache &m_cache;
};

} // namespace

Result<RowSet> matchRows(const Filter &filter, const DataContext &context, FieldCache &cache)
{
    const RowSet all(context.snapshot->rows(), true);
    if (filter.isEmpty())
        return all;
    return Matcher(context, cache).match(*filter.root(), all);
}

} // namespace genscope
