// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/tracelinks.h"

#include "storefixture.h"

using namespace genscope;
using namespace genscope::test;

namespace {

class TraceLinksTest : public StoreTest
{
protected:
    /// `id<parent` of every row of the store that has either, by row.
    std::map<std::uint32_t, std::string> links(const std::vector<std::uint32_t> &rows) const
    {
        std::map<std::uint32_t, std::string> found;
        const auto links = readTraceLinks(store(), rows, {});
        EXPECT_TRUE(links.ok());
        if (links)
            for (const auto &[row, link] : *links)
                found[row] = link.id + "<" + link.parent;
        return found;
    }
};

} // namespace

TEST_F(TraceLinksTest, AreReadAsSdksSendThem)
{
    const auto event = [](int uuid, const std::string &properties) {
        return EventLine{.event = "$ai_span", .uuid = uuid, .properties = properties}.line();
    };
    import(event(1, R"({"$ai_trace_id":"t","$ai_span_id":"a","$ai_parent_id":"t"})") +
           event(2, R"({"$ai_trace_id":"t","$ai_span_id":"b","$ai_generation_id":"g","$ai_parent_id":"a"})") +
           event(3, R"({"$ai_trace_id":"t","$ai_span_id":7,"$ai_parent_id":true})") +
           event(4, R"({"$ai_trace_id":"t","$ai_span_id":{"x":1},"$ai_parent_id":["a"]})") +
           event(5, R"({"$ai_trace_id":"t"})") +
           event(6, R"({"$ai_trace_id":"t","$ai_span_id":"1:2é\n","$ai_parent_id":null})") +
           event(7, R"("{\"$ai_trace_id\":\"t\",\"$ai_span_id\":\"text\"}")"));
    EXPECT_EQ(links({0, 1, 2, 3, 4, 5, 6}),
              (std::map<std::uint32_t, std::string>{
                  {0, "a<t"}, {1, "g<a"}, {2, "7<true"}, {5, "1:2é\n<"}, {6, "text<"}}));
    EXPECT_EQ(links({1}), (std::map<std::uint32_t, std::string>{{1, "g<a"}})) << "only what was asked for";
    EXPECT_TRUE(links({}).empty());
}

TEST_F(TraceLinksTest, TheNewestCopyOfAnEventCounts)
{
    import(EventLine{.properties = R"({"$ai_trace_id":"t"})"}.line());
    import(EventLine{.properties = R"({"$ai_trace_id":"t","$ai_span_id":"s","$ai_input":"hello"})"}.line());
    EXPECT_EQ(links({0}), (std::map<std::uint32_t, std::string>{{0, "s<"}}));
}

TEST_F(TraceLinksTest, AMissingStoreIsAnError)
{
    EXPECT_FALSE(readTraceLinks(path(QStringLiteral("nowhere.genscope")), {0}, {}).ok());
}
