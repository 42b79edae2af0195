// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/costs.h"

#include "core/multiversion.h"

#include <algorithm>
#include <array>

namespace genscope {

namespace {

using Pico = std::int64_t;

/// Rows are priced in blocks, so that what lies between columns stays in the nearest cache.
constexpr std::size_t kBlock = 1024;
using Block = std::array<Pico, kBlock>;

struct PartColumns
{
    IntField reported;
    IntField book;
    bool reportedIsWhole; ///< false: the reported column is that of the part this one is a part of
};

PartColumns columnsOf(CostPart part)
{
    switch (part) {
    case CostPart::Total: // the book has no total of its own
    case CostPart::Input:
        return {IntField::ReportedInput, IntField::BookInput, true};
    case CostPart::Output:
        return {IntField::ReportedOutput, IntField::BookOutput, true};
    case CostPart::Request:
        return {IntField::ReportedRequest, IntField::BookRequest, true};
    case CostPart::WebSearch:
        return {IntField::ReportedWebSearch, IntField::BookWebSearch, true};
    case CostPart::CacheRead:
        return {IntField::ReportedInput, IntField::BookCacheRead, false};
    case CostPart::CacheWrite:
        return {IntField::ReportedInput, IntField::BookCacheWrite, false};
    }
    return {};
}

/// A sum in which what is missing does not count; missing if both are, or if it does not fit.
[[gnu::always_inline]] inline Pico sumOfKnown(Pico a, Pico b)
{
    const auto sum = static_cast<Pico>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
    const bool overflows = ((a ^ sum) & (b ^ sum)) < 0;
    const Pico known = overflows ? kMissing : sum;
    return a == kMissing ? b : (b == kMissing ? a : known);
}

// The loops work without branches, on several rows at once: what is reported follows no pattern.

GENSCOPE_MULTIVERSION
void addKnown(std::span<Pico> out, const Pico *part)
{
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = sumOfKnown(out[i], part[i]);
}

/// What is reported holds, unless the call was priced under an assumption.
GENSCOPE_MULTIVERSION
void preferReported(std::span<Pico> out, const Pico *reported, const std::int64_t *flags)
{
    for (std::size_t i = 0; i < out.size(); ++i) {
        const bool holds = reported[i] != kMissing && (flags[i] & AssumedFlag) == 0;
        out[i] = holds ? reported[i] : out[i];
    }
}

/// The same for a part. Where an event reports nothing of it, and its report is final, it stays unknown.
/// @param isWhole  false: what is reported is of what this is a part of, and says that this one is unknown
GENSCOPE_MULTIVERSION
void preferReportedPart(std::span<Pico> out, const Pico *reported, const std::int64_t *flags, bool isWhole)
{
    for (std::size_t i = 0; i < out.size(); ++i) {
        const bool known = reported[i] != kMissing;
        const bool isFinal = (flags[i] & ReportedFinalFlag) != 0;
        const Pico said = known && isWhole ? reported[i] : kMissing;
        const bool holds = (known || isFinal) && (flags[i] & AssumedFlag) == 0;
        out[i] = holds ? said : out[i];
    }
}

/// One part of the rows' costs in Auto mode: reported where carried, else the book's unless the report is
/// final.
void readAutoPart(const Segment &segment, CostPart part, std::size_t first, std::span<Pico> out)
{
    const PartColumns columns = columnsOf(part);
    const IntColumn &reported = segment.ints(columns.reported);
    const IntColumn &book = segment.ints(columns.book);
    const IntColumn &flags = segment.ints(IntField::Flags);
    book.decode(out, first);
    if (reported.isMissing() && !segment.anyFlag(ReportedFinalFlag))
        return;
    Block reportedBlock;
    Block flagsBlock;
    reported.decode(std::span(reportedBlock).first(out.size()), first);
    flags.decode(std::span(flagsBlock).first(out.size()), first);
    preferReportedPart(out, reportedBlock.data(), flagsBlock.data(), columns.reportedIsWhole);
}

void readPart(const Segment &segment, CostPart part, CostMode mode, std::size_t first, std::span<Pico> out)
{
    const PartColumns columns = columnsOf(part);
    switch (mode) {
    case CostMode::Auto:
        readAutoPart(segment, part, first, out);
        return;
    case CostMode::Reported:
        if (columns.reportedIsWhole)
            segment.ints(columns.reported).decode(out, first);
        else
            std::fill(out.begin(), out.end(), kMissing);
        return;
    case CostMode::Recomputed:
        segment.ints(columns.book).decode(out, first);
        return;
    }
}

/// True if no row can have such a part.
bool lacksPart(const Segment &segment, CostPart part, CostMode mode)
{
    const PartColumns columns = columnsOf(part);
    return segment.ints(columns.book).isMissing() &&
           (mode == CostMode::Recomputed || segment.ints(columns.reported).isMissing());
}

void readTotal(const Segment &segment, CostMode mode, std::size_t first, std::span<Pico> out)
{
    const IntColumn &reported = segment.ints(IntField::ReportedTotal);
    if (mode == CostMode::Reported) {
        reported.decode(out, first);
        return;
    }
    Block part;
    bool any = false;
    for (const CostPart kind : {CostPart::Input, CostPart::Output, CostPart::Request, CostPart::WebSearch}) {
        if (lacksPart(segment, kind, mode))
            continue;
        if (!any) {
            readPart(segment, kind, mode, first, out);
            any = true;
            continue;
        }
        readPart(segment, kind, mode, first, std::span(part).first(out.size()));
        addKnown(out, part.data());
    }
    if (!any)
        std::fill(out.begin(), out.end(), kMissing);
    if (mode == CostMode::Recomputed || reported.isMissing())
        return;
    reported.decode(std::span(part).first(out.size()), first);
    Block flags{};
    if (segment.anyFlag(AssumedFlag))
        segment.ints(IntField::Flags).decode(std::span(flags).first(out.size()), first);
    preferReported(out, part.data(), flags.data());
}

} // namespace

void readCosts(const Segment &segment, CostPart part, CostMode mode, std::size_t first,
               std::span<std::int64_t> out)
{
    for (std::size_t done = 0; done < out.size(); done += kBlock) {
        const auto block = out.subspan(done, std::min(kBlock, out.size() - done));
        if (part == CostPart::Total)
            readTotal(segment, mode, first + done, block);
        else
            readPart(segment, part, mode, first + done, block);
    }
}

} // namespace genscope
