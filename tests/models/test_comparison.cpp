// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/comparison.h"

#include "support/printedmodel.h"

#include <QAbstractItemModelTester>

#include <gtest/gtest.h>

#include <random>

using namespace genscope;
using namespace genscope::test;

namespace {

/// ` same`, `~left > right`, `-left`, `+right`, a line each.
std::string diff(const QString &left, const QString &right)
{
    QString text;
    for (const DiffLine &line : diffLines(left, right)) {
        switch (line.kind) {
        case DiffLine::Kind::Same:
            text += QStringLiteral(" %1\n").arg(line.left);
            break;
        case DiffLine::Kind::Changed:
            text += QStringLiteral("~%1 > %2\n").arg(line.left, line.right);
            break;
        case DiffLine::Kind::Left:
            text += QStringLiteral("-%1\n").arg(line.left);
            break;
        case DiffLine::Kind::Right:
            text += QStringLiteral("+%1\n").arg(line.right);
            break;
        }
    }
    return text.toStdString();
}

EventDetail answerOf(const char *prompt, const char *answer)
{
    EventDetail event;
    event.kind = EventKind::Generation;
    event.model = std::string("gpt-4o");
    const auto side = [&event](const char *text, ConversationMessage::Origin origin) {
        ConversationMessage message;
        message.origin = origin;
        message.parts.push_back({ConversationPart::Kind::Text, {}, {}, QString::fromUtf8(text)});
        event.conversation.messages.push_back(message);
    };
    side(prompt, ConversationMessage::Origin::Input);
    side(answer, ConversationMessage::Origin::Output);
    return event;
}

} // namespace

TEST(DiffLines, AreTheShortestWayFromOneTextToTheOther)
{
    EXPECT_EQ(diff(QStringLiteral("a\nb\nc"), QStringLiteral("a\nb\nc")), " a\n b\n c\n");
    EXPECT_EQ(diff(QStringLiteral("a\nb\nc"), QStringLiteral("a\nx\nc")), " a\n~b > x\n c\n");
    EXPECT_EQ(diff(QStringLiteral("a\nc"), QStringLiteral("a\nb\nc")), " a\n+b\n c\n");
    EXPECT_EQ(diff(QStringLiteral("a\nb\nc\nd"), QStringLiteral("b\nd\ne")), "-a\n b\n-c\n d\n+e\n");
    EXPECT_EQ(diff({}, QStringLiteral("a")), "+a\n");
    EXPECT_EQ(diff(QStringLiteral("a"), {}), "-a\n");
    EXPECT_EQ(diff({}, {}), "");
}

TEST(DiffLines, GiveBothTextsBack)
{
    std::mt19937 random(5);
    for (int round = 0; round < 200; ++round) {
        const auto text = [&random] {
            QStringList lines;
            for (unsigned i = random() % 12; i > 0; --i)
                lines += QString(QLatin1Char(static_cast<char>('a' + random() % 4)));
            return lines;
        };
        const QStringList left = text();
        const QStringList right = text();
        QStringList foundLeft;
        QStringList foundRight;
        for (const DiffLine &line : diffLines(left.join(QLatin1Char('\n')), right.join(QLatin1Char('\n')))) {
            if (line.kind != DiffLine::Kind::Right)
                foundLeft += line.left;
            if (line.kind != DiffLine::Kind::Left)
                foundRight += line.right;
        }
        ASSERT_EQ(foundLeft, left);
        ASSERT_EQ(foundRight, right);
    }
}

TEST(DiffLines, HugeAndDifferentTextsAreNotComparedForever)
{
    QStringList left;
    QStringList right;
    for (int i = 0; i < 50'000; ++i) {
        left += QString::number(i);
        right += QString::number(-i - 1);
    }
    const auto lines = diffLines(left.join(QLatin1Char('\n')), right.join(QLatin1Char('\n')));
    EXPECT_EQ(lines.size(), 50'000u);
    EXPECT_EQ(lines.front().kind, DiffLine::Kind::Changed);
}

TEST(Comparison, SaysWhatDiffersAndByHowMuch)
{
    EventDetail left = answerOf("Hi", "Hello");
    EventDetail right = answerOf("Hi", "Good day");
    left.latency = 2;
    right.latency = 3;
    left.cost = Money{2'000'000'000};
    right.cost = Money{1'000'000'000};
    right.outputTokens = 7;
    const Comparison comparison = compareEvents(left, right, QLocale::c());
    std::string facts;
    for (const Comparison::Fact &fact : comparison.facts)
        if (fact.differs)
            facts += (fact.name + QLatin1Char('|') + fact.left + QLatin1Char('|') + fact.right +
                      QLatin1Char('|') + fact.difference + QLatin1Char('\n'))
                         .toStdString();
    EXPECT_EQ(facts, "Latency|2.00 s|3.00 s|+50.0 %\nOutput tokens||7|\nCost|$0.002|$0.001|-$0.001\n");
    ASSERT_EQ(comparison.texts.size(), 2u);
    EXPECT_EQ(comparison.texts[1].lines[0],
              (DiffLine{DiffLine::Kind::Changed, QStringLiteral("Hello"), QStringLiteral("Good day")}));
}

TEST(Comparison, OfTracesShowsTheStepsThatOnlyOneTook)
{
    TraceDetail left;
    TraceEvent step;
    step.kind = EventKind::Span;
    step.name = std::string("plan");
    left.events.push_back(step);
    TraceDetail right = left;
    step.parent = 0;
    step.name = std::string("search");
    right.events.push_back(step);
    const Comparison comparison = compareTraces(left, right, QLocale::c());
    ASSERT_EQ(comparison.texts.size(), 1u);
    EXPECT_EQ(comparison.texts[0].lines.back(),
              (DiffLine{DiffLine::Kind::Right, {}, QStringLiteral("  Span  search")}));
}

TEST(DiffModel, FoldsWhatIsTheSame)
{
    QStringList same;
    for (int i = 0; i < 20; ++i)
        same += QString::number(i);
    const QString text = same.join(QLatin1Char('\n'));
    DiffModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setTexts(
        {{QStringLiteral("Input"), diffLines(text + QStringLiteral("\nold"), text + QStringLiteral("\nnew"))},
         {QStringLiteral("Output"), {}}});
    EXPECT_EQ(printed(model),
              "Input | Input\n18 line(s) that are the same | 18 line(s) that are the same\n18 | 18\n"
              "19 | 19\nold | new\nOutput: none | Output: none\n");
    EXPECT_EQ(model.differences(), 1);
    EXPECT_EQ(model.nextDifference(0, 1), 4);
    EXPECT_EQ(model.nextDifference(4, 1), -1);
    EXPECT_EQ(model.nextDifference(5, -1), 4);
    model.setFolded(false);
    EXPECT_EQ(model.rowCount(), 23);
}
