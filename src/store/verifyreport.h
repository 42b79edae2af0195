// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace genscope {

/// In what way a store is not what it should be.
enum class Damage : std::uint8_t {
    Database,           ///< SQLite's own check of its pages and indexes
    BlockUnreadable,    ///< a block of original bytes is missing or damaged
    RecordUnreadable,   ///< there is no record of the event where the table says
    RecordUnreferenced, ///< a record that no event refers to
    BytesDiffer,        ///< original bytes that are not those that were captured
    EventUnreadable,    ///< original bytes that are no event
    ValueDiffers,       ///< `event` says something else than the original
    ColumnDiffers,      ///< the columns say something else than `event`
    SegmentUnreadable,  ///< a segment of the columns is missing or damaged
    RowsMissing,        ///< rows that should follow each other do not
    Dictionary,         ///< codes with gaps, or a text with two codes
    UnionDiffers,       ///< a united event is not what its copies say together
    Dangling,           ///< a reference to something that is not there
    ProfileLacks,       ///< persons or groups lack something that a kept event says
    CountDiffers,       ///< a kept count is not what counting gives
    SearchIndex,        ///< the index beside the store leaves out what it should find
};
/// `value-differs`: for machines. Never changes.
std::string_view damageName(Damage damage);
/// A phrase for people.
QString damageText(Damage damage);

/// Everything of one kind that is wrong in one place.
struct StoreProblem
{
    Damage damage = Damage::Database;
    std::string where; ///< a table and column: `event.model`
    std::int64_t count = 0;
    std::string example; ///< the first one found: which event or row, and what is wrong with it
};

/// Collects problems: many of one kind in one place are one problem with a count.
class ProblemList
{
public:
    void add(Damage damage, std::string_view where, std::string example, std::int64_t count = 1);
    void add(const ProblemList &other);
    bool empty() const { return m_problems.empty(); }
    bool contains(Damage damage) const;
    /// By kind and place.
    std::vector<StoreProblem> problems() const;

private:
    struct Found
    {
        std::int64_t count = 0;
        std::string example;
    };
    std::map<std::pair<Damage, std::string>, Found, std::less<>> m_problems;
};

/// What `genscope verify` found.
struct VerifyReport
{
    std::int64_t events = 0;
    std::vector<StoreProblem> problems;
    double seconds = 0;

    bool sound() const { return problems.empty(); }
    /// `{"sound":true,"events":N,"problems":[{"what","where","count","example"}]}`
    QByteArray toJson() const;
};

} // namespace genscope
