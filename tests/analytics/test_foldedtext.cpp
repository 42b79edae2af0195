// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/foldedtext.h"
#include "analytics/textpattern.h"

#include <QString>

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace genscope {
namespace {

bool contains(std::string_view text, std::string_view needle)
{
    return FoldedSearch(needle).isIn(text);
}

TEST(FoldedText, CaseDoesNotCountInAnyScript)
{
    EXPECT_TRUE(contains("Please REFUND me", "refund"));
    EXPECT_TRUE(contains("Обзор ПРИВЕТ мир", "привет"));
    EXPECT_TRUE(contains("ΣΊΣΥΦΟΣ", "σίσυφος")) << "both forms of the small sigma are one";
    EXPECT_TRUE(contains("CAFÉ", "café"));
}

TEST(FoldedText, AccentsCountHoweverTheyWereCaptured)
{
    EXPECT_FALSE(contains("café", "cafe"));
    EXPECT_FALSE(contains("cafe", "café"));
    EXPECT_TRUE(contains("cafe\u0301", "CAFÉ")) << "decomposed, as macOS writes names of files";
    EXPECT_TRUE(contains("café", "cafe\u0301"));
    EXPECT_FALSE(contains("Straße", "strasse")) << "simple folding: no letter becomes two";
    EXPECT_TRUE(contains("STRAẞE", "straße"));
}

TEST(FoldedText, FindsPartsOfTextsWithoutSpaces)
{
    EXPECT_TRUE(contains("请把下面的日志按照错误类型分类", "日志"));
    EXPECT_TRUE(contains("ログを分類してください", "分類"));
    EXPECT_TRUE(contains("هذه رسالة خطأ من الخادم", "خطأ"));
    EXPECT_TRUE(contains("각 오류", "각")) << "jamo are composed";
    EXPECT_FALSE(contains("请把下面的日志", "日记"));
    EXPECT_TRUE(contains("anything", ""));
}

TEST(FoldedText, ComposedAndDecomposedTextsFoldAlike)
{
    // Everything but the long forms of letters that fully fold to several.
    for (char32_t c = 0xC0; c <= 0xFFFF; ++c) {
        if (QChar::isSurrogate(c) || QChar::decompositionTag(c) != QChar::Canonical)
            continue;
        const QString text = QString::fromUcs4(&c, 1);
        const std::string apart = text.normalized(QString::NormalizationForm_D).toStdString();
        ASSERT_EQ(foldedText(apart), foldedText(text.toStdString()))
            << "U+" << std::hex << static_cast<unsigned>(c);
    }
}

TEST(FoldedText, BytesThatAreNoCharactersHarmNothing)
{
    EXPECT_EQ(foldedText("a\xFF"
                         "B"),
              "a\uFFFDb");
    EXPECT_EQ(foldedText("\xE6\x97"), "\uFFFD\uFFFD");
    EXPECT_TRUE(contains("a\xFFRefund", "refund"));
}

TEST(TextHint, APatternAsksForTheTextsThatItNeeds)
{
    const auto mayMatch = [](const char *pattern, std::string_view text) {
        const auto compiled = TextPattern::compile(pattern);
        EXPECT_TRUE(compiled.ok());
        return compiled->hint()->mayMatch(
            [text](std::string_view fragment) { return text.find(fragment) != std::string_view::npos; });
    };
    EXPECT_TRUE(mayMatch("invoice.*total", "the invoice has a total"));
    EXPECT_FALSE(mayMatch("invoice.*total", "the invoice has a sum"));
    EXPECT_TRUE(mayMatch("(refund|credit) note", "credit note"));
    EXPECT_FALSE(mayMatch("(refund|credit) note", "debit advice"));
    EXPECT_TRUE(mayMatch("[0-9]+", "no digits")) << "nothing to ask for";
    EXPECT_TRUE(mayMatch("Zürich", "Bern")) << "not asked for: RE2 folds by tables of its own";
    EXPECT_FALSE(mayMatch("Invoice", "the bill")) << "texts are folded";
    EXPECT_TRUE(mayMatch("Invoice", "the invoice"));
}

} // namespace
} // namespace genscope
