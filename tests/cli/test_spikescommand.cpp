// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What `genscope spikes` finds, explains and prints.

#include "cli/storefixture.h"

using namespace genscope::test;

namespace {

/// A call every minute for two days; those of one hour of the second day that a feature made are six times as
/// slow.
QByteArray slowHour()
{
    QByteArray lines;
    for (int minute = 0; minute < 2 * 24 * 60; ++minute) {
        const int inDay = minute % (24 * 60);
        const bool agent = minute % 2 == 0;
        const bool slow = minute >= 24 * 60 && inDay >= 14 * 60 && inDay < 15 * 60 && agent;
        const double latency = (1 + (minute * 7919 % 100) / 100.0) * (slow ? 6 : 1);
        const QByteArray ended = QByteArray::number(inDay / 60).rightJustified(2, '0') + ':' +
                                 QByteArray::number(inDay % 60).rightJustified(2, '0') + ":30Z";
        lines += R"({"event":"$ai_generation","distinct_id":"u","uuid":"00000000-0000-4000-8000-)" +
                 QByteArray::number(minute).rightJustified(12, '0') + R"(","timestamp":"2025-06-0)" +
                 (minute < 24 * 60 ? "2T" : "3T") + ended +
                 R"(","properties":{"$ai_trace_id":"t","$ai_model":"gpt-4o","$ai_latency":)" +
                 QByteArray::number(latency) + R"(,"feature":")" + (agent ? "agent" : "chat") + "\"}}\n";
    }
    return lines;
}

class SpikesCommand : public StoreTest
{
protected:
    Finished spikes(const QStringList &options) const
    {
        return runGenscope(QStringList{QStringLiteral("spikes"), store()} + options);
    }
    QJsonArray found(const QStringList &options) const
    {
        const Finished run = spikes(options + QStringList{"--format", "json"});
        EXPECT_EQ(run.status, 0) << run.err.constData();
        return QJsonDocument::fromJson(run.out).array();
    }
};

TEST_F(SpikesCommand, FindsTheSlowHourAndWhatMadeIt)
{
    ASSERT_EQ(import(slowHour()).status, 0);
    const QJsonArray all = found({});
    ASSERT_EQ(all.size(), 1);
    const QJsonObject spike = all[0].toObject();
    EXPECT_EQ(spike["measure"].toString(), "latency_p95");
    EXPECT_EQ(spike["dimension"].toString(), "model");
    EXPECT_EQ(spike["value"].toString(), "gpt-4o");
    EXPECT_TRUE(spike["from"].toString().startsWith("2025-06-03T14:0"))
        << qPrintable(spike["from"].toString());
    EXPECT_TRUE(spike["to"].toString().startsWith("2025-06-03T14:5") ||
                spike["to"].toString().startsWith("2025-06-03T15:0"))
        << qPrintable(spike["to"].toString());
    EXPECT_NEAR(spike["factor"].toDouble(), spike["observed"].toDouble() / spike["baseline"].toDouble(),
                1e-9);
    EXPECT_GT(spike["factor"].toDouble(), 3);
    EXPECT_LT(spike["p_value"].toDouble(), 1e-6);
    const QJsonArray drivers = spike["drivers"].toArray();
    ASSERT_EQ(drivers.size(), 1) << QJsonDocument(drivers).toJson().constData();
    EXPECT_EQ(drivers[0].toObject()["dimension"].toString(), "event.feature");
    EXPECT_EQ(drivers[0].toObject()["value"].toString(), "agent");
    EXPECT_GT(drivers[0].toObject()["contribution"].toDouble(), 0.9);
}

TEST_F(SpikesCommand, ARangeAsksForSomeAndDoesNotChangeWhatIsUsual)
{
    ASSERT_EQ(import(slowHour()).status, 0);
    const QJsonArray all = found({});
    EXPECT_EQ(found({"--from", "2025-06-03T13:00Z", "--to", "2025-06-03T16:00Z"}), all)
        << "three hours alone would have nothing to be compared with";
    EXPECT_EQ(found({"--to", "2025-06-02"}).size(), 0);
    EXPECT_EQ(found({"--where", "event.feature = \"chat\""}).size(), 0) << "a filter does change it";
    EXPECT_EQ(found({"--measure", "error_rate"}).size(), 0);
    EXPECT_EQ(found({"--by", "overall"})[0].toObject()["value"], QJsonValue());
}

TEST_F(SpikesCommand, PrintsTablesAndRefusesWhatItDoesNotKnow)
{
    ASSERT_EQ(import(slowHour()).status, 0);
    const QByteArray csv = spikes({"--format", "csv"}).out;
    EXPECT_TRUE(csv.startsWith("measure,dimension,value,from,to,baseline,observed,factor,generations,p_value,"
                               "cost_usd,slower,longer\nlatency_p95,model,gpt-4o,2025-06-03T14:0"))
        << csv.constData();
    EXPECT_EQ(csv.count('\n'), 2);
    for (const QStringList &wrong :
         {QStringList{"--measure", "cost_per_user"}, {"--sensitivity", "extreme"}, {"--by", "nonsense"}}) {
        const Finished run = spikes(wrong);
        EXPECT_EQ(run.status, 2) << qPrintable(wrong.join(' '));
        EXPECT_TRUE(run.err.contains(wrong.last().toUtf8())) << run.err.constData();
    }
}

} // namespace
