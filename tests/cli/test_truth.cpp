// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// A generated dump with known totals: what the command line says must equal them exactly.
// tests/data/cli/README.md says where the dump comes from.

#include "cli/storefixture.h"
#include "core/decimal.h"
#include "support/testpaths.h"

using namespace genscope;
using namespace genscope::test;

namespace {

const QString kDump = testData(QLatin1String("cli/generated.jsonl.gz"));

class Truth : public StoreTest
{
protected:
    void SetUp() override
    {
        m_truth = jsonObject(bytesOf(testData(QLatin1String("cli/generated.truth.json"))));
        const Finished run =
            runGenscope({QStringLiteral("import"), store(), kDump, QStringLiteral("--json")});
        ASSERT_EQ(run.status, 1) << "some lines are malformed: " << run.err.constData();
        m_report = jsonObject(run.out);
    }

    /// A table of `query --format csv`, by its first column.
    QMap<QString, QStringList> table(const QStringList &options) const
    {
        QMap<QString, QStringList> rows;
        const auto lines =
            QString::fromUtf8(query(options + QStringList{QStringLiteral("--format"), QStringLiteral("csv")}))
                .split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        for (const QString &line : lines.mid(1)) {
            QStringList cells = line.split(QLatin1Char(','));
            const QString key = cells.takeFirst();
            rows[key] = cells;
        }
        return rows;
    }

    QJsonObject m_truth;
    QJsonObject m_report;
};

/// Money and counts of the truth file, compared as exact decimals.
std::string decimal(const QJsonValue &value)
{
    const std::string text = QByteArray::number(value.toDouble(), 'g', 15).toStdString();
    return Decimal::parse(text)->toString();
}

std::string decimal(const QString &text)
{
    return text.isEmpty() ? "0" : Decimal::parse(text.toStdString())->toString();
}

TEST_F(Truth, EveryLineIsAccountedFor)
{
    const int malformed = m_truth[QLatin1String("malformed")].toInt();
    const int emptyLines =
        m_truth[QLatin1String("malformed_by_kind")].toObject()[QLatin1String("empty_line")].toInt();
    const QJsonObject byEvent = m_truth[QLatin1String("by_event")].toObject();
    const int ignored =
        byEvent[QLatin1String("$identify")].toInt() + byEvent[QLatin1String("$groupidentify")].toInt();

    EXPECT_EQ(m_report[QLatin1String("lines")].toInt(), m_truth[QLatin1String("lines")].toInt() - emptyLines);
    EXPECT_EQ(m_report[QLatin1String("rejected")].toInt(), malformed - emptyLines);
    EXPECT_EQ(m_report[QLatin1String("new")].toInt(), m_truth[QLatin1String("events")].toInt() - ignored);
    for (const QString &name : m_report[QLatin1String("by_event")].toObject().keys())
        EXPECT_EQ(m_report[QLatin1String("by_event")].toObject()[name].toInt(), byEvent[name].toInt())
            << qPrintable(name);
    const int duplicates = m_report[QLatin1String("duplicates")].toInt();
    const int ignoredLines = m_report[QLatin1String("ignored")].toInt();
    EXPECT_EQ(duplicates + ignoredLines, m_truth[QLatin1String("duplicates")].toInt() + ignored);
    EXPECT_EQ(m_report[QLatin1String("updated")].toInt(), 0);
}

TEST_F(Truth, EveryModelIsExact)
{
    const auto rows =
        table({QStringLiteral("--measure"),
               QStringLiteral("generations,embeddings,errors,input_tokens,output_tokens,"
                              "cache_read_tokens,cache_write_tokens,reasoning_tokens,cost"),
               QStringLiteral("--by"), QStringLiteral("model"), QStringLiteral("--kinds"),
               QStringLiteral("generation,embedding"), QStringLiteral("--cost"), QStringLiteral("reported")});
    const QJsonObject models = m_truth[QLatin1String("models")].toObject();
    int compared = 0;
    for (const QString &model : models.keys()) {
        const QJsonObject truth = models[model].toObject();
        if (truth[QLatin1String("generations")].toInt() + truth[QLatin1String("embeddings")].toInt() == 0)
            continue;
        ASSERT_TRUE(rows.contains(model)) << qPrintable(model);
        const char *const names[] = {"generations",        "embeddings",       "errors",
                                     "input_tokens",       "output_tokens",    "cache_read_tokens",
                                     "cache_write_tokens", "reasoning_tokens", "cost_usd"};
        for (int i = 0; i < 9; ++i)
            EXPECT_EQ(decimal(rows[model][i]), decimal(truth[QLatin1String(names[i])]))
                << qPrintable(model) << " " << names[i];
        ++compared;
    }
    EXPECT_EQ(rows.size(), compared);
    EXPECT_GT(compared, 20);
}

TEST_F(Truth, EveryDayIsExact)
{
    const auto rows =
        table({QStringLiteral("--measure"),
               QStringLiteral("generations,embeddings,errors,cost,input_tokens,output_tokens"),
               QStringLiteral("--interval"), QStringLiteral("day"), QStringLiteral("--kinds"),
               QStringLiteral("generation,embedding"), QStringLiteral("--cost"), QStringLiteral("reported")});
    const QJsonObject days = m_truth[QLatin1String("days")].toObject();
    EXPECT_EQ(rows.size(), days.size());
    for (const QString &day : days.keys()) {
        const QJsonObject truth = days[day].toObject();
        const QStringList row = rows[day + QStringLiteral("T00:00:00+00:00")];
        ASSERT_EQ(row.size(), 6) << qPrintable(day);
        EXPECT_EQ(row[0].toInt() + row[1].toInt(), truth[QLatin1String("calls")].toInt()) << qPrintable(day);
        EXPECT_EQ(row[2].toInt(), truth[QLatin1String("errors")].toInt()) << qPrintable(day);
        EXPECT_EQ(decimal(row[3]), decimal(truth[QLatin1String("cost_usd")])) << qPrintable(day);
        EXPECT_EQ(row[4].toLongLong(), truth[QLatin1String("input_tokens")].toInteger()) << qPrintable(day);
        EXPECT_EQ(row[5].toLongLong(), truth[QLatin1String("output_tokens")].toInteger()) << qPrintable(day);
    }
}

TEST_F(Truth, EveryCompanyAndUserIsExact)
{
    const QStringList measures = {QStringLiteral("--measure"), QStringLiteral("generations,embeddings,cost"),
                                  QStringLiteral("--kinds"),   QStringLiteral("generation,embedding"),
                                  QStringLiteral("--cost"),    QStringLiteral("reported"),
                                  QStringLiteral("--by")};
    const auto compare = [&](const char *dimension, const QJsonObject &expected) {
        const auto rows = table(measures + QStringList{QLatin1String(dimension)});
        int compared = 0;
        for (const QString &name : expected.keys()) {
            const QJsonObject truth = expected[name].toObject();
            if (truth[QLatin1String("calls")].toInt() == 0)
                continue;
            const QStringList row = rows[name];
            ASSERT_EQ(row.size(), 3) << qPrintable(name);
            EXPECT_EQ(row[0].toInt() + row[1].toInt(), truth[QLatin1String("calls")].toInt())
                << qPrintable(name);
            EXPECT_EQ(decimal(row[2]), decimal(truth[QLatin1String("cost_usd")])) << qPrintable(name);
            ++compared;
        }
        EXPECT_EQ(rows.size(), compared) << dimension;
    };
    compare("customer", m_truth[QLatin1String("companies")].toObject());
    compare("user", m_truth[QLatin1String("customers")].toObject());
}

TEST_F(Truth, StatusesAndTotalAreExact)
{
    const auto rows = table({QStringLiteral("--measure"), QStringLiteral("generations,embeddings"),
                             QStringLiteral("--by"), QStringLiteral("http_status"), QStringLiteral("--kinds"),
                             QStringLiteral("generation,embedding")});
    const QJsonObject statuses = m_truth[QLatin1String("by_http_status")].toObject();
    EXPECT_EQ(rows.size(), statuses.size());
    for (const QString &status : statuses.keys())
        EXPECT_EQ(rows[status][0].toInt() + rows[status][1].toInt(), statuses[status].toInt())
            << qPrintable(status);

    const QByteArray total =
        query({QStringLiteral("--measure"), QStringLiteral("cost"), QStringLiteral("--kinds"),
               QStringLiteral("generation,embedding"), QStringLiteral("--cost"), QStringLiteral("reported"),
               QStringLiteral("--format"), QStringLiteral("csv")});
    EXPECT_EQ(decimal(QString::fromUtf8(total).section(QLatin1Char('\n'), 1, 1)),
              decimal(m_truth[QLatin1String("total_cost_usd")]));
}

TEST_F(Truth, ImportingAgainChangesNothing)
{
    const QByteArray before = runGenscope({QStringLiteral("stats"), store(), QStringLiteral("--json")}).out;
    const QJsonObject again =
        jsonObject(runGenscope({QStringLiteral("import"), store(), kDump, QStringLiteral("--json")}).out);
    EXPECT_EQ(again[QLatin1String("new")].toInt(), 0);
    EXPECT_EQ(again[QLatin1String("updated")].toInt(), 0);
    QJsonObject first = jsonObject(before);
    QJsonObject second =
        jsonObject(runGenscope({QStringLiteral("stats"), store(), QStringLiteral("--json")}).out);
    for (const char *name : {"sources", "store_bytes", "rejected"}) {
        first.remove(QLatin1String(name));
        second.remove(QLatin1String(name));
    }
    EXPECT_EQ(first, second);
}

} // namespace
