// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/pricetable.h"

#include "store/importer.h"
#include "store/schema.h"

#include <QFile>
#include <QTemporaryDir>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace genscope {
namespace {

using testing::HasSubstr;

class PriceTable : public testing::Test
{
protected:
    void SetUp() override { ASSERT_TRUE(ensureStore(m_store)); }

    static PriceRow row(const char *model, PriceUnit unit, const char *rate)
    {
        PriceRow row;
        row.model = model;
        row.unit = unit;
        row.rate = *Decimal::parse(rate);
        return row;
    }
    static std::vector<PriceRow> price(const char *model)
    {
        return {row(model, PriceUnit::InputToken, "0.0000025"),
                row(model, PriceUnit::OutputToken, "0.00001")};
    }
    Status write(const std::vector<PriceRow> &rows) const
    {
        const auto done = editPrices(m_store, [&](const auto &) { return rows; });
        return done ? Status(Done{}) : Status(done.error());
    }
    std::vector<PriceRow> read() const
    {
        const auto rows = readPrices(m_store);
        EXPECT_TRUE(rows) << rows.error().message.toStdString();
        return rows ? *rows : std::vector<PriceRow>();
    }
    void run(const char *sql) const
    {
        const auto connection = Connection::open(m_store, Connection::Access::Write);
        ASSERT_TRUE(connection);
        ASSERT_TRUE((*connection)->execute(QString::fromUtf8(sql)));
    }

    QTemporaryDir m_dir;
    const QString m_store = m_dir.filePath(QStringLiteral("s.genscope"));
};

TEST_F(PriceTable, GivesBackEveryField)
{
    auto rows = price("gpt-x");
    rows.push_back(row("gpt-x", PriceUnit::InputToken, "0.000005"));
    rows.back().aboveTokens = 200'000;
    rows.back().tierMode = TierMode::Excess;
    for (PriceRow &row : rows) {
        row.match = PriceRow::Match::Pattern;
        row.provider = "azure";
        row.serviceTier = "flex";
        row.valid = {parseIsoTime("2026-01-01")->instant(), parseIsoTime("2026-02-01")->instant()};
        row.source = "contract ‘26";
    }
    ASSERT_TRUE(write(rows));
    EXPECT_EQ(read(), rows);
}

TEST_F(PriceTable, AnEditIsAllOrNothing)
{
    ASSERT_TRUE(write(price("a")));
    auto faulty = price("a");
    faulty.push_back(row("b", PriceUnit::InputToken, "7"));
    const Status refused = write(faulty);
    ASSERT_FALSE(refused);
    EXPECT_THAT(
        refused.error().message.toStdString(),
        HasSubstr("the price of b (row 3 of the book): the rate of input_token is 7: more than 1 USD"));
    EXPECT_EQ(read(), price("a"));

    const auto stopped = editPrices(m_store, [](const auto &) -> Result<std::vector<PriceRow>> {
        return makeError(Error::Kind::Usage, {});
    });
    EXPECT_FALSE(stopped);
    EXPECT_EQ(read(), price("a"));
}

TEST_F(PriceTable, OverlaysTheBundledBook)
{
    EXPECT_EQ(*priceBookOf(m_store), PriceBook::bundled());
    ASSERT_TRUE(write(price("gpt-4o")));
    const auto book = priceBookOf(m_store);
    ASSERT_TRUE(book);
    EXPECT_EQ((*book)->lookUp("gpt-4o", "openai", "", 1).at({})->match.table, genscope::PriceTable::User);
    EXPECT_TRUE((*book)->lookUp("gpt-4o-mini", "openai", "", 1).isKnown());
}

TEST_F(PriceTable, PricesWhatIsImported)
{
    ASSERT_TRUE(write(price("in-house-model")));
    const QString dump = m_dir.filePath(QStringLiteral("d.jsonl"));
    QFile file(dump);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(R"({"uuid":"0191a4b2-0000-7000-8000-000000000001","event":"$ai_generation","distinct_id":"u",)"
               R"("timestamp":"2026-06-01T00:00:00Z","properties":{"$ai_model":"in-house-model",)"
               R"("$ai_input_tokens":1000,"$ai_output_tokens":100}})");
    file.close();
    ASSERT_TRUE(importDumps(m_store, {dump}, {}, {}));
    const auto connection = Connection::open(m_store, Connection::Access::Read);
    auto select = (*connection)->prepare("SELECT cost_usd, cost_source FROM events");
    ASSERT_TRUE(*select->step());
    EXPECT_DOUBLE_EQ(select->real(0), 0.0035);
    EXPECT_EQ(select->bytes(1), "user");
}

TEST_F(PriceTable, NamesARowThatIsNoPrice)
{
    run("INSERT INTO price (match, model, unit, rate) VALUES ('exact', 'm', 'parsec', '1')");
    const auto rows = readPrices(m_store);
    ASSERT_FALSE(rows);
    EXPECT_THAT(rows.error().message.toStdString(), HasSubstr("row 1 of its table “price” is not a price"));
}

TEST_F(PriceTable, ComesToStoresOfTheVersionBefore)
{
    run("DROP TABLE price");
    run("DROP TABLE pending_content"); // of the versions after
    run("DROP TABLE view");
    run("DROP TABLE connection");
    run("DROP TABLE wanted");
    run("DROP TABLE compared");
    run("DELETE FROM meta WHERE key = 'store_id'");
    run("DROP VIEW events");
    for (const QString &statement : storeMigrations().front().statements) {
        if (statement.contains(QLatin1String("CREATE VIEW events")))
            run(qUtf8Printable(statement));
    }
    run("PRAGMA user_version = 2");
    ASSERT_TRUE(write(price("a")));
    EXPECT_EQ(read(), price("a"));
    run("SELECT cost_source FROM events");
}

} // namespace
} // namespace genscope
