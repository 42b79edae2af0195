// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/event.h"
#include "core/result.h"
#include "store/connection.h"
#include "store/propertybag.h"
#include "store/propertycounter.h"
#include "store/verifyreport.h"

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace genscope {

/// Checks that the tables `person`, `person_distinct` and `group_key` hold what events say. They may hold
/// more: events that were not kept (`$identify` and the like) told it.
/// @thread one, with a connection of its own
class ProfileCheck
{
public:
    /// @error Database
    static Result<std::unique_ptr<ProfileCheck>> open(const Connection &connection);

    /// Checks what a kept event says, and tells @p names which properties it sets. @error Database
    Status check(const Event &event, ProblemList &problems, PropertyCounter &names);

private:
    struct Person
    {
        std::optional<PropertyBag> bag; ///< nothing: not in the store
        /// What was checked last: most events of a person carry the same, and of the same the newest decides.
        std::string carried;
        std::int64_t carriedUs = 0;
    };
    using Mapping = std::pair<std::int64_t, std::string>; ///< time [us], person

    ProfileCheck() = default;
    Status checkPerson(const Event &event, const std::string &key, ProblemList &problems);
    Status checkMapping(const Event &event, ProblemList &problems);
    Status checkGroups(const Event &event, ProblemList &problems);
    Result<Person *> person(const std::string &key);
    Result<Mapping> mapping(const std::string &distinctId);
    Result<std::optional<PropertyBag>> group(const std::string &type, const std::string &key);

    Statement m_person;
    Statement m_mapping;
    Statement m_group;
    std::unordered_map<std::string, Person> m_persons;
    std::unordered_map<std::string, Mapping> m_mappings;
};

} // namespace genscope
