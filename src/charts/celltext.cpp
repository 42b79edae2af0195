// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/celltext.h"

#include "analytics/csv.h"
#include "core/format.h"

#include <QCoreApplication>

#include <cmath>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::Charts)
};

template<typename... Ts>
struct Overloaded : Ts...
{
    using Ts::operator()...;
};
template<typename... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

/// Control characters and direction overrides would garble a label; Unicode has pictures for the first.
QString printable(QString text)
{
    for (QChar &c : text) {
        const char16_t code = c.unicode();
        if (code < 0x20)
            c = QChar(0x2400 + code);
        else if (code == 0x7f)
            c = QChar(0x2421);
        else if ((code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069))
            c = QChar(QChar::ReplacementCharacter);
    }
    return text;
}

QString measureWords(const std::string &name)
{
    static const std::pair<const char *, const char *> kNames[] = {
        {"generations", QT_TRANSLATE_NOOP("genscope::Charts", "Generations")},
        {"embeddings", QT_TRANSLATE_NOOP("genscope::Charts", "Embeddings")},
        {"spans", QT_TRANSLATE_NOOP("genscope::Charts", "Spans")},
        {"traces", QT_TRANSLATE_NOOP("genscope::Charts", "Traces")},
        {"sessions", QT_TRANSLATE_NOOP("genscope::Charts", "Sessions")},
        {"users", QT_TRANSLATE_NOOP("genscope::Charts", "Users")},
        {"customers", QT_TRANSLATE_NOOP("genscope::Charts", "Customers")},
        {"errors", QT_TRANSLATE_NOOP("genscope::Charts", "Errors")},
        {"error_rate", QT_TRANSLATE_NOOP("genscope::Charts", "Error rate")},
        {"cost", QT_TRANSLATE_NOOP("genscope::Charts", "Cost")},
        {"cost_input", QT_TRANSLATE_NOOP("genscope::Charts", "Input cost")},
        {"cost_output", QT_TRANSLATE_NOOP("genscope::Charts", "Output cost")},
        {"cost_cache_read", QT_TRANSLATE_NOOP("genscope::Charts", "Cache read cost")},
        {"cost_cache_write", QT_TRANSLATE_NOOP("genscope::Charts", "Cache write cost")},
        {"cost_request", QT_TRANSLATE_NOOP("genscope::Charts", "Request cost")},
        {"cost_web_search", QT_TRANSLATE_NOOP("genscope::Charts", "Web search cost")},
        {"cost_per_generation", QT_TRANSLATE_NOOP("genscope::Charts", "Cost per generation")},
        {"cost_per_trace", QT_TRANSLATE_NOOP("genscope::Charts", "Cost per trace")},
        {"cost_per_user", QT_TRANSLATE_NOOP("genscope::Charts", "Cost per user")},
        {"cost_per_1k_tokens", QT_TRANSLATE_NOOP("genscope::Charts", "Cost per 1k tokens")},
        {"input_tokens", QT_TRANSLATE_NOOP("genscope::Charts", "Input tokens")},
        {"output_tokens", QT_TRANSLATE_NOOP("genscope::Charts", "Output tokens")},
        {"cache_read_tokens", QT_TRANSLATE_NOOP("genscope::Charts", "Cache read tokens")},
        {"cache_write_tokens", QT_TRANSLATE_NOOP("genscope::Charts", "Cache write tokens")},
        {"reasoning_tokens", QT_TRANSLATE_NOOP("genscope::Charts", "Reasoning tokens")},
        {"total_tokens", QT_TRANSLATE_NOOP("genscope::Charts", "Total tokens")},
        {"cache_hit_rate", QT_TRANSLATE_NOOP("genscope::Charts", "Cache hit rate")},
        {"latency_avg", QT_TRANSLATE_NOOP("genscope::Charts", "Average latency")},
        {"latency_p50", QT_TRANSLATE_NOOP("genscope::Charts", "p50 latency")},
        {"latency_p90", QT_TRANSLATE_NOOP("genscope::Charts", "p90 latency")},
        {"latency_p95", QT_TRANSLATE_NOOP("genscope::Charts", "p95 latency")},
        {"latency_p99", QT_TRANSLATE_NOOP("genscope::Charts", "p99 latency")},
        {"latency_max", QT_TRANSLATE_NOOP("genscope::Charts", "Longest latency")},
        {"ttft_avg", QT_TRANSLATE_NOOP("genscope::Charts", "Average time to first token")},
        {"ttft_p50", QT_TRANSLATE_NOOP("genscope::Charts", "p50 time to first token")},
        {"ttft_p90", QT_TRANSLATE_NOOP("genscope::Charts", "p90 time to first token")},
        {"ttft_p95", QT_TRANSLATE_NOOP("genscope::Charts", "p95 time to first token")},
        {"ttft_p99", QT_TRANSLATE_NOOP("genscope::Charts", "p99 time to first token")},
        {"tokens_per_second", QT_TRANSLATE_NOOP("genscope::Charts", "Tokens per second")},
        {"tokens_per_second_p5", QT_TRANSLATE_NOOP("genscope::Charts", "p5 speed of calls")},
        {"tokens_per_second_p50", QT_TRANSLATE_NOOP("genscope::Charts", "p50 speed of calls")},
        {"tokens_per_second_p90", QT_TRANSLATE_NOOP("genscope::Charts", "p90 speed of calls")},
        {"tokens_per_second_p95", QT_TRANSLATE_NOOP("genscope::Charts", "p95 speed of calls")},
        {"tokens_per_second_p99", QT_TRANSLATE_NOOP("genscope::Charts", "p99 speed of calls")},
        {"timestamp", QT_TRANSLATE_NOOP("genscope::Charts", "Time")},
        {"latency", QT_TRANSLATE_NOOP("genscope::Charts", "Latency")},
        {"ttft", QT_TRANSLATE_NOOP("genscope::Charts", "Time to first token")},
        {"unpriced", QT_TRANSLATE_NOOP("genscope::Charts", "Unpriced")},
        {"model", QT_TRANSLATE_NOOP("genscope::Charts", "Model")},
        {"provider", QT_TRANSLATE_NOOP("genscope::Charts", "Provider")},
        {"user", QT_TRANSLATE_NOOP("genscope::Charts", "User")},
        {"customer", QT_TRANSLATE_NOOP("genscope::Charts", "Customer")},
        {"trace", QT_TRANSLATE_NOOP("genscope::Charts", "Trace")},
        {"session", QT_TRANSLATE_NOOP("genscope::Charts", "Session")},
        {"span_name", QT_TRANSLATE_NOOP("genscope::Charts", "Span name")},
        {"http_status", QT_TRANSLATE_NOOP("genscope::Charts", "HTTP status")},
        {"error", QT_TRANSLATE_NOOP("genscope::Charts", "Error")},
        {"is_error", QT_TRANSLATE_NOOP("genscope::Charts", "Is error")},
        {"stream", QT_TRANSLATE_NOOP("genscope::Charts", "Streamed")},
        {"kind", QT_TRANSLATE_NOOP("genscope::Charts", "Kind")},
        {"lib", QT_TRANSLATE_NOOP("genscope::Charts", "Library")},
        {"tool", QT_TRANSLATE_NOOP("genscope::Charts", "Tool")},
        {"hour_of_day", QT_TRANSLATE_NOOP("genscope::Charts", "Hour of day")},
        {"day_of_week", QT_TRANSLATE_NOOP("genscope::Charts", "Day of week")},
        {"bucket", QT_TRANSLATE_NOOP("genscope::Charts", "Time")},
    };
    for (const auto &[key, words] : kNames) {
        if (name == key)
            return Text::tr(words);
    }
    return {};
}

/// One unit for a whole axis, chosen by its largest value.
QString compactSeconds(double seconds, double largest, const QLocale &locale)
{
    struct Scale
    {
        double from;
        double seconds;
        const char *unit;
    };
    static constexpr Scale kScales[] = {{3 * 86'400.0, 86'400, " d"},
                                        {2 * 3600.0, 3600, " h"},
                                        {120, 60, " min"},
                                        {1, 1, " s"},
                                        {0, 1e-3, " ms"}};
    for (const Scale &scale : kScales) {
        if (largest >= scale.from)
            return formatCompact(seconds / scale.seconds, locale) + QLatin1String(scale.unit);
    }
    return {};
}

} // namespace

bool isMissing(const Cell &cell)
{
    return std::holds_alternative<std::monostate>(cell);
}

std::string cellKey(const Cell &cell)
{
    return std::visit(Overloaded{[](std::monostate) { return std::string(); },
                                 [](bool value) { return std::string(value ? "true" : "false"); },
                                 [](std::int64_t value) { return std::to_string(value); },
                                 [](double value) { return exactNumber(value, Unit::None); },
                                 [](const Money &value) { return value.toString(); },
                                 [](const std::string &value) { return value; },
                                 [](const Timestamp &value) { return std::to_string(value.us); }},
                      cell);
}

std::optional<double> cellNumber(const Cell &cell)
{
    if (const auto *count = std::get_if<std::int64_t>(&cell))
        return static_cast<double>(*count);
    if (const auto *number = std::get_if<double>(&cell); number && std::isfinite(*number))
        return *number;
    if (const auto *money = std::get_if<Money>(&cell))
        return money->usd();
    return std::nullopt;
}

QString measureText(const Cell &cell, Unit unit, const QLocale &locale)
{
    if (const auto *money = std::get_if<Money>(&cell))
        return formatMoney(*money, locale);
    if (const auto *count = std::get_if<std::int64_t>(&cell);
        count && unit != Unit::Seconds && unit != Unit::Ratio)
        return formatCount(*count, locale);
    if (const auto number = cellNumber(cell))
        return numberText(*number, unit, locale);
    return QStringLiteral("–");
}

QString numberText(double number, Unit unit, const QLocale &locale)
{
    switch (unit) {
    case Unit::Usd:
        return formatMoney(Money{static_cast<Int128>(number * 1e12)}, locale);
    case Unit::Seconds:
        return formatSeconds(number, locale);
    case Unit::Ratio:
        return formatRatio(number, locale);
    case Unit::Number:
    case Unit::Tokens:
        return formatCount(std::llround(number), locale);
    case Unit::TokensPerSecond:
        return Text::tr("%1 tokens/s").arg(formatCompact(number, locale));
    case Unit::None:
        break;
    }
    return formatCompact(number, locale);
}

QString axisText(double number, Unit unit, const QLocale &locale, double largest)
{
    if (number == 0.0 && unit != Unit::Usd && unit != Unit::Ratio)
        return locale.toString(0);
    switch (unit) {
    case Unit::Usd:
        return formatCompactMoney(number, locale);
    case Unit::Seconds:
        return compactSeconds(number, largest, locale);
    case Unit::Ratio:
        return formatCompact(number * 100, locale) + QStringLiteral(" %");
    default:
        return formatCompact(number, locale);
    }
}

QString dimensionText(const Cell &cell, const std::string &dimension, const QLocale &locale)
{
    if (isMissing(cell))
        return Text::tr("(none)");
    if (isOther(cell))
        return Text::tr("Other");
    if (const auto *number = std::get_if<std::int64_t>(&cell)) {
        if (dimension == "day_of_week" && *number >= 1 && *number <= 7)
            return locale.standaloneDayName(static_cast<int>(*number), QLocale::LongFormat);
        if (dimension == "hour_of_day")
            return QStringLiteral("%1:00").arg(*number, 2, 10, QLatin1Char('0'));
        return QString::number(*number);
    }
    if (const auto *flag = std::get_if<bool>(&cell))
        return *flag ? Text::tr("Yes") : Text::tr("No");
    const QString text = QString::fromStdString(cellKey(cell));
    return text.isEmpty() ? Text::tr("(empty)") : printable(text);
}

QString columnTitle(const std::string &name)
{
    const QString words = measureWords(name);
    return words.isEmpty() ? printable(QString::fromStdString(name)) : words;
}

} // namespace genscope
