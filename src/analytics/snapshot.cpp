// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/snapshot.h"

#include <algorithm>
#include <mutex>

namespace genscope {

struct Snapshot::Derived
{
    std::once_flag usersOnce;
    Users users;
};

namespace {

/// What of an event decides on its user.
struct UserFacts
{
    std::vector<std::int64_t> times;
    std::vector<std::int64_t> flags;
    std::vector<std::uint32_t> distinctIds;
    std::vector<std::uint32_t> personIds;

    void read(const Segment &segment)
    {
        const std::size_t rows = segment.rows();
        times.resize(rows);
        flags.resize(rows);
        distinctIds.resize(rows);
        personIds.resize(rows);
        segment.ints(IntField::Timestamp).decode(times);
        segment.ints(IntField::Flags).decode(flags);
        segment.ints(IntField::DistinctId).decodeCodes(distinctIds);
        segment.ints(IntField::PersonId).decodeCodes(personIds);
    }
    bool anonymous(std::size_t row) const { return (flags[row] & AnonymousFlag) != 0; }
};

/// Calls @p visit(facts, row) for every event that is not anonymous.
template<typename Visit>
void forEachUserEvent(const Snapshot &snapshot, Visit visit)
{
    UserFacts facts;
    for (const auto &segment : snapshot.segments()) {
        facts.read(*segment);
        for (std::size_t row = 0; row < segment->rows(); ++row) {
            if (!facts.anonymous(row))
                visit(facts, row);
        }
    }
}

/// DistinctId code -> PersonId code: what the store knows, else the newest event that says it.
std::vector<std::uint32_t> personsOfDistinctIds(const Snapshot &snapshot)
{
    const std::uint32_t count = snapshot.dictionary(DictField::DistinctId).size();
    std::vector<std::uint32_t> persons(count);
    for (std::uint32_t distinctId = 0; distinctId < count; ++distinctId)
        persons[distinctId] = snapshot.knownPersonOf(distinctId);
    std::vector<std::int64_t> newest(count, kMissing);
    forEachUserEvent(snapshot, [&](const UserFacts &facts, std::size_t row) {
        const std::uint32_t distinctId = facts.distinctIds[row];
        if (facts.personIds[row] == 0 || facts.times[row] < newest[distinctId] ||
            snapshot.knownPersonOf(distinctId) != 0)
            return;
        newest[distinctId] = facts.times[row];
        persons[distinctId] = facts.personIds[row];
    });
    persons[0] = 0;
    return persons;
}

Snapshot::Users makeUsers(const Snapshot &snapshot)
{
    const DictionaryView &distinctTexts = snapshot.dictionary(DictField::DistinctId);
    const std::vector<std::uint32_t> persons = personsOfDistinctIds(snapshot);
    Snapshot::Users users;
    users.keyOfDistinctId.assign(distinctTexts.size(), 0);
    users.keyOfPersonId.assign(snapshot.dictionary(DictField::PersonId).size(), 0);
    users.distinctIdOfKey.assign(1, 0);
    std::vector<std::int64_t> firstSeen(1, 0);

    forEachUserEvent(snapshot, [&](const UserFacts &facts, std::size_t row) {
        const std::uint32_t distinctId = facts.distinctIds[row];
        const std::uint32_t person = facts.personIds[row] != 0 ? facts.personIds[row] : persons[distinctId];
        if (distinctId == 0 && person == 0)
            return;
        std::uint32_t &key = person != 0 ? users.keyOfPersonId[person] : users.keyOfDistinctId[distinctId];
        if (key == 0) {
            key = users.keyCount();
            users.distinctIdOfKey.push_back(0);
            firstSeen.push_back(std::numeric_limits<std::int64_t>::max());
        }
        const std::int64_t time = facts.times[row];
        std::uint32_t &first = users.distinctIdOfKey[key];
        if (distinctId == 0 || time > firstSeen[key])
            return;
        if (time < firstSeen[key] || first == 0 || distinctTexts.at(distinctId) < distinctTexts.at(first)) {
            first = distinctId;
            firstSeen[key] = time;
        }
    });
    for (std::uint32_t distinctId = 1; distinctId < distinctTexts.size(); ++distinctId) {
        if (persons[distinctId] != 0)
            users.keyOfDistinctId[distinctId] = users.keyOfPersonId[persons[distinctId]];
    }
    return users;
}

} // namespace

Snapshot::Snapshot()
{
    finish();
}

Snapshot::Snapshot(std::vector<std::shared_ptr<const Segment>> segments,
                   std::array<DictionaryView, kDictFieldCount> dictionaries,
                   std::vector<std::string> groupTypes,
                   std::vector<std::pair<std::uint32_t, std::uint32_t>> distinctToPerson,
                   std::optional<std::int64_t> pricedWith)
    : m_segments(std::move(segments)),
      m_dictionaries(std::move(dictionaries)),
      m_groupTypes(std::move(groupTypes)),
      m_pricedWith(pricedWith)
{
    setPersons(distinctToPerson);
    finish();
}

void Snapshot::setPersons(const std::vector<std::pair<std::uint32_t, std::uint32_t>> &distinctToPerson)
{
    m_personOfDistinctId.resize(dictionary(DictField::DistinctId).size());
    for (const auto &[distinctId, person] : distinctToPerson) {
        if (distinctId < m_personOfDistinctId.size() && person < dictionary(DictField::PersonId).size())
            m_personOfDistinctId[distinctId] = person;
    }
}

void Snapshot::finish()
{
    m_rows = 0;
    for (const auto &segment : m_segments)
        m_rows += segment->rows();
    m_derived = std::make_shared<Derived>();
}

std::string_view Snapshot::textAt(std::size_t row, IntField field) const
{
    return dictionary(dictFieldOf(field)).at(static_cast<std::uint32_t>(intAt(row, field)));
}

std::shared_ptr<const Snapshot> Snapshot::withCosts(std::vector<std::shared_ptr<const Segment>> segments,
                                                    DictionaryView costModels,
                                                    DictionaryView costProviders) const
{
    auto other = std::make_shared<Snapshot>(*this); // users follow from what stays as it is
    other->m_pricedWith.reset();
    other->m_segments = std::move(segments);
    other->m_dictionaries[static_cast<std::size_t>(DictField::CostModel)] = std::move(costModels);
    other->m_dictionaries[static_cast<std::size_t>(DictField::CostProvider)] = std::move(costProviders);
    return other;
}

std::size_t Snapshot::memoryBytes() const
{
    std::size_t bytes = m_personOfDistinctId.size() * sizeof(std::uint32_t);
    for (const auto &segment : m_segments)
        bytes += segment->memoryBytes();
    for (const DictionaryView &dictionary : m_dictionaries)
        bytes += dictionary.memoryBytes();
    return bytes;
}

std::optional<Timestamp> Snapshot::firstTimestamp() const
{
    std::optional<Timestamp> first;
    for (const auto &segment : m_segments) {
        if (segment->rows() > 0)
            first = Timestamp{std::min(segment->earliestUs(), first ? first->us : segment->earliestUs())};
    }
    return first;
}

std::optional<Timestamp> Snapshot::lastTimestamp() const
{
    std::optional<Timestamp> last;
    for (const auto &segment : m_segments) {
        if (segment->rows() > 0)
            last = Timestamp{std::max(segment->latestUs(), last ? last->us : segment->latestUs())};
    }
    return last;
}

const Snapshot::Users &Snapshot::users() const
{
    std::call_once(m_derived->usersOnce, [this] { m_derived->users = makeUsers(*this); });
    return m_derived->users;
}

bool continues(const Snapshot &base, const SnapshotUpdate &update)
{
    // Segments before the last are full: one that is not, and is not replaced, lacks rows that are in the
    // store.
    std::vector<std::size_t> rows;
    for (const auto &segment : base.segments())
        rows.push_back(segment->rows());
    for (const auto &[index, segment] : update.segments) {
        if (index >= rows.size())
            rows.resize(index + 1, 0);
        rows[index] = segment->rows();
    }
    return rows.empty() || std::all_of(rows.begin(), rows.end() - 1,
                                       [](std::size_t count) { return count == Segment::kRows; });
}

std::shared_ptr<const Snapshot> applyUpdate(const Snapshot &base, const SnapshotUpdate &update)
{
    auto next = std::make_shared<Snapshot>(base);
    for (const auto &[index, segment] : update.segments) {
        if (index >= next->m_segments.size())
            next->m_segments.resize(index + 1);
        next->m_segments[index] = segment;
    }
    // Dictionaries and group types only grow: one that the batch did not touch may be left empty.
    for (std::size_t field = 0; field < update.dictionaries.size(); ++field) {
        if (update.dictionaries[field].size() > next->m_dictionaries[field].size())
            next->m_dictionaries[field] = update.dictionaries[field];
    }
    // A group type known by its index only gets its name later: as many types, but other names.
    if (update.groupTypes.size() >= next->m_groupTypes.size())
        next->m_groupTypes = update.groupTypes;
    next->m_pricedWith = update.pricedWith;
    next->setPersons(update.distinctToPerson);
    next->finish();
    return next;
}

} // namespace genscope
