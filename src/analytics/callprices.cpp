// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/callprices.h"

#include "pricing/costrules.h"

namespace genscope {

namespace {

/// Of an event's cost under assumed rates; no price book has such a row.
constexpr std::string_view kAssumedProvider = "what-if";

std::optional<Timestamp> timeOf(const PricingView &view, Timestamp now)
{
    switch (view.time) {
    case PriceTime::EventDate:
        return std::nullopt;
    case PriceTime::Today:
        return now;
    case PriceTime::Instant:
        return view.instant;
    }
    return std::nullopt;
}

void multiply(RateSet &rates, const Decimal &factor)
{
    rates.promptToken = rates.promptToken * factor;
    rates.completionToken = rates.completionToken * factor;
    for (Amount RateSet::*member :
         {&RateSet::cacheReadToken, &RateSet::cacheWriteToken, &RateSet::cacheWrite1hToken, &RateSet::request,
          &RateSet::webSearch, &RateSet::image, &RateSet::imageOutput, &RateSet::audio, &RateSet::audioOutput,
          &RateSet::inputAudioCache}) {
        if (rates.*member)
            rates.*member = *(rates.*member) * factor;
    }
}

/// Output tokens with the reasoning that their model leaves out of them, so that another model's rules count
/// it once.
void settleReasoning(CallCounts &counts, bool add)
{
    if (counts.reasoning == kNotKnown)
        return;
    std::int64_t &output = counts.textOutput != kNotKnown ? counts.textOutput : counts.output;
    if (output == kNotKnown)
        output = 0;
    if (add && __builtin_add_overflow(output, counts.reasoning, &output))
        output = std::numeric_limits<std::int64_t>::max();
    counts.reasoning = kNotKnown;
}

} // namespace

Rates timesFactor(Rates rates, const Decimal &factor)
{
    multiply(rates, factor);
    for (Rates::ContextTier &tier : rates.contextTiers)
        multiply(tier.rates, factor);
    return rates;
}

PicoCosts CallPrices::price(const Period &period, CallCounts counts, bool exclusive) const
{
    if (m_reasoning != Reasoning::Own)
        settleReasoning(counts, m_reasoning == Reasoning::AddToOutput);
    PicoCosts costs;
    if (period.quick && period.quick->price(counts, exclusive, costs))
        return costs;
    const Usage usage = usageOf(counts);
    return costsAt({m_model, m_provider, {}, usage, {}}, period.rates, exclusive);
}

CallPriceTable::CallPriceTable(std::shared_ptr<const PriceBook> book, PricingView view, Timestamp now)
    : m_book(std::move(book)), m_view(std::move(view)), m_asOf(timeOf(m_view, now))
{
}

const CallPrices &CallPriceTable::of(std::string_view model, std::string_view provider,
                                     std::string_view serviceTier, int substitution)
{
    std::string key;
    for (const std::string_view part : {model, provider, serviceTier}) {
        key += std::to_string(part.size());
        key.append(" ").append(part);
    }
    key += std::to_string(substitution);
    const std::lock_guard lock(m_mutex);
    auto &prices = m_prices[key];
    if (!prices) {
        prices = make(model, provider, serviceTier,
                      substitution < 0 ? nullptr : &m_view.whatIf[static_cast<std::size_t>(substitution)]);
    }
    return *prices;
}

std::unique_ptr<CallPrices> CallPriceTable::make(std::string_view model, std::string_view provider,
                                                 std::string_view serviceTier,
                                                 const Substitution *substitution)
{
    auto call = std::make_unique<CallPrices>();
    call->m_model = model;
    call->m_provider = provider;
    call->m_assumed = substitution != nullptr;
    if (substitution && substitution->rates) {
        addRates(*call, *substitution->rates);
        return call;
    }
    if (substitution && !substitution->model.empty()) {
        call->m_model = substitution->model;
        call->m_provider = substitution->provider;
        serviceTier = {};
        call->m_reasoning = reportsReasoningApart(model) ? CallPrices::Reasoning::AddToOutput
                                                         : CallPrices::Reasoning::InOutput;
    }
    if (call->m_model.empty())
        return call;
    const Amount factor = substitution ? substitution->factor : std::nullopt;
    const auto lookUp = [&](std::int64_t inputTokens) {
        return m_book->lookUp(call->m_model, call->m_provider, serviceTier, inputTokens);
    };
    const PriceBook::Entry usual = lookUp(0);
    const PriceBook::Entry large = lookUp(CallPrices::kNever);
    call->m_usual = periodsOf(*call, usual, factor);
    if (large.history != usual.history) {
        call->m_large = periodsOf(*call, large, factor);
        call->m_splitTokens = PriceBook::kSplitTokens;
    }
    return call;
}

std::vector<CallPrices::Period> CallPriceTable::periodsOf(const CallPrices &call,
                                                          const PriceBook::Entry &entry, const Amount &factor)
{
    std::vector<CallPrices::Period> periods;
    if (!entry.history)
        return periods;
    for (const PriceBook::Price &price : *entry.history) {
        if (m_asOf && !price.valid.contains(*m_asOf))
            continue;
        CallPrices::Period period;
        const TimeRange valid = m_asOf ? TimeRange{} : price.valid;
        period.fromUs = valid.fromUs();
        period.toUs = valid.toUs();
        period.rates = price.rates();
        if (factor)
            period.rates = timesFactor(std::move(period.rates), *factor);
        period.quick = QuickRates::of(period.rates, call.m_model, call.m_provider);
        period.source = costSourceOf(price.match.table);
        period.costModel = m_costModels.intern(price.match.row->model);
        period.costProvider = m_costProviders.intern(price.provider->key);
        periods.push_back(std::move(period));
    }
    return periods;
}

void CallPriceTable::addRates(CallPrices &call, const RateSet &rates)
{
    CallPrices::Period period;
    period.fromUs = TimeRange{}.fromUs();
    period.toUs = TimeRange{}.toUs();
    static_cast<RateSet &>(period.rates) = rates;
    period.quick = QuickRates::of(period.rates, call.m_model, call.m_provider);
    period.source = CostSource::User;
    period.costModel = m_costModels.intern(call.m_model);
    period.costProvider = m_costProviders.intern(kAssumedProvider);
    call.m_usual.push_back(std::move(period));
}

std::uint32_t CallPriceTable::costModelCode(std::string_view name)
{
    const std::lock_guard lock(m_mutex);
    return m_costModels.intern(name);
}

std::uint32_t CallPriceTable::costProviderCode(std::string_view name)
{
    const std::lock_guard lock(m_mutex);
    return m_costProviders.intern(name);
}

DictionaryView CallPriceTable::costModels() const
{
    const std::lock_guard lock(m_mutex);
    return m_costModels.view();
}

DictionaryView CallPriceTable::costProviders() const
{
    const std::lock_guard lock(m_mutex);
    return m_costProviders.view();
}

} // namespace genscope
