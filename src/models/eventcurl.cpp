// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/eventcopy.h"

#include <QCoreApplication>
#include <QUrl>

#include <array>
#include <string_view>

namespace genscope {

namespace {

constexpr PrettyLimits kWhole{1u << 31, 1u << 31};

struct Endpoint
{
    std::string_view provider;
    std::string_view base;
    std::string_view key; ///< the usual name of the variable that holds it
};
constexpr Endpoint kOpenAi{"openai", "https://api.openai.com/v1", "OPENAI_API_KEY"};
constexpr std::array<Endpoint, 9> kEndpoints{
    {{"anthropic", "https://api.anthropic.com/v1", "ANTHROPIC_API_KEY"},
     {"mistral", "https://api.mistral.ai/v1", "MISTRAL_API_KEY"},
     {"deepseek", "https://api.deepseek.com/v1", "DEEPSEEK_API_KEY"},
     {"groq", "https://api.groq.com/openai/v1", "GROQ_API_KEY"},
     {"openrouter", "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY"},
     {"together", "https://api.together.xyz/v1", "TOGETHER_API_KEY"},
     {"xai", "https://api.x.ai/v1", "XAI_API_KEY"},
     {"gemini", "https://generativelanguage.googleapis.com/v1beta/openai", "GEMINI_API_KEY"},
     {"google", "https://generativelanguage.googleapis.com/v1beta/openai", "GEMINI_API_KEY"}}};

Endpoint endpointOf(const std::string &provider)
{
    const QString name = QString::fromStdString(provider).toLower();
    for (const Endpoint &known : kEndpoints)
        if (name.startsWith(QLatin1String(known.provider.data(), static_cast<int>(known.provider.size()))))
            return known;
    return kOpenAi;
}

/// Without what may hold a key: user, password, query. Empty if it is no web address.
QString safeUrl(const JsonValue &value)
{
    if (!value.isString())
        return {};
    QUrl url(value.text(), QUrl::StrictMode);
    if (!url.isValid() || (url.scheme() != QLatin1String("https") && url.scheme() != QLatin1String("http")) ||
        url.host().isEmpty())
        return {};
    return url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment |
                        QUrl::StripTrailingSlash | QUrl::FullyEncoded);
}

/// What SDKs put among the parameters beside those of the request, and what the request says itself.
bool isParameter(const QString &name)
{
    static const QStringList kOthers{
        QStringLiteral("model"),         QStringLiteral("messages"),   QStringLiteral("input"),
        QStringLiteral("tools"),         QStringLiteral("system"),     QStringLiteral("headers"),
        QStringLiteral("extra_headers"), QStringLiteral("extra_body"), QStringLiteral("service_tier_served")};
    if (kOthers.contains(name, Qt::CaseInsensitive))
        return false;
    for (const char *secret : {"key", "auth", "secret", "password", "cookie"})
        if (name.contains(QLatin1String(secret), Qt::CaseInsensitive))
            return false;
    return !name.contains(QLatin1String("token"), Qt::CaseInsensitive) ||
           name.startsWith(QLatin1String("max"), Qt::CaseInsensitive);
}

/// Puts a request's body together from the captured bytes.
class Body
{
public:
    void add(std::string_view quotedKey, std::string_view json)
    {
        m_text += m_text.empty() ? "{" : ",";
        m_text.append(quotedKey).append(":").append(json);
    }
    QString text() const
    {
        const auto tree = JsonTree::parse(m_text + "}");
        return tree ? prettyJson((*tree)->root(), kWhole).text : QString();
    }

private:
    std::string m_text;
};

/// `messages` of chats: a list as captured, a mere text as what the user said.
std::string messagesOf(const JsonValue &input)
{
    if (input.isArray())
        return std::string(input.raw());
    std::string messages = "[";
    if (input.isObject())
        messages += input.raw();
    else
        messages.append(R"({"role":"user","content":)").append(input.raw()).append("}");
    return messages + "]";
}

bool isSystem(const JsonValue &message)
{
    return message["role"].equals("system") || message["role"].equals("developer");
}

/// Anthropic takes the system prompt beside the messages.
void addAnthropicMessages(const JsonValue &input, Body &body)
{
    if (!input.isArray())
        return body.add(R"("messages")", messagesOf(input));
    std::string rest = "[";
    JsonValue system;
    for (int i = 0; i < input.size(); ++i) {
        const JsonValue message = input.at(i);
        if (isSystem(message)) {
            system = message["content"];
            continue;
        }
        rest += rest.size() > 1 ? "," : "";
        rest += message.raw();
    }
    if (system.exists())
        body.add(R"("system")", system.raw());
    body.add(R"("messages")", rest + "]");
}

/// For a shell: nothing inside single quotes means anything but a single quote.
QString quoted(QString text)
{
    return QLatin1Char('\'') + text.replace(QLatin1Char('\''), QStringLiteral("'\\''")) + QLatin1Char('\'');
}

/// Items without a role are OpenAI's Responses.
bool isResponses(const JsonValue &input, const QString &url)
{
    if (url.endsWith(QLatin1String("/responses")))
        return true;
    for (int i = 0; input.isArray() && i < input.size(); ++i)
        if (input.at(i).isObject() && !input.at(i)["role"].exists() && input.at(i)["type"].exists())
            return true;
    return false;
}

} // namespace

Result<QString> eventAsCurl(const EventDetail &event)
{
    const JsonValue &properties = event.properties;
    JsonValue input = properties["$ai_input"];
    std::shared_ptr<const JsonTree> inner; // the list may have come as a JSON text
    if (input.isString()) {
        const auto parsed = JsonTree::parse(input.text().toStdString());
        if (parsed && (*parsed)->root().isArray()) {
            inner = *parsed;
            input = inner->root();
        }
    }
    const bool embeds = event.kind == EventKind::Embedding;
    if ((!embeds && event.kind != EventKind::Generation) || !input.hasContent())
        return makeError(Error::Kind::Usage, QCoreApplication::translate(
                                                 "EventCopy", "There is no call with an input to repeat."));
    const Endpoint endpoint = endpointOf(event.provider);
    const bool anthropic = endpoint.provider == "anthropic";
    QString url = safeUrl(properties["$ai_request_url"]);
    const bool responses = !anthropic && !embeds && isResponses(input, url);
    if (url.isEmpty()) {
        url = safeUrl(properties["$ai_base_url"]);
        if (url.isEmpty())
            url = QString::fromLatin1(endpoint.base.data(), static_cast<qsizetype>(endpoint.base.size()));
        url += QLatin1String(embeds      ? "/embeddings"
                             : anthropic ? "/messages"
                             : responses ? "/responses"
                                         : "/chat/completions");
    }
    Body body;
    if (properties["$ai_model"].exists())
        body.add(R"("model")", properties["$ai_model"].raw());
    const JsonValue parameters = properties["$ai_model_parameters"];
    bool limited = false;
    for (int i = 0; parameters.isObject() && i < parameters.size(); ++i) {
        const JsonValue value = parameters.at(i);
        if (!isParameter(value.key()) || value.isNull())
            continue;
        limited |= value.key() == QLatin1String("max_tokens");
        body.add(value.rawKey(), value.raw());
    }
    if (anthropic) {
        if (!limited)
            body.add(R"("max_tokens")", "1024"); // it must be there
        addAnthropicMessages(input, body);
    } else if (embeds || responses) {
        body.add(R"("input")", input.raw());
    } else {
        body.add(R"("messages")", messagesOf(input));
    }
    if (properties["$ai_tools"].isArray() && properties["$ai_tools"].size() > 0)
        body.add(R"("tools")", properties["$ai_tools"].raw());
    const QString key = QString::fromLatin1(endpoint.key.data(), static_cast<qsizetype>(endpoint.key.size()));
    const QString header =
        anthropic
            ? QStringLiteral("  -H \"x-api-key: $%1\" \\\n  -H 'anthropic-version: 2023-06-01' \\\n").arg(key)
            : QStringLiteral("  -H \"Authorization: Bearer $%1\" \\\n").arg(key);
    return QStringLiteral("curl ") + quoted(url) +
           QStringLiteral(" \\\n  -H 'Content-Type: application/json' \\\n") + header +
           QStringLiteral("  -d ") + quoted(body.text()) + QLatin1Char('\n');
}

} // namespace genscope
