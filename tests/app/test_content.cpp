// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What strangers wrote, on the screen: readable, and never more than text.
#include "app/tables/conversationview.h"
#include "app/tables/detailpane.h"
#include "app/tables/eventpane.h"
#include "app/tables/imagethumb.h"
#include "app/tables/messagecard.h"
#include "app/tables/textblock.h"
#include "tablefixture.h"

#include <QBuffer>
#include <QCheckBox>
#include <QElapsedTimer>
#include <QImage>
#include <QLabel>
#include <QPushButton>
#include <QTextBlock>
#include <QTextDocument>

using namespace genscope;
using namespace genscope::test;

namespace {

QByteArray pngBase64(const QSize &size, const char *format = "PNG")
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::red);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format);
    return bytes.toBase64();
}

bool hasPictures(const QTextDocument &document)
{
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next())
        for (auto it = block.begin(); !it.atEnd(); ++it)
            if (it.fragment().charFormat().isImageFormat())
                return true;
    return false;
}

using ContentTest = TableFixture;

} // namespace

TEST(MarkdownText, HasHeadingsListsAndTablesButNoMarkupOfItsOwn)
{
    TextBlock block;
    block.resize(400, 100);
    block.setMarkdownText(QStringLiteral("# Title\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
                                         "<script>alert(1)</script> <b>bold</b>"));
    const QString text = block.toPlainText();
    EXPECT_TRUE(text.startsWith(QStringLiteral("Title\none\ntwo\n"))) << text.toStdString();
    EXPECT_TRUE(text.contains(QStringLiteral("<script>alert(1)</script> <b>bold</b>"))) << text.toStdString();
    block.setText(QStringLiteral("# Title"));
    EXPECT_EQ(block.toPlainText(), QStringLiteral("# Title"));
}

TEST(MarkdownText, NamesPicturesAndLoadsNone)
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("secret.png"));
    QImage(8, 8, QImage::Format_RGB32).save(file);
    TextBlock block;
    block.resize(400, 100);
    block.show();
    block.setMarkdownText(QStringLiteral("![a](https://tracker.example/x.png) ![b](%1) ![c](file://%1) "
                                         "![d](data:image/png;base64,AAAA)")
                              .arg(file));
    EXPECT_FALSE(hasPictures(*block.document()));
    EXPECT_TRUE(
        block.toPlainText().contains(QStringLiteral("[picture, not loaded: https://tracker.example/x.png]")))
        << block.toPlainText().toStdString();
    EXPECT_TRUE(block.toPlainText().contains(QStringLiteral("[picture, not loaded: ") + file));
}

TEST_F(ContentTest, WhatTheFilterLooksForIsMarkedAndUnfolded)
{
    const QByteArray far(30'000, 'x');
    importLines(
        generationLine(1, "t1",
                       R"(,"$ai_input":[{"role":"system","content":"REFUND rules"},)"
                       R"({"role":"user","content":"hello"}],"$ai_output_choices":[{"role":"assistant",)"
                       R"("content":")" +
                           far + R"( one refund, another Refund"}])"));
    m_workspace.setFilter(*Filter::parse("input contains \"refund\" and output contains \"refund\""));
    settle();
    DetailPane pane(&m_workspace);
    showEvent(pane, 0);
    std::vector<int> marks;
    for (const MessageCard *card : pane.eventPane()->conversation()->cards()) {
        for (const TextBlock *block : card->findChildren<TextBlock *>())
            marks.push_back(static_cast<int>(block->extraSelections().size()));
    }
    EXPECT_EQ(marks, (std::vector<int>{1, 0, 2})) << "the first message is open for the sake of its hit";
}

TEST(MarkdownText, LinksLeadToTheWebOnly)
{
    EXPECT_TRUE(isSafeLink(QUrl(QStringLiteral("https://example.com/a?b"))));
    EXPECT_TRUE(isSafeLink(QUrl(QStringLiteral("http://127.0.0.1:8000/"))));
    for (const char *bad :
         {"file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "smb://host/share", "ssh://host",
          "relative/path", "/etc/passwd", "https:", "about:blank", "qrc:/x"})
        EXPECT_FALSE(isSafeLink(QUrl(QString::fromLatin1(bad)))) << bad;
}

TEST(MarkdownText, TabGoesFromLinkToLink)
{
    QWidget window;
    auto *block = new TextBlock(&window);
    block->resize(400, 100);
    block->setMarkdownText(QStringLiteral("see [one](https://a.example) and [two](https://b.example)"));
    window.show();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&window));
    block->setFocus();
    QTest::keyClick(block, Qt::Key_Tab);
    EXPECT_EQ(block->textCursor().selectedText(), QStringLiteral("one"));
    QTest::keyClick(block, Qt::Key_Tab);
    EXPECT_EQ(block->textCursor().selectedText(), QStringLiteral("two"));
    QTest::keyClick(block, Qt::Key_Backtab);
    EXPECT_EQ(block->textCursor().selectedText(), QStringLiteral("one"));
}

TEST(MarkdownText, NestingDoesNotFreezeIt)
{
    TextBlock block;
    block.resize(400, 100);
    QElapsedTimer timer;
    timer.start();
    for (const QString &unit : {QStringLiteral(">"), QStringLiteral("- "), QStringLiteral("["),
                                QStringLiteral("*a_"), QStringLiteral("`"), QStringLiteral("![")})
        block.setMarkdownText(unit.repeated(4'000 / unit.size()) + QLatin1Char('x'));
    std::printf("hostile nesting: %lld ms\n", static_cast<long long>(timer.elapsed()));
    EXPECT_LT(timer.elapsed(), 5'000);
}

TEST(Thumbnails, AreSmallAndOnlyOfKnownFormats)
{
    EXPECT_EQ(decodeThumbnail(pngBase64({1'000, 500}), {320, 200}).size(), QSize(320, 160));
    EXPECT_EQ(decodeThumbnail(pngBase64({10, 5}), {320, 200}).size(), QSize(10, 5)) << "never larger";
    EXPECT_FALSE(decodeThumbnail(pngBase64({64, 64}, "JPG"), {320, 200}).isNull());
    EXPECT_TRUE(decodeThumbnail(pngBase64({64, 64}, "BMP"), {320, 200}).isNull());
    EXPECT_TRUE(
        decodeThumbnail(QByteArray("<svg xmlns='http://www.w3.org/2000/svg'/>").toBase64(), {9, 9}).isNull());
    EXPECT_TRUE(decodeThumbnail("not base64 at all", {9, 9}).isNull());
    QByteArray cut = QByteArray::fromBase64(pngBase64({64, 64})).left(30);
    EXPECT_TRUE(decodeThumbnail(cut.toBase64(), {9, 9}).isNull());
}

TEST(Thumbnails, ImagesOfHugeSizeAreNotDecoded)
{
    // A PNG header that claims 100,000 x 100,000 pixels.
    QByteArray bytes = QByteArray::fromBase64(pngBase64({1, 1}));
    for (const int at : {16, 20})
        bytes.replace(at, 4, QByteArray::fromHex("000186a0"));
    EXPECT_TRUE(decodeThumbnail(bytes.toBase64(), {320, 200}).isNull());
}

TEST_F(ContentTest, AnImageThatCameAlongIsDrawnARemoteOneIsNamed)
{
    importLines(generationLine(
        1, "t1",
        R"(,"$ai_input":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,)" +
            pngBase64({40, 20}) +
            R"("}},{"type":"image_url","image_url":{"url":"https://tracker.example/x.png"}}]}])"));
    DetailPane pane(&m_workspace);
    showEvent(pane, 0);
    const auto thumbs = pane.findChildren<ImageThumb *>();
    ASSERT_EQ(thumbs.size(), 1);
    EXPECT_TRUE(QTest::qWaitFor([&] { return !thumbs[0]->pixmap(Qt::ReturnByValue).isNull(); }));
    EXPECT_EQ(thumbs[0]->pixmap(Qt::ReturnByValue).size(), QSize(40, 20));
    bool named = false;
    for (const TextBlock *block : pane.findChildren<TextBlock *>())
        named = named || block->toPlainText().contains(QStringLiteral("https://tracker.example/x.png"));
    EXPECT_TRUE(named);
}

TEST_F(ContentTest, WhatTheCallBeforeHadIsFoldedAndTheRestIsNew)
{
    importLines(
        generationLine(1, "t1",
                       R"(,"$ai_input":[{"role":"system","content":"S"},{"role":"user","content":"one"}],)"
                       R"("$ai_output_choices":[{"role":"assistant","content":"1"}])") +
        generationLine(2, "t1",
                       R"(,"$ai_input":[{"role":"system","content":"S"},{"role":"user","content":"one"},)"
                       R"({"role":"assistant","content":"1"},{"role":"user","content":"two"}],)"
                       R"("$ai_output_choices":[{"role":"assistant","content":"2"}])"));
    DetailPane pane(&m_workspace);
    showEvent(pane, 1);
    EXPECT_EQ(pane.eventPane()->event()->sharedMessages, 3u);
    ConversationView *view = pane.eventPane()->conversation();
    EXPECT_EQ(view->cards().size(), 2u);
    auto *earlier = view->findChild<QPushButton *>(QStringLiteral("earlierMessages"));
    ASSERT_NE(earlier, nullptr);
    EXPECT_TRUE(earlier->text().contains(QStringLiteral("that the call before had too")))
        << earlier->text().toStdString();
    bool marked = false;
    for (const QLabel *label : view->cards().front()->findChildren<QLabel *>())
        marked = marked || label->text().startsWith(QStringLiteral("new"));
    EXPECT_TRUE(marked);
    earlier->click();
    EXPECT_EQ(view->cards().size(), 5u);
}

TEST_F(ContentTest, MarkdownCanBeTurnedOff)
{
    importLines(
        generationLine(1, "t1", R"(,"$ai_output_choices":[{"role":"assistant","content":"# Yes\n*sure*"}])"));
    DetailPane pane(&m_workspace);
    showEvent(pane, 0);
    ConversationView *view = pane.eventPane()->conversation();
    const auto *block = view->cards().front()->findChild<TextBlock *>();
    ASSERT_NE(block, nullptr);
    EXPECT_EQ(block->toPlainText(), QStringLiteral("Yes\nsure"));
    view->findChild<QCheckBox *>()->setChecked(false);
    EXPECT_EQ(block->toPlainText(), QStringLiteral("# Yes\n*sure*"));
    showEvent(pane, 0);
    EXPECT_FALSE(view->findChild<QCheckBox *>()->isChecked()) << "as it was left";
}

TEST_F(ContentTest, AToolsResultNamesItsCall)
{
    importLines(generationLine(
        1, "t1",
        R"(,"$ai_input":[{"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"find","arguments":"{}"}}]},)"
        R"({"role":"tool","tool_call_id":"c1","content":"nothing"}])"));
    DetailPane pane(&m_workspace);
    showEvent(pane, 0);
    const auto cards = pane.eventPane()->conversation()->cards();
    ASSERT_EQ(cards.size(), 2u);
    EXPECT_TRUE(cards[0]->plainText().contains(QStringLiteral("Tool call 1: find")));
    EXPECT_TRUE(cards[1]->plainText().contains(QStringLiteral("Result of call 1: find")));
}
