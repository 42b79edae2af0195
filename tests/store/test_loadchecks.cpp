// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Columns that do not fit the rest of the store are refused when it is opened, with what helps.
#include "storefixture.h"

#include "store/connection.h"

namespace genscope::test {
namespace {

class LoadChecks : public StoreTest, public ::testing::WithParamInterface<const char *>
{
};

TEST_P(LoadChecks, ColumnsThatDoNotFitAreRefused)
{
    import(variedDump(300));
    {
        const auto connection = std::move(Connection::open(store(), Connection::Access::Write)).value();
        ASSERT_TRUE(connection->execute(QString::fromLatin1(GetParam())).ok());
    }
    const auto snapshot = reader()->loadSnapshot({});
    ASSERT_FALSE(snapshot.ok());
    EXPECT_EQ(snapshot.error().kind, Error::Kind::Database);
    EXPECT_TRUE(snapshot.error().message.startsWith(store())) << qPrintable(snapshot.error().message);
    EXPECT_TRUE(snapshot.error().message.contains(QLatin1String("genscope rebuild")))
        << qPrintable(snapshot.error().message);
}

INSTANTIATE_TEST_SUITE_P(All, LoadChecks,
                         ::testing::Values("DELETE FROM segment", "UPDATE segment SET id = 1",
                                           "INSERT INTO segment SELECT 1, rows, raw_size, data FROM segment",
                                           "UPDATE segment SET data = substr(data, 1, 100)",
                                           "UPDATE segment SET raw_size = 1 << 60",
                                           "DELETE FROM event WHERE id > 100",
                                           "DELETE FROM dictionary WHERE field = 5 AND code > 3",
                                           "DELETE FROM dictionary WHERE field = 5 AND code = 3"));

class LoadsAsItIs : public StoreTest
{
};

TEST_F(LoadsAsItIs, AnEmptyStore)
{
    ASSERT_TRUE(ensureStore(store()).ok());
    EXPECT_TRUE(reader()->loadSnapshot({}).ok());
}

} // namespace
} // namespace genscope::test
