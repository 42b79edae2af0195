// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/buckets.h"

#include <QCoreApplication>

#include <algorithm>

namespace genscope {

Result<Buckets> Buckets::covering(std::int64_t firstUs, std::int64_t lastUs, Interval interval,
                                  const Zone &zone)
{
    Buckets buckets;
    Timestamp start = zone.bucketStart({firstUs}, interval);
    buckets.m_starts.push_back(start.us);
    do {
        if (buckets.m_starts.size() > kMost) {
            return makeError(Error::Kind::Usage,
                             QCoreApplication::translate(
                                 "Query", "the time from %1 to %2 has more than 100,000 buckets of "
                                          "one %3; take a longer interval or a shorter range")
                                 .arg(QString::fromStdString(zone.iso({firstUs})),
                                      QString::fromStdString(zone.iso({lastUs})),
                                      QLatin1String(intervalName(interval).data(),
                                                    static_cast<qsizetype>(intervalName(interval).size()))));
        }
        start = zone.nextBucket(start, interval);
        buckets.m_starts.push_back(start.us);
    } while (start.us <= lastUs);
    buckets.m_perMicro = static_cast<double>(buckets.size()) /
                         static_cast<double>(buckets.m_starts.back() - buckets.m_starts.front());
    return buckets;
}

std::size_t Buckets::indexOf(std::int64_t timeUs) const
{
    // Buckets are nearly of one length, so that the guess is at most a few off.
    const double guess = static_cast<double>(timeUs - m_starts.front()) * m_perMicro;
    std::size_t index = std::min(static_cast<std::size_t>(guess), size() - 1);
    while (timeUs < m_starts[index])
        --index;
    while (timeUs >= m_starts[index + 1])
        ++index;
    return index;
}

std::optional<std::size_t> Buckets::onlyBucketOf(std::int64_t firstUs, std::int64_t lastUs) const
{
    if (firstUs < m_starts.front() || firstUs >= m_starts.back())
        return std::nullopt;
    const std::size_t index = indexOf(firstUs);
    return lastUs < m_starts[index + 1] ? std::optional(index) : std::nullopt;
}

void Buckets::find(std::span<const std::int64_t> times, std::span<const std::uint32_t> rows,
                   std::span<std::uint32_t> out) const
{
    std::size_t index = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::int64_t time = times[rows[i]];
        if (time < m_starts[index] || time >= m_starts[index + 1])
            index = indexOf(time);
        out[i] = static_cast<std::uint32_t>(index);
    }
}

} // namespace genscope
