// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <string_view>
#include <vector>

namespace genscope {

/// Which of @p names someone meant who wrote @p text: the one with the fewest typing mistakes (a letter too
/// many, too few, another one, or two exchanged; case does not count), at most one for every three letters.
/// Else the first one of which the text is a whole part, as `p95` is of `latency_p95`, and `Berlin` of
/// `Europe/Berlin`. Nothing if none is near.
std::optional<std::string_view> nearestName(std::string_view text,
                                            const std::vector<std::string_view> &names);

/// The end of a message about a name that there is not: `; did you mean “query”?`, or nothing.
QString didYouMean(std::string_view text, const std::vector<std::string_view> &names);
/// The same for names of Qt's.
QString didYouMean(const QString &text, const QStringList &names);

} // namespace genscope
