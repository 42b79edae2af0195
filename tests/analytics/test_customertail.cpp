// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cost by customer: the largest, the others and those without a customer are always the whole.
#include "analytics/query.h"

#include "support/snapshotbuilder.h"

#include <gtest/gtest.h>

#include <random>

using namespace genscope;
using namespace genscope::test;

namespace {

std::vector<TestEvent> manyCalls(std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    const auto below = [&](std::uint64_t count) { return random() % count; };
    std::vector<TestEvent> events;
    for (int i = 0; i < 400; ++i) {
        TestEvent event;
        event.user = below(5) == 0 ? "t" : "u" + std::to_string(below(9)); // `t` is anonymous
        event.trace = "t";
        event.input = 100;
        if (below(6) != 0)
            event.reportedCost = static_cast<double>(below(1'000'000)) / 1e6;
        const std::uint64_t tenant = below(below(3) == 0 ? 60 : 5);
        if (below(4) != 0)
            event.groups = {{"company", tenant == 7 ? "Other" : "c" + std::to_string(tenant)}};
        if (below(3) != 0)
            event.properties = {{"event.tenant", "e" + std::to_string(tenant)},
                                {"person.plan", "p" + std::to_string(tenant % 3)}};
        events.push_back(std::move(event));
    }
    return events;
}

struct Sums
{
    Int128 cost = 0;
    std::int64_t generations = 0;
    std::int64_t unpriced = 0;
};

void add(Sums &sums, const std::vector<Cell> &cells, std::size_t first)
{
    if (const auto *cost = std::get_if<Money>(&cells[first]))
        sums.cost += cost->pico;
    sums.generations += std::get<std::int64_t>(cells[first + 1]);
    sums.unpriced += std::get<std::int64_t>(cells[first + 2]);
}

} // namespace

TEST(CustomerTail, TopAndOtherAndNoneAreTheWholeWhateverACustomerIs)
{
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        SnapshotBuilder builder(manyCalls(seed));
        const auto snapshot = builder.build();
        for (const char *customer : {"", "group.company", "person.plan", "event.tenant", "user"}) {
            Scope scope;
            if (*customer != 0)
                scope.customer = *Field::parse(customer);
            const QueryContext context = makeQueryContext(snapshot, &builder.source(), scope, {});
            const RowSet rows = *selectRows(scope, context);
            for (const int top : {1, 2, 3, 10, 1000}) {
                Query query;
                query.measures = {Measure::Cost, Measure::Generations, Measure::Unpriced};
                query.by = {*Field::parse("customer")};
                query.top = top;
                const auto table = runQuery(query, scope, rows, context);
                ASSERT_TRUE(table.ok());
                Sums parts;
                Sums whole;
                bool none = false;
                for (const auto &row : table->rows) {
                    add(parts, row, 1);
                    none = none || row[0].index() == 0;
                }
                add(whole, table->total, 1);
                const std::string where = std::string(customer) + " top " + std::to_string(top);
                EXPECT_EQ(parts.cost, whole.cost) << where;
                EXPECT_EQ(parts.generations, whole.generations) << where;
                EXPECT_EQ(parts.generations, 400) << where;
                EXPECT_EQ(parts.unpriced, whole.unpriced) << where;
                EXPECT_GT(whole.unpriced, 0);
                EXPECT_LE(table->rows.size(), static_cast<std::size_t>(top) + 1) << where;
                EXPECT_TRUE(none || top < 1000) << where << ": who has no customer is not left out";
            }
        }
    }
}
