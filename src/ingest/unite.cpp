// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/unite.h"

#include "ingest/capturedobject.h"
#include "ingest/normalise.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <deque>
#include <numeric>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace genscope {

namespace {

struct Member
{
    std::string_view key; ///< as in the text, with its quotes
    json::Value value;
};

/// The members of an object, the last of each name, in the order of their first appearance.
class MemberList
{
public:
    MemberList(json::Value object, bool atRoot)
    {
        for (json::MemberReader reader(object); reader.next();) {
            std::string name = nameOf(reader.rawKey(), atRoot);
            const auto [known, added] = m_index.try_emplace(std::move(name), m_members.size());
            if (added)
                m_members.push_back({reader.rawKey(), reader.value()});
            else
                m_members[known->second].value = reader.value();
        }
    }

    /// What a key names: keys that differ in nothing but unpaired surrogates are different.
    static std::string nameOf(std::string_view key, bool atRoot)
    {
        std::string name = json::decodeString(key.substr(1, key.size() - 2), json::Surrogates::KeepEscaped);
        return atRoot ? std::string(usualFieldName(name)) : name;
    }

    const std::vector<Member> &members() const { return m_members; }
    json::Value value(const std::string &name) const
    {
        const auto found = m_index.find(name);
        return found == m_index.end() ? json::Value() : m_members[found->second].value;
    }

private:
    std::vector<Member> m_members;
    std::unordered_map<std::string, std::size_t> m_index;
};

bool sameValue(json::Value a, json::Value b)
{
    return a.raw() == b.raw() || json::compact(a) == json::compact(b);
}

bool isAbsent(std::string_view name, json::Value value)
{
    // PostHog's typed storage answers "" for $ai_ properties that were never sent.
    return !value.isPresent() || (value.isEmptyString() && name.starts_with("$ai_"));
}

/// Unites values of the same place in several copies; a value per copy, Absent where a copy has none.
class Uniter
{
public:
    using Values = std::vector<json::Value>;

    explicit Uniter(std::vector<std::optional<Timestamp>> createdAt)
        : m_createdAt(std::move(createdAt)), m_holdsAll(m_createdAt.size(), true)
    {
    }

    std::string objects(const Values &objects, bool atRoot)
    {
        std::vector<MemberList> lists;
        lists.reserve(objects.size());
        for (const json::Value object : objects)
            lists.emplace_back(object, atRoot);
        std::string json;
        std::unordered_map<std::string, bool> written;
        for (const std::size_t copy : byPreference(objects)) {
            for (const Member &member : lists[copy].members()) {
                std::string name = MemberList::nameOf(member.key, atRoot);
                if (!written.try_emplace(name, true).second)
                    continue;
                Values values;
                values.reserve(lists.size());
                for (const MemberList &list : lists)
                    values.push_back(list.value(name));
                json.append(json.empty() ? "{" : ",").append(member.key).append(":");
                json += united(name, values, atRoot);
            }
        }
        return json.empty() ? "{}" : json + '}';
    }

    /// The preferred copy that has every value of the united object, if there is one.
    std::optional<std::size_t> completeCopy(const Values &roots) const
    {
        for (const std::size_t copy : byPreference(roots)) {
            if (m_holdsAll[copy])
                return copy;
        }
        return std::nullopt;
    }

private:
    /// The copies, later ones first, of equally late ones those with greater bytes.
    std::vector<std::size_t> byPreference(const Values &values) const
    {
        std::vector<std::size_t> copies(values.size());
        std::iota(copies.begin(), copies.end(), std::size_t{0});
        std::sort(copies.begin(), copies.end(), [&](std::size_t a, std::size_t b) {
            return std::forward_as_tuple(m_createdAt[a], values[a].raw()) >
                   std::forward_as_tuple(m_createdAt[b], values[b].raw());
        });
        return copies;
    }

    std::string united(const std::string &name, const Values &values, bool atRoot)
    {
        std::optional<std::size_t> chosen;
        std::string_view written; // a null where no copy has more
        bool same = true;
        for (const std::size_t copy : byPreference(values)) {
            if (isAbsent(name, values[copy])) {
                if (written.empty())
                    written = values[copy].raw();
                continue;
            }
            if (chosen)
                same &= sameValue(values[*chosen], values[copy]);
            else
                chosen = copy;
        }
        if (!chosen)
            return std::string(written);
        const bool mergeable = atRoot && (name == "properties" || name == "person_properties");
        if (mergeable && !same) {
            if (auto merged = mergedObjects(name, values))
                return std::move(*merged);
        }
        for (std::size_t copy = 0; copy < values.size(); ++copy) {
            const bool holds = !isAbsent(name, values[copy]) && sameValue(values[copy], values[*chosen]);
            m_holdsAll[copy] = m_holdsAll[copy] && holds;
        }
        return std::string(values[*chosen].raw());
    }

    /// Nothing if a value is neither an object nor text of one.
    std::optional<std::string> mergedObjects(const std::string &name, const Values &values)
    {
        Values inner;
        for (const json::Value value : values) {
            inner.push_back(objectOf(value, m_texts.emplace_back()));
            if (!isAbsent(name, value) && !inner.back().isObject())
                return std::nullopt;
        }
        return objects(inner, false);
    }

    std::vector<std::optional<Timestamp>> m_createdAt; ///< by copy
    std::vector<bool> m_holdsAll;                      ///< by copy
    std::deque<std::string> m_texts;                   ///< of properties given as text
};

} // namespace

Result<std::string> uniteCopies(std::span<const std::string_view> copies)
{
    std::vector<std::optional<Timestamp>> createdAt;
    Uniter::Values roots;
    for (const std::string_view copy : copies) {
        CapturedObject object;
        if (!object.read(copy) || !object.root().isObject()) {
            return makeError(Error::Kind::Parse, QCoreApplication::translate(
                                                     "EventParser", "a kept event is not one JSON object"));
        }
        createdAt.push_back(timeOf(object.field(EventKey::CreatedAt)));
        roots.push_back(object.root());
    }
    Uniter uniter(std::move(createdAt));
    std::string united = uniter.objects(roots, true);
    const auto complete = uniter.completeCopy(roots);
    return complete ? std::string(copies[*complete]) : std::move(united);
}

Result<std::string> uniteEvents(std::string_view a, std::string_view b)
{
    return uniteCopies(std::array{a, b});
}

} // namespace genscope
