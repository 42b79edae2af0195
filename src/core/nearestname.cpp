// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nearestname.h"

#include <QCoreApplication>

#include <algorithm>
#include <string>

namespace genscope {

namespace {

std::string lower(std::string_view text)
{
    std::string lowered(text);
    std::transform(lowered.begin(), lowered.end(), lowered.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return lowered;
}

/// Restricted Damerau-Levenshtein distance.
std::size_t mistakes(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> above(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        above[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] =
                std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        before.swap(above);
        above.swap(row);
    }
    return above[b.size()];
}

bool isPartEnd(char c)
{
    return c == '_' || c == '-' || c == '/' || c == '.' || c == ' ';
}

/// Whether @p part stands in @p name between its ends or separators.
bool isWholePart(std::string_view part, std::string_view name)
{
    for (std::size_t at = name.find(part); at != std::string_view::npos; at = name.find(part, at + 1)) {
        const std::size_t end = at + part.size();
        if ((at == 0 || isPartEnd(name[at - 1])) && (end == name.size() || isPartEnd(name[end])))
            return true;
    }
    return false;
}

} // namespace

std::optional<std::string_view> nearestName(std::string_view text, const std::vector<std::string_view> &names)
{
    constexpr std::size_t kLongest = 64; // what is longer was not meant to be a name
    if (text.empty() || text.size() > kLongest)
        return std::nullopt;
    const std::string wanted = lower(text);
    std::optional<std::string_view> nearest;
    std::size_t fewest = std::max<std::size_t>(1, wanted.size() / 3) + 1;
    for (const std::string_view name : names) {
        // A text of one or two letters would be near to every other one.
        const std::size_t count = mistakes(wanted, lower(name));
        if (count < fewest && count < std::min(wanted.size(), name.size())) {
            fewest = count;
            nearest = name;
        }
    }
    if (nearest)
        return nearest;
    const auto whole = std::find_if(names.begin(), names.end(), [&wanted](std::string_view name) {
        return isWholePart(wanted, lower(name));
    });
    return whole == names.end() ? std::nullopt : std::optional(*whole);
}

QString didYouMean(std::string_view text, const std::vector<std::string_view> &names)
{
    const std::optional<std::string_view> nearest = nearestName(text, names);
    if (!nearest)
        return {};
    return QCoreApplication::translate("genscope::NearestName", "; did you mean “%1”?")
        .arg(QString::fromUtf8(nearest->data(), static_cast<qsizetype>(nearest->size())));
}

QString didYouMean(const QString &text, const QStringList &names)
{
    std::vector<std::string> bytes;
    bytes.reserve(static_cast<std::size_t>(names.size()));
    for (const QString &name : names)
        bytes.push_back(name.toStdString());
    return didYouMean(text.toStdString(), {bytes.begin(), bytes.end()});
}

} // namespace genscope
