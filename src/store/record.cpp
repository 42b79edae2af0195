// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/record.h"

#include "ingest/json.h"
#include "store/varint.h"

#include <array>

namespace genscope {

namespace {

constexpr std::string_view kPlaceholder = "null";

struct TagOfName
{
    std::string_view name;
    Cut::Tag tag;
};
constexpr std::array<TagOfName, 6> kTags{{{"$ai_input", Cut::Tag::Input},
                                          {"$ai_input_state", Cut::Tag::Input},
                                          {"$ai_output", Cut::Tag::Output},
                                          {"$ai_output_choices", Cut::Tag::Output},
                                          {"$ai_output_state", Cut::Tag::Output},
                                          {"properties", Cut::Tag::Properties}}};

bool isJsonSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// From the name that stands before the value: `"$ai_input" : `.
Cut::Tag tagOfValueAt(std::string_view raw, std::size_t offset)
{
    std::string_view before = raw.substr(0, offset);
    for (const char expected : {':', '"'}) {
        while (!before.empty() && isJsonSpace(before.back()))
            before.remove_suffix(1);
        if (!before.ends_with(expected))
            return Cut::Tag::Other;
        before.remove_suffix(1);
    }
    const std::size_t quote = before.rfind('"');
    const std::string_view inside = quote == std::string_view::npos ? before : before.substr(quote + 1);
    const std::string name =
        inside.find('\\') == std::string_view::npos ? std::string(inside) : json::decodeString(inside);
    for (const TagOfName &known : kTags) {
        if (known.name == name)
            return known.tag;
    }
    return Cut::Tag::Other;
}

} // namespace

std::size_t LightRecord::contentSize() const
{
    std::size_t size = 0;
    for (const Cut &cut : cuts)
        size += cut.length;
    return size;
}

std::size_t LightRecord::contentEnd() const
{
    std::size_t end = static_cast<std::size_t>(content.offset);
    for (const Cut &cut : cuts)
        end = cut.length > SIZE_MAX - end ? SIZE_MAX : end + cut.length;
    return end;
}

std::vector<Cut> cutsOf(std::string_view raw, std::span<const ByteSpan> heavy)
{
    std::vector<Cut> cuts;
    cuts.reserve(heavy.size());
    std::size_t removed = 0;
    for (const ByteSpan &span : heavy) {
        cuts.push_back({span.offset - removed, span.length, tagOfValueAt(raw, span.offset)});
        removed += span.length;
        removed -= kPlaceholder.size(); // unsigned wrap-around is meant: the sum is what counts
    }
    return cuts;
}

void appendRecord(std::string &block, std::int64_t row, const BlockPlace &content, const Event &event,
                  std::span<const Cut> cuts)
{
    std::string head;
    putVarint(head, static_cast<std::uint64_t>(row));
    putVarint(head, static_cast<std::uint64_t>(content.block));
    putVarint(head, static_cast<std::uint64_t>(content.offset));
    putVarint(head, cuts.size());
    std::size_t before = 0;
    for (const Cut &cut : cuts) {
        putVarint(head, cut.position - before);
        putVarint(head, cut.length);
        putVarint(head, static_cast<std::uint64_t>(cut.tag));
        before = cut.position;
    }
    putVarint(head, event.context.size());
    head += event.context;

    std::size_t skeletonSize = event.raw.size();
    for (const Cut &cut : cuts)
        skeletonSize = skeletonSize - cut.length + kPlaceholder.size();
    putVarint(block, head.size() + skeletonSize);
    block += head;
    std::size_t done = 0;
    for (const ByteSpan &span : event.heavy) {
        block.append(event.raw, done, span.offset - done);
        block += kPlaceholder;
        done = std::size_t{span.offset} + span.length;
    }
    block.append(event.raw, done);
}

void appendContent(std::string &block, const Event &event)
{
    for (const ByteSpan &span : event.heavy)
        block.append(event.raw, span.offset, span.length);
}

std::optional<std::size_t> readRecord(std::string_view block, std::size_t offset, LightRecord &record)
{
    if (offset > block.size())
        return std::nullopt;
    VarintReader outer(block.substr(offset));
    const std::uint64_t size = outer.varint();
    const std::string_view body = outer.take(size);
    if (!outer.ok())
        return std::nullopt;

    VarintReader cursor(body);
    record.row = static_cast<std::int64_t>(cursor.varint());
    record.content.block = static_cast<std::int64_t>(cursor.varint());
    record.content.offset = static_cast<std::int64_t>(cursor.varint());
    const std::uint64_t cutCount = cursor.varint();
    record.cuts.clear();
    std::size_t position = 0;
    bool cutsInside = true;
    for (std::uint64_t i = 0; i < cutCount && cursor.ok(); ++i) {
        const std::uint64_t gap = cursor.varint();
        cutsInside &= gap <= body.size() && (i == 0 || gap >= kPlaceholder.size());
        position += gap;
        const std::size_t length = cursor.varint();
        record.cuts.push_back({position, length, static_cast<Cut::Tag>(cursor.varint())});
    }
    const std::uint64_t contextSize = cursor.varint();
    record.context = cursor.take(contextSize);
    record.skeleton = cursor.rest();
    cutsInside &=
        record.cuts.empty() || record.cuts.back().position + kPlaceholder.size() <= record.skeleton.size();
    if (!cursor.ok() || !cutsInside)
        return std::nullopt;
    return block.size() - outer.rest().size();
}

std::string spliceRaw(const LightRecord &record, std::string_view content)
{
    std::string raw;
    raw.reserve(record.skeleton.size() + content.size());
    std::size_t done = 0;
    std::size_t used = 0;
    for (const Cut &cut : record.cuts) {
        raw += record.skeleton.substr(done, cut.position - done);
        raw += content.substr(used, cut.length);
        used += cut.length;
        done = cut.position + kPlaceholder.size();
    }
    raw += record.skeleton.substr(done);
    return raw;
}

} // namespace genscope
