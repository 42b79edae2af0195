// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/normalise.h"

#include "ingest/capturedobject.h"

#include <QCoreApplication>

#include <string>
#include <unordered_map>
#include <vector>

namespace genscope {

namespace {

enum class Newer { A, B, Neither };

struct Member
{
    std::string_view key; ///< as in the text, with its quotes
    json::Value value;
};

/// The members of an object, the last of each name, in the order of their first appearance.
class MemberList
{
public:
    explicit MemberList(json::Value object)
    {
        for (json::MemberReader reader(object); reader.next();) {
            const auto [known, added] = m_index.try_emplace(std::string(reader.key()), m_members.size());
            if (added)
                m_members.push_back({reader.rawKey(), reader.value()});
            else
                m_members[known->second].value = reader.value();
        }
    }

    const std::unordered_map<std::string, std::size_t> &index() const { return m_index; }
    const std::vector<Member> &members() const { return m_members; }
    json::Value value(const std::string &key) const
    {
        const auto found = m_index.find(key);
        return found == m_index.end() ? json::Value() : m_members[found->second].value;
    }

private:
    std::vector<Member> m_members;
    std::unordered_map<std::string, std::size_t> m_index;
};

/// A united object, and whether one of the copies already was it.
struct United
{
    std::string json;
    bool sameAsA = true;
    bool sameAsB = true;
};

bool sameValue(json::Value a, json::Value b)
{
    return a.raw() == b.raw() || json::compact(a) == json::compact(b);
}

bool isAbsent(std::string_view key, json::Value value)
{
    // PostHog's typed storage answers "" for $ai_ properties that were never sent.
    return !value.isPresent() || (value.isEmptyString() && key.starts_with("\"$ai_"));
}

bool prefersA(json::Value a, json::Value b, Newer newer)
{
    if (newer != Newer::Neither)
        return newer == Newer::A;
    return a.raw() >= b.raw();
}

class Uniter
{
public:
    explicit Uniter(Newer newer) : m_newer(newer) {}

    United objects(json::Value a, json::Value b, bool atRoot)
    {
        const MemberList membersA(a);
        const MemberList membersB(b);
        const bool aFirst = prefersA(a, b, m_newer);
        const MemberList &first = aFirst ? membersA : membersB;
        const MemberList &second = aFirst ? membersB : membersA;
        United united;
        const auto add = [&](std::string_view key, const std::string &name) {
            const json::Value inA = membersA.value(name);
            const json::Value inB = membersB.value(name);
            united.json += united.json.empty() ? '{' : ',';
            united.json += key;
            united.json += ':';
            addValue(united, key, inA, inB, atRoot);
        };
        for (const auto &[key, value] : first.members())
            add(key, decodedName(key));
        for (const auto &[key, value] : second.members()) {
            const std::string name = decodedName(key);
            if (!first.index().contains(name))
                add(key, name);
        }
        united.json += united.json.empty() ? "{}" : "}";
        return united;
    }

private:
    static std::string decodedName(std::string_view key) { return json::Value(key).text(); }

    void addValue(United &united, std::string_view key, json::Value a, json::Value b, bool atRoot)
    {
        const bool absentA = isAbsent(key, a);
        const bool absentB = isAbsent(key, b);
        if (absentA || absentB) {
            // Of two absent values the first written one stays: null and missing mean the same.
            const json::Value chosen = absentA && !(absentB && !a.raw().empty()) ? b : a;
            united.json += chosen.raw();
            united.sameAsA &= !absentA || absentB;
            united.sameAsB &= !absentB || absentA;
            return;
        }
        if (sameValue(a, b)) {
            united.json += a.raw();
            return;
        }
        if (atRoot && (key == "\"properties\"" || key == "\"person_properties\"")) {
            std::string storageA;
            std::string storageB;
            const json::Value objectA = objectOf(a, storageA);
            const json::Value objectB = objectOf(b, storageB);
            if (objectA.isObject() && objectB.isObject()) {
                const United inner = objects(objectA, objectB, false);
                united.json += inner.json;
                united.sameAsA &= inner.sameAsA;
                united.sameAsB &= inner.sameAsB;
                return;
            }
        }
        const bool choosesA = prefersA(a, b, m_newer);
        united.json += choosesA ? a.raw() : b.raw();
        united.sameAsA &= choosesA;
        united.sameAsB &= !choosesA;
    }

    Newer m_newer;
};

} // namespace

Result<std::string> uniteEvents(std::string_view a, std::string_view b)
{
    CapturedObject objectA;
    CapturedObject objectB;
    if (!objectA.read(a) || !objectB.read(b) || !objectA.root().isObject() || !objectB.root().isObject()) {
        return makeError(Error::Kind::Parse,
                         QCoreApplication::translate("EventParser", "a kept event is not one JSON object"));
    }
    const auto createdA = timeOf(objectA.field(EventKey::CreatedAt));
    const auto createdB = timeOf(objectB.field(EventKey::CreatedAt));
    const Newer newer = createdA == createdB ? Newer::Neither : createdA > createdB ? Newer::A : Newer::B;
    United united = Uniter(newer).objects(objectA.root(), objectB.root(), true);
    const bool aIsGreater = prefersA(objectA.root(), objectB.root(), newer);
    if (united.sameAsA && (!united.sameAsB || aIsGreater))
        return std::string(a);
    if (united.sameAsB)
        return std::string(b);
    return std::move(united.json);
}

} // namespace genscope
