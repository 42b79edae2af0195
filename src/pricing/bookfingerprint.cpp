// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pricing/bookfingerprint.h"

#include <string>
#include <string_view>

namespace genscope {

namespace {

/// FNV-1a of a text in which every part ends with a byte that UTF-8 has not.
class Fingerprint
{
public:
    void add(std::string_view text)
    {
        for (const char c : text)
            addByte(static_cast<unsigned char>(c));
        addByte(0xFF);
    }
    void add(const Amount &amount) { add(amount ? amount->toString() : std::string()); }
    void add(const std::optional<Timestamp> &time) { add(time ? std::to_string(time->us) : std::string()); }
    void add(const RateSet &rates)
    {
        for (const Decimal &rate : {rates.promptToken, rates.completionToken})
            add(Amount(rate));
        for (const Amount &rate : {rates.cacheReadToken, rates.cacheWriteToken, rates.cacheWrite1hToken,
                                   rates.request, rates.webSearch, rates.image, rates.imageOutput,
                                   rates.audio, rates.audioOutput, rates.inputAudioCache})
            add(rate);
    }
    void add(const PricePeriod &period)
    {
        add(period.valid.from);
        add(period.valid.to);
        add(static_cast<const RateSet &>(period.rates));
        add(std::to_string(static_cast<int>(period.rates.tierMode)));
        add(std::to_string(period.rates.contextTiers.size()));
        for (const Rates::ContextTier &tier : period.rates.contextTiers) {
            add(std::to_string(tier.minInputTokens));
            add(tier.rates);
        }
    }
    void add(const std::vector<ModelPrices> &table)
    {
        add(std::to_string(table.size()));
        for (const ModelPrices &row : table) {
            add(row.model);
            add(std::to_string(row.providers.size()));
            for (const ProviderPrices &provider : row.providers) {
                add(provider.key);
                add(std::to_string(provider.periods.size()));
                for (const PricePeriod &period : provider.periods)
                    add(period);
            }
        }
    }
    std::uint64_t value() const { return m_value; }

private:
    void addByte(unsigned char byte) { m_value = (m_value ^ byte) * 1'099'511'628'211U; }

    std::uint64_t m_value = 14'695'981'039'346'656'037U;
};

} // namespace

std::int64_t fingerprintOf(const PriceBook &book)
{
    /// Raised when the rules change what a book makes of a call, so that stores are priced anew.
    constexpr std::string_view kRules = "1";
    Fingerprint fingerprint;
    fingerprint.add(kRules);
    fingerprint.add(book.tables().user);
    fingerprint.add(book.tables().userPatterns);
    fingerprint.add(book.tables().manual);
    fingerprint.add(book.tables().openRouter);
    return static_cast<std::int64_t>(fingerprint.value());
}

} // namespace genscope
