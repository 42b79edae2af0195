// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/facts.h"
#include "storefixture.h"

namespace genscope::test {
namespace {

/// What prices need of an event, as text.
std::string usageText(const Snapshot &snapshot, std::size_t row)
{
    std::string text;
    for (const IntField field : kRareUsageFields) {
        const std::int64_t value = snapshot.intAt(row, field);
        if (value != emptyValueOf(field))
            text +=
                std::string(text.empty() ? "" : " ") +
                (isDictionaryField(field) ? std::string(snapshot.textAt(row, field)) : std::to_string(value));
    }
    if ((snapshot.intAt(row, IntField::Flags) & CustomPricesFlag) != 0)
        text += text.empty() ? "own prices" : ", own prices";
    return text;
}

std::map<std::string, std::string> usageByUuid(const Snapshot &snapshot)
{
    std::map<std::string, std::string> usage;
    for (std::size_t row = 0; row < snapshot.rows(); ++row)
        usage[snapshot.uuidAt(row).toString().substr(34)] = usageText(snapshot, row);
    return usage;
}

class UsageColumns : public StoreTest
{
};

TEST_F(UsageColumns, AnOlderStoreIsToldFromItsEventsWhatItsColumnsDidNotSay)
{
    const QString old = storeOfVersion1(QStringLiteral("old.genscope"));
    ASSERT_FALSE(StoreReader::open(old).ok()) << "its columns lack what prices need";
    ASSERT_TRUE(ensureStore(old).ok());

    const auto reader = readerOf(old);
    const auto snapshot = *reader->loadSnapshot({});
    const std::map<std::string, std::string> usage = usageByUuid(*snapshot);
    const std::map<std::string, std::string> expected = {
        {"00", ""},            // tokens alone
        {"01", "100 200"},     // lives of cache writes; united from two copies
        {"02", "100 700 250"}, // cached audio, audio in and out, some of it from $ai_usage
        {"03", "258 1290 10"}, // images in and out, text out
        {"04", "2 3"},         // requests and searches
        {"05", "flex"},        // service tier
        {"06", "own prices"},
        {"07", ""},
        {"08", "10 20"}, // all properties captured as one text
        {"09", ""},
    };
    EXPECT_EQ(usage, expected);
    expectColumnsMatchTable(old);

    // The same as if the events were imported today.
    std::string events;
    for (std::size_t row = 0; row < snapshot->rows(); ++row)
        events += *reader->rawEventAt(row) + '\n';
    import(events);
    EXPECT_EQ(usageByUuid(**this->reader()->loadSnapshot({})), expected);
}

TEST_F(UsageColumns, AnUpdateThatWasDoneIsNotDoneAgain)
{
    const QString old = storeOfVersion1(QStringLiteral("old.genscope"));
    ASSERT_TRUE(ensureStore(old).ok());
    const std::string before = contentsOf(old);
    ASSERT_TRUE(ensureStore(old).ok());
    EXPECT_EQ(contentsOf(old), before);
}

} // namespace
} // namespace genscope::test
