// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/verifyreport.h"

#include "ingest/json.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace genscope {

namespace {

struct DamageWords
{
    std::string_view name;
    const char *text;
};

/// By Damage.
constexpr std::array<DamageWords, 16> kWords{{
    {"database", QT_TRANSLATE_NOOP("Verify", "SQLite finds the file damaged")},
    {"block-unreadable", QT_TRANSLATE_NOOP("Verify", "blocks of original events cannot be read")},
    {"record-unreadable", QT_TRANSLATE_NOOP("Verify", "original events are not where the store says")},
    {"record-unreferenced", QT_TRANSLATE_NOOP("Verify", "original events that no row refers to")},
    {"bytes-differ", QT_TRANSLATE_NOOP("Verify", "original events are not as they were captured")},
    {"event-unreadable", QT_TRANSLATE_NOOP("Verify", "original events cannot be understood")},
    {"value-differs", QT_TRANSLATE_NOOP("Verify", "values are not what the original events say")},
    {"column-differs", QT_TRANSLATE_NOOP("Verify", "columns are not what the table says")},
    {"segment-unreadable", QT_TRANSLATE_NOOP("Verify", "columns cannot be read")},
    {"rows-missing", QT_TRANSLATE_NOOP("Verify", "rows are missing")},
    {"dictionary", QT_TRANSLATE_NOOP("Verify", "the dictionary of texts is not sound")},
    {"union-differs", QT_TRANSLATE_NOOP("Verify", "united events are not what their copies say together")},
    {"dangling", QT_TRANSLATE_NOOP("Verify", "references lead nowhere")},
    {"profile-lacks", QT_TRANSLATE_NOOP("Verify", "what events say of persons or groups is missing")},
    {"count-differs", QT_TRANSLATE_NOOP("Verify", "counts are wrong")},
    {"search-index", QT_TRANSLATE_NOOP("Verify", "the search index is not what the texts say")},
}};

const DamageWords &wordsOf(Damage damage)
{
    return kWords[static_cast<std::size_t>(damage)];
}

} // namespace

std::string_view damageName(Damage damage)
{
    return wordsOf(damage).name;
}

QString damageText(Damage damage)
{
    return QCoreApplication::translate("Verify", wordsOf(damage).text);
}

void ProblemList::add(Damage damage, std::string_view where, std::string example, std::int64_t count)
{
    Found &found = m_problems[{damage, std::string(where)}];
    if (found.count == 0)
        found.example = std::move(example);
    found.count += count;
}

void ProblemList::add(const ProblemList &other)
{
    for (const auto &[place, found] : other.m_problems)
        add(place.first, place.second, found.example, found.count);
}

bool ProblemList::contains(Damage damage) const
{
    return std::any_of(m_problems.begin(), m_problems.end(),
                       [damage](const auto &entry) { return entry.first.first == damage; });
}

std::vector<StoreProblem> ProblemList::problems() const
{
    std::vector<StoreProblem> problems;
    for (const auto &[place, found] : m_problems)
        problems.push_back({place.first, place.second, found.count, found.example});
    return problems;
}

QByteArray VerifyReport::toJson() const
{
    std::string json = std::string("{\"sound\":") + (sound() ? "true" : "false") +
                       ",\"events\":" + std::to_string(events) + ",\"problems\":[";
    for (const StoreProblem &problem : problems) {
        if (json.back() != '[')
            json += ',';
        json += "{\"what\":" + json::quoted(damageName(problem.damage)) +
                ",\"where\":" + json::quoted(problem.where) + ",\"count\":" + std::to_string(problem.count) +
                ",\"example\":" + json::quoted(problem.example) + '}';
    }
    json += "]}";
    return QByteArray::fromStdString(json);
}

} // namespace genscope
