// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// PriceBook::fromJson. simdjson's on-demand reader is used because it gives numbers as they are written;
// since it checks only what it is asked for, the whole text goes through its strict reader first.
#include "pricing/jsontext.h"
#include "pricing/modelname.h"
#include "pricing/pricebook.h"
#include "pricing/priceunit.h"

#include <QCoreApplication>

#include <simdjson.h>

#include <algorithm>
#include <unordered_map>

namespace genscope {

namespace {

namespace ondemand = simdjson::ondemand;

using NamedRates = std::vector<std::pair<PriceUnit, Decimal>>;

void setRates(const NamedRates &rates, RateSet &to)
{
    for (const auto &[unit, rate] : rates)
        setRate(to, unit, rate);
}

bool names(const NamedRates &rates, PriceUnit unit)
{
    return std::any_of(rates.begin(), rates.end(), [&](const auto &rate) { return rate.first == unit; });
}

/// Reads one book. A member returns false after it has set the error; the place being read is kept in fields,
/// so that the error can name it.
class Reader
{
    Q_DECLARE_TR_FUNCTIONS(PriceBook)

public:
    explicit Reader(QString sourceName) : m_source(std::move(sourceName)) {}

    Result<PriceBook::Tables> read(const QByteArray &json)
    {
        const simdjson::padded_string text(json.constData(), static_cast<std::size_t>(json.size()));
        simdjson::dom::parser strict;
        if (const auto broken = strict.parse(text).error())
            return fault(tr("not valid JSON: %1").arg(QLatin1String(simdjson::error_message(broken))));

        ondemand::parser parser;
        ondemand::document document;
        ondemand::value root;
        if (parser.iterate(text).get(document) || document.get_value().get(root) || !readRoot(root))
            return m_error.message.isEmpty() ? fault(tr("neither a list nor an object")) : m_error;
        return std::move(m_tables);
    }

private:
    bool readRoot(ondemand::value root)
    {
        if (ondemand::array rows; !root.get_array().get(rows)) {
            m_table = QStringLiteral("openrouter");
            return readRows(rows, m_tables.openRouter);
        }
        ondemand::object object;
        if (root.get_object().get(object))
            return fail(tr("neither a list nor an object"));
        bool hasRows = false;
        for (auto field : object) {
            const std::string_view key = field.unescaped_key().value();
            ondemand::value value = field.value();
            if (std::vector<ModelPrices> *table = tableNamed(key)) {
                hasRows = true;
                m_table = fromUtf8(key);
                ondemand::array rows;
                if (value.get_array().get(rows))
                    return fail(tr("not a list"));
                if (!readRows(rows, *table))
                    return false;
                m_table.clear();
            } else if (key == "date") {
                if (std::string_view date; !value.get_string().get(date))
                    m_tables.date = shortened(date);
            }
        }
        return hasRows || fail(tr("it has neither a “manual” nor an “openrouter” list"));
    }

    std::vector<ModelPrices> *tableNamed(std::string_view key)
    {
        if (key == "manual")
            return &m_tables.manual;
        if (key == "openrouter")
            return &m_tables.openRouter;
        if (key == "user")
            return &m_tables.user;
        return key == "user_patterns" ? &m_tables.userPatterns : nullptr;
    }

    bool readRows(ondemand::array rows, std::vector<ModelPrices> &to)
    {
        std::unordered_map<std::string, int> seen;
        m_row = 0;
        for (auto element : rows) {
            ++m_row;
            m_model.clear();
            ondemand::object object;
            if (element.get_object().get(object))
                return fail(tr("not an object"));
            ModelPrices row;
            if (!readRow(object, row))
                return false;
            const auto [first, isNew] = seen.emplace(asciiLower(row.model), m_row);
            if (!isNew)
                return fail(tr("the model is already in row %1").arg(first->second));
            to.push_back(std::move(row));
        }
        m_row = 0;
        return true;
    }

    bool readRow(ondemand::object object, ModelPrices &row)
    {
        // Looked up by name, not in order, so that an error in "cost" can name the model.
        std::string_view model;
        if (object["model"].get_string().get(model) || model.empty())
            return fail(tr("“model” is missing or not a text"));
        row.model = model;
        m_model = shortened(model);
        std::string_view source;
        m_rowSource = object["source"].get_string().get(source) ? std::string() : std::string(source);
        ondemand::object cost;
        if (object["cost"].get_object().get(cost))
            return fail(tr("“cost” is missing or not an object"));
        for (auto field : cost) {
            const std::string_view provider = field.unescaped_key().value();
            m_provider = shortened(provider);
            row.providers.push_back({std::string(provider), {}});
            if (!readProvider(field.value(), row.providers.back()))
                return false;
            m_provider.clear();
        }
        return !row.providers.empty() || fail(tr("“cost” is empty"));
    }

    /// One price, or a list of those that held one after the other.
    bool readProvider(ondemand::value value, ProviderPrices &to)
    {
        if (ondemand::array list; !value.get_array().get(list)) {
            for (auto element : list) {
                if (!readPeriod(element.value(), to))
                    return false;
            }
            std::sort(to.periods.begin(), to.periods.end(),
                      [](const auto &a, const auto &b) { return a.valid.fromUs() < b.valid.fromUs(); });
            for (std::size_t i = 1; i < to.periods.size(); ++i) {
                if (to.periods[i].valid.fromUs() < to.periods[i - 1].valid.toUs())
                    return fail(tr("two of its prices hold at the same time"));
            }
            return !to.periods.empty() || fail(tr("its list of prices is empty"));
        }
        return readPeriod(value, to);
    }

    bool readPeriod(ondemand::value value, ProviderPrices &to)
    {
        ondemand::object rates;
        if (value.get_object().get(rates))
            return fail(tr("not an object"));
        PricePeriod period;
        period.source = m_rowSource;
        if (!readRates(rates, period))
            return false;
        if (period.valid.fromUs() >= period.valid.toUs())
            return fail(tr("“from” is not before “to”"));
        to.periods.push_back(std::move(period));
        return true;
    }

    bool readRates(ondemand::object object, PricePeriod &period)
    {
        Rates &to = period.rates;
        struct Tier
        {
            std::int64_t from = 0;
            NamedRates rates;
        };
        NamedRates base;
        std::vector<Tier> tiers;
        for (auto field : object) {
            const std::string_view key = field.unescaped_key().value();
            if (key != "context_tiers") {
                if (!readAboutPeriod(key, field.value(), period) || !readRate(key, field.value(), base))
                    return false;
                continue;
            }
            ondemand::array list;
            if (field.value().get_array().get(list))
                return fail(tr("“context_tiers” is not a list"));
            for (auto element : list) {
                ondemand::object tier;
                Tier read;
                if (element.get_object().get(tier) || !readTier(tier, read.from, read.rates))
                    return fail(tr("a context tier is not an object with a “min_input_tokens” of 0 or more"));
                tiers.push_back(std::move(read));
            }
        }
        for (const PriceUnit required : {PriceUnit::InputToken, PriceUnit::OutputToken}) {
            if (!names(base, required))
                return fail(tr("“%1” is missing").arg(fromUtf8(infoOf(required).jsonName)));
        }
        setRates(base, to);
        for (const Tier &tier : tiers) {
            to.contextTiers.push_back({tier.from, to});
            setRates(tier.rates, to.contextTiers.back().rates);
        }
        return true;
    }

    /// What stands beside the rates; false if it is wrong.
    bool readAboutPeriod(std::string_view key, ondemand::value value, PricePeriod &period)
    {
        std::string_view text;
        if (key == "source") {
            if (!value.get_string().get(text))
                period.source = text;
        } else if (key == "from" || key == "to") {
            const auto time = value.get_string().get(text) ? std::nullopt : parseIsoTime(text);
            if (!time)
                return fail(tr("“%1” is not a date").arg(fromUtf8(key)));
            (key == "from" ? period.valid.from : period.valid.to) = time->instant();
        } else if (key == "context_mode") {
            if (value.get_string().get(text) || (text != "whole_call" && text != "excess"))
                return fail(tr("“context_mode” is neither “whole_call” nor “excess”"));
            period.rates.tierMode = text == "excess" ? TierMode::Excess : TierMode::WholeCall;
        }
        return true;
    }

    bool readTier(ondemand::object tier, std::int64_t &from, NamedRates &rates)
    {
        bool hasFrom = false;
        for (auto field : tier) {
            const std::string_view key = field.unescaped_key().value();
            if (key == "min_input_tokens") {
                hasFrom = !field.value().get_int64().get(from) && from >= 0;
            } else if (!readRate(key, field.value(), rates)) {
                return false;
            }
        }
        return hasFrom;
    }

    /// Keys that cost rules do not know are left alone; null is absent, as in PostHog's own files.
    bool readRate(std::string_view key, ondemand::value value, NamedRates &to)
    {
        const auto &units = priceUnits();
        const auto unit = std::find_if(units.begin(), units.end(),
                                       [&](const PriceUnitInfo &info) { return info.jsonName == key; });
        if (unit == units.end() || value.is_null())
            return true;
        std::string_view token = value.raw_json_token();
        token = token.substr(0, token.find_last_not_of(" \t\r\n") + 1);
        const std::optional<Decimal> rate = Decimal::parse(token);
        if (!rate) {
            return fail(tr("“%1” is %2, which is not a number that can be kept exactly")
                            .arg(fromUtf8(key), shortened(token)));
        }
        if (const QString problem = rateProblem(unit->unit, *rate); !problem.isEmpty())
            return fail(tr("“%1” is %2").arg(fromUtf8(key), problem));
        to.emplace_back(unit->unit, *rate);
        return true;
    }

    bool fail(const QString &what)
    {
        if (m_error.message.isEmpty())
            m_error = fault(what);
        return false;
    }

    Error fault(const QString &what) const
    {
        QString where = tr("Price list %1").arg(m_source);
        if (!m_table.isEmpty())
            where += tr(", table “%1”").arg(m_table);
        if (m_row > 0)
            where += tr(", row %1").arg(m_row);
        if (!m_model.isEmpty())
            where += QStringLiteral(" (%1)").arg(m_model);
        if (!m_provider.isEmpty())
            where += tr(", provider “%1”").arg(m_provider);
        return makeError(Error::Kind::Parse, where + QStringLiteral(": ") + what);
    }

    const QString m_source;
    QString m_table;
    int m_row = 0; ///< from 1; 0 outside of rows
    QString m_model;
    QString m_provider;
    std::string m_rowSource; ///< of all prices of the row that do not name another
    Error m_error;
    PriceBook::Tables m_tables;
};

} // namespace

Result<std::shared_ptr<const PriceBook>> PriceBook::fromJson(const QByteArray &json,
                                                             const QString &sourceName)
{
    auto tables = Reader(sourceName).read(json);
    if (!tables)
        return tables.error();
    return std::shared_ptr<const PriceBook>(std::make_shared<PriceBook>(std::move(tables).value()));
}

} // namespace genscope
