// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/localserver.h"
#include "sync/openrouterclient.h"

#include <QTimer>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace genscope;
using testing::HasSubstr;

namespace {

constexpr auto kModels =
    R"({"data": [{"id": "acme/m", "pricing": {"prompt": "0.000001", "completion": "0.000002"}}]})";

class OpenRouter : public testing::Test
{
protected:
    OpenRouterClient client(OpenRouterClient::Options options = {}) const
    {
        options.address = m_server.address();
        return OpenRouterClient(std::move(options));
    }
    static std::string problem(const Result<OpenRouterPrices> &prices, Error::Kind kind)
    {
        if (prices)
            return "no error";
        EXPECT_EQ(prices.error().kind, kind);
        return prices.error().message.toStdString();
    }

    LocalServer m_server;
};

TEST_F(OpenRouter, GivesListPricesAndTheProvidersThatAreAskedFor)
{
    m_server.put("/api/v1/models", kModels);
    m_server.put("/api/v1/models/acme/m/endpoints",
                 R"({"data": {"id": "acme/m", "endpoints": [{"provider_name": "Azure",
                     "pricing": {"prompt": "0.000003", "completion": "0.000004"}}]}})");
    OpenRouterClient::Options options;
    std::vector<int> told;
    options.onProgress = [&told](int done, int) { told.push_back(done); };
    const auto prices = client(options).fetchPrices({QStringLiteral("acme/m")}, {});
    ASSERT_TRUE(prices) << prices.error().message.toStdString();
    ASSERT_EQ(prices->rows.size(), 4U);
    EXPECT_EQ(prices->rows[0].provider, "");
    EXPECT_EQ(prices->rows[2].provider, "azure");
    EXPECT_EQ(told, (std::vector<int>{0, 1}));
    for (const QByteArray &request : m_server.requests) {
        EXPECT_FALSE(request.toLower().contains("cookie"));
        EXPECT_FALSE(request.toLower().contains("authorization"));
    }
}

TEST_F(OpenRouter, SaysWhatTheServerAnswers)
{
    EXPECT_THAT(problem(client().fetchPrices({}, {}), Error::Kind::Network),
                HasSubstr("the server answers 404"));
    m_server.put("/api/v1/models", "<html>");
    EXPECT_THAT(problem(client().fetchPrices({}, {}), Error::Kind::Parse), HasSubstr("not valid JSON"));
    m_server.close();
    EXPECT_THAT(problem(client().fetchPrices({}, {}), Error::Kind::Network), HasSubstr("/api/v1/models: "));
}

TEST_F(OpenRouter, FollowsNoRedirectToAnotherHost)
{
    LocalServer other;
    other.put("/api/v1/models", kModels);
    m_server.putRaw("/api/v1/models",
                    "HTTP/1.1 302 Found\r\nLocation: " + other.address().toEncoded() + "/api/v1/models\r\n");
    EXPECT_FALSE(client().fetchPrices({}, {}));
    EXPECT_TRUE(other.requests.isEmpty());
}

TEST_F(OpenRouter, BoundsSizeAndTime)
{
    m_server.put("/api/v1/models", QByteArray(100'000, ' ') + kModels);
    OpenRouterClient::Options options;
    options.maxBytes = 1000;
    EXPECT_THAT(problem(client(options).fetchPrices({}, {}), Error::Kind::Network), HasSubstr("too large"));
    m_server.hang("/api/v1/models");
    options.timeout = std::chrono::milliseconds(100);
    EXPECT_THAT(problem(client(options).fetchPrices({}, {}), Error::Kind::Network),
                HasSubstr("no whole answer in time"));
}

TEST_F(OpenRouter, CanBeStopped)
{
    m_server.hang("/api/v1/models");
    const StopToken stop;
    QTimer::singleShot(100, &m_server, [stop] { stop.requestStop(); });
    problem(client().fetchPrices({}, stop), Error::Kind::Cancelled);
}

TEST(OpenRouterAddress, IsHttpsOrHere)
{
    for (const char *address :
         {"http://openrouter.ai", "ftp://openrouter.ai", "https://user@openrouter.ai", "file:///x"}) {
        OpenRouterClient::Options options;
        options.address = QUrl(QString::fromLatin1(address));
        const auto prices = OpenRouterClient(options).fetchPrices({}, {});
        ASSERT_FALSE(prices);
        EXPECT_EQ(prices.error().kind, Error::Kind::Usage) << address;
    }
}

} // namespace
