// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/bins.h"

#include "analytics/query.h"
#include "support/querytext.h"
#include "support/snapshotbuilder.h"

#include <QLocale>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

using namespace genscope;
using genscope::test::printed;
using genscope::test::QueryText;
using genscope::test::SnapshotBuilder;
using genscope::test::TestEvent;

namespace {

Field field(std::string_view text)
{
    const auto parsed = Field::parse(text);
    EXPECT_TRUE(parsed.ok()) << text;
    return *parsed;
}

class Store
{
public:
    explicit Store(const std::vector<TestEvent> &events)
        : m_builder(events),
          m_context(makeQueryContext(m_builder.build(), &m_builder.source(), {}, StopToken()))
    {
    }
    Result<ResultTable> run(const QueryText &text, const Scope &scope = {})
    {
        QueryContext context = m_context;
        context.data.zone = scope.zone;
        return runQuery(text.query(), scope, *selectRows(scope, context), context);
    }
    std::string text(const QueryText &text, const Scope &scope = {}) { return printed(*run(text, scope)); }

private:
    SnapshotBuilder m_builder;
    QueryContext m_context;
};

TEST(Bins, AreWrittenAsFieldsAndComeBack)
{
    const Field plain = field("bin(latency)");
    EXPECT_EQ(plain.id, Field::Id::Latency);
    EXPECT_EQ(plain.bins, Binning());
    EXPECT_EQ(plain.unbinned(), field("latency"));
    EXPECT_EQ(field("bin(ttft 40)").bins->perDecade, 40);
    EXPECT_EQ(field("bin(cost step 0.5)").bins->step, 0.5);
    EXPECT_EQ(field("bin(event.`my score` 10)").path.name, "my score");
    EXPECT_EQ(field("latency").binned({.perDecade = 80}).text, "bin(latency 80)");
    EXPECT_EQ(field("bin(latency 40)").binned({.step = 0.25}), field("bin(latency step 0.25)"));
    for (const char *wrong :
         {"bin()", "bin(latency", "bin(latency 7)", "bin(latency step 0)", "bin(bin(latency))",
          "bin(latency step x)", "bin(nothing)", "bin(latency 20 20)"})
        EXPECT_FALSE(Field::parse(wrong).ok()) << wrong;
}

TEST(Bins, HaveRoundEdges)
{
    EXPECT_EQ(realBinEdges({.perDecade = 3}, 0.1, 3), (std::vector<double>{0.1, 0.2, 0.5, 1, 2, 5}));
    EXPECT_EQ(realBinEdges({.perDecade = 10}, 1, 2.4), (std::vector<double>{1, 1.25, 1.6, 2, 2.5}));
    EXPECT_EQ(realBinEdges({.step = 0.1}, 0.25, 0.55), (std::vector<double>{0.2, 0.3, 0.4, 0.5, 0.6}));
    EXPECT_EQ(wholeBinEdges({.perDecade = 10}, NumberKind::Whole, 0, 13),
              (std::vector<std::int64_t>{0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 16}));
    EXPECT_EQ(binEdges(field("bin(cost 3)"), 0.003, 0.01), (std::vector<double>{0.002, 0.005, 0.01, 0.02}));
}

TEST(Bins, OfAFinerResolutionDivideThoseOfACoarserOne)
{
    const std::array resolutions = {5, 10, 20, 40, 80};
    for (std::size_t i = 1; i < resolutions.size(); ++i) {
        const auto coarse = realBinEdges({.perDecade = resolutions[i - 1]}, 0.001, 1000);
        const auto fine = realBinEdges({.perDecade = resolutions[i]}, 0.001, 2000);
        EXPECT_TRUE(std::includes(fine.begin(), fine.end(), coarse.begin(), coarse.end())) << resolutions[i];
    }
}

TEST(Bins, HoldEveryNumberWhateverItIs)
{
    constexpr double kEndless = std::numeric_limits<double>::infinity();
    for (const double value : {-1e300, -3.0, -1e-9, 0.0, 1e-300, 1e-6, 0.25, 7.0, 1e9, 1e300}) {
        for (const Binning binning : {Binning{.perDecade = 3}, Binning{.perDecade = 80}}) {
            const auto edges = realBinEdges(binning, value, value);
            ASSERT_EQ(edges.size(), 2u) << value;
            EXPECT_TRUE(edges[0] <= value || value < -1e9) << value;
            EXPECT_LT(value, edges[1]);
        }
    }
    EXPECT_EQ(realBinEdges({}, 2e9, 3e9), (std::vector<double>{1e9, kEndless}));
    EXPECT_EQ(realBinEdges({.step = 1}, 0, 1e12).size(), kMostBins + 1);
    EXPECT_EQ(realBinEdges({.step = 1}, 0, 1e12).back(), kEndless);
}

TEST(Bins, BreakADistributionDown)
{
    Store store({{.model = "a", .latency = 0.25},
                 {.model = "a", .latency = 0.249},
                 {.model = "b", .latency = 0.26},
                 {.model = "b"},
                 {.model = "b", .latency = 0},
                 {.model = "b", .latency = -2}});
    EXPECT_EQ(store.text({.measures = "generations", .by = "bin(latency 10)"}), "0.25 | 2\n"
                                                                                "-2 | 1\n"
                                                                                "0 | 1\n"
                                                                                "0.2 | 1\n"
                                                                                "- | 1\n"
                                                                                "total: - | 6\n");
    EXPECT_EQ(store.text({.measures = "generations", .by = "model,bin(latency 3)", .top = 1}),
              "Other | 0.2 | 2\n"
              "b | -2 | 1\n"
              "b | 0 | 1\n"
              "b | 0.2 | 1\n"
              "b | - | 1\n"
              "total: - | - | 6\n");
}

TEST(Bins, ArePutOnMoneyWholeNumbersAndProperties)
{
    Store store(
        {{.status = 204, .output = 12, .reportedCost = 0.03, .properties = {{"event.score", "0.7"}}},
         {.status = 503, .output = 12, .reportedCost = 0.02, .properties = {{"event.score", "high"}}}});
    EXPECT_EQ(store.text({.measures = "generations", .by = "bin(cost 3)"}), "0.02 | 2\ntotal: - | 2\n");
    EXPECT_EQ(store.text({.measures = "generations", .by = "bin(http_status step 100)"}),
              "200 | 1\n500 | 1\ntotal: - | 2\n");
    EXPECT_EQ(store.text({.measures = "generations", .by = "bin(output_tokens 10)"}),
              "10 | 2\ntotal: - | 2\n");
    EXPECT_EQ(store.text({.measures = "generations", .by = "bin(event.score)"}),
              "0.63 | 1\n- | 1\ntotal: - | 2\n");
    for (const char *wrong : {"bin(model)", "bin(is_error)", "bin(timestamp)", "bin(tool)"})
        EXPECT_EQ(store.run({.measures = "generations", .by = wrong}).error().kind, Error::Kind::Usage)
            << wrong;
}

/// Latencies over many powers of ten, some odd ones among them.
std::vector<TestEvent> randomCalls(unsigned seed, int count)
{
    std::mt19937_64 random(seed);
    std::lognormal_distribution<double> seconds(0.3, 1.5);
    std::vector<TestEvent> events;
    for (int i = 0; i < count; ++i) {
        TestEvent event;
        event.model = std::string("m").append(std::to_string(random() % 4));
        event.isError = random() % 10 == 0;
        event.output = static_cast<std::int64_t>(random() % 2000);
        if (random() % 8 != 0)
            event.latency = random() % 50 == 0 ? 0.0 : std::round(seconds(random) * 1000) / 1000;
        events.push_back(event);
    }
    return events;
}

TEST(Bins, CountEveryEventOnceAndInTheBinThatAFilterFinds)
{
    for (unsigned seed = 1; seed <= 6; ++seed) {
        const auto events = randomCalls(seed, 700);
        Store store(events);
        for (const auto &[name, step] : {std::pair("latency", 0.5), std::pair("output_tokens", 10.0),
                                         std::pair("tokens_per_second", 1000.0)}) {
            const Field binned =
                field(name).binned(seed % 2 == 0 ? Binning{.perDecade = 40} : Binning{.step = step});
            const auto table = *store.run({.measures = "generations", .by = binned.text});
            std::int64_t sum = 0;
            for (const auto &row : table.rows) {
                const auto count = std::get<std::int64_t>(row[1]);
                sum += count;
                Scope scope;
                if (row[0].index() == 0) {
                    scope.filter = Filter::isMissing(field(name));
                } else {
                    const double lower = std::visit(
                        [](const auto &cell) {
                            if constexpr (std::is_arithmetic_v<std::decay_t<decltype(cell)>>)
                                return static_cast<double>(cell);
                            return 0.0;
                        },
                        row[0]);
                    const double upper = binEdges(binned, lower, lower)[1];
                    const auto text = QStringLiteral("%1 >= %2 and %1 < %3")
                                          .arg(QLatin1String(name))
                                          .arg(QString::number(lower, 'f', QLocale::FloatingPointShortest),
                                               QString::number(upper, 'f', QLocale::FloatingPointShortest));
                    scope.filter = *Filter::parse(text.toStdString());
                }
                EXPECT_EQ(store.run({.measures = "generations"}, scope)->matched, count)
                    << seed << " " << scope.filter.toString();
            }
            EXPECT_EQ(sum, 700) << name << " " << seed;
        }
    }
}

TEST(HourOfWeek, CountsByTheWallClockOnDaysOf23And25Hours)
{
    Scope scope;
    scope.zone = *Zone::named("Europe/Berlin");
    // 30 March 2025: 02:00 becomes 03:00. 26 October: 03:00 becomes 02:00 again. Both are Sundays.
    Store store({{.time = "2025-03-30T00:30:00Z"},
                 {.time = "2025-03-30T01:30:00Z"},
                 {.time = "2025-10-26T00:30:00Z"},
                 {.time = "2025-10-26T01:30:00Z"},
                 {.time = "2025-10-26T22:59:59Z"},
                 {.time = "2025-10-26T23:00:00Z"}});
    EXPECT_EQ(store.text({.measures = "generations", .by = "day_of_week,hour_of_day"}, scope),
              "7 | 2 | 2\n"
              "1 | 0 | 1\n"
              "7 | 1 | 1\n"
              "7 | 3 | 1\n"
              "7 | 23 | 1\n"
              "total: - | - | 6\n");
}

} // namespace
