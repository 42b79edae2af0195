// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/compression.h"
#include "store/record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace genscope {
namespace {

Event eventWith(const std::string &raw, const std::vector<std::string> &heavyValues)
{
    Event event;
    event.raw = raw;
    std::size_t from = 0;
    for (const std::string &value : heavyValues) {
        const std::size_t at = raw.find(value, from);
        event.heavy.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(value.size())});
        from = at + value.size();
    }
    return event;
}

struct Kept
{
    std::string light = "before";
    std::string content = "other content";
    std::size_t offset = 0;
};

Kept keep(const Event &event, std::int64_t row = 7)
{
    Kept kept;
    kept.offset = kept.light.size();
    const BlockPlace place{event.heavy.empty() ? 0 : 3, static_cast<std::int64_t>(kept.content.size())};
    appendRecord(kept.light, row, place, event, cutsOf(event.raw, event.heavy));
    appendContent(kept.content, event);
    kept.light += "behind";
    return kept;
}

std::string rawOf(const Kept &kept)
{
    LightRecord record;
    if (!readRecord(kept.light, kept.offset, record))
        return "unreadable";
    return spliceRaw(record,
                     std::string_view(kept.content).substr(static_cast<std::size_t>(record.content.offset)));
}

TEST(Record, KeepsTheCapturedBytes)
{
    const std::string cases[] = {
        R"({"event":"$ai_span"})",
        "{ \"event\" : \"x\",\t\"odd\" : [1 , 2.50e+01 ]}",
        R"({"lone":"\ud800","nul":"\u0000","dup":1,"dup":2})",
    };
    for (const std::string &raw : cases)
        EXPECT_EQ(rawOf(keep(eventWith(raw, {}))), raw);
}

TEST(Record, CutsHeavyValuesOutAndPutsThemBack)
{
    const std::string raw = R"({"properties":{"$ai_input":[{"role":"user","content":"hi"}],"$ai_model":"m",)"
                            R"("$ai_output_choices" : "x","$ai_tools":7}})";
    const Kept kept = keep(eventWith(raw, {R"([{"role":"user","content":"hi"}])", R"("x")", "7"}));
    LightRecord record;
    ASSERT_TRUE(readRecord(kept.light, kept.offset, record));
    EXPECT_EQ(record.skeleton, R"({"properties":{"$ai_input":null,"$ai_model":"m",)"
                               R"("$ai_output_choices" : null,"$ai_tools":null}})");
    EXPECT_EQ(record.row, 7);
    EXPECT_EQ(record.contentSize(), 36u);
    EXPECT_EQ(rawOf(kept), raw);
}

TEST(Record, TagsHeavyValuesByTheirProperty)
{
    const std::string raw =
        R"({"$ai_input":1,"$ai_output" : 2,"$ai_output_state":3,"$ai_tools":4,"properties":"5"})";
    std::vector<Cut::Tag> tags;
    for (const Cut &cut : cutsOf(raw, eventWith(raw, {"1", "2", "3", "4", "\"5\""}).heavy))
        tags.push_back(cut.tag);
    EXPECT_THAT(tags, testing::ElementsAre(Cut::Tag::Input, Cut::Tag::Output, Cut::Tag::Output,
                                           Cut::Tag::Other, Cut::Tag::Properties));
}

TEST(Record, KeepsTheEnvelopeOfACapture)
{
    Event event = eventWith("{}", {});
    event.context = R"({"sent_at":"2025-06-02T00:00:00Z"})";
    const Kept kept = keep(event);
    LightRecord record;
    ASSERT_TRUE(readRecord(kept.light, kept.offset, record));
    EXPECT_EQ(record.context, event.context);
    EXPECT_EQ(record.skeleton, "{}");
}

TEST(Record, SaysWhenABlockIsCutShort)
{
    Kept kept = keep(eventWith(R"({"event":"a long enough event"})", {}));
    kept.light.resize(kept.light.size() - 10);
    LightRecord record;
    EXPECT_FALSE(readRecord(kept.light, kept.offset, record));
    EXPECT_FALSE(readRecord(kept.light, kept.light.size() + 1, record));
}

TEST(Compression, RoundTripsAndNoticesDamage)
{
    std::string raw;
    for (int i = 0; i < 20000; ++i)
        raw += std::to_string(i * 7);
    std::string packed = Compressor().compress(raw, Compressor::kDense);
    EXPECT_LT(packed.size(), raw.size());

    std::string back;
    Decompressor decompressor;
    ASSERT_TRUE(decompressor.decompress(packed, raw.size(), back));
    EXPECT_EQ(back, raw);
    EXPECT_FALSE(decompressor.decompress(packed, raw.size() + 1, back));
    packed[packed.size() / 2] ^= 0x20;
    EXPECT_FALSE(decompressor.decompress(packed, raw.size(), back));
}

} // namespace
} // namespace genscope
