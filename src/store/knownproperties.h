// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "store/connection.h"
#include "store/propertybag.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace genscope {

/// All newest known properties of one person: what was said of its id and of every distinct id that became
/// its. @error Database
Result<PropertyBag> knownPersonProperties(const Connection &connection, std::string_view personOrDistinctId);
/// @error Database
Result<PropertyBag> knownGroupProperties(const Connection &connection, std::string_view type,
                                         std::string_view key);

/// The newest known value of one property for all persons or all groups of a type, as text.
class KnownValues
{
public:
    static Result<KnownValues> ofPersons(const Connection &connection, std::string_view name);
    static Result<KnownValues> ofGroups(const Connection &connection, std::string_view type,
                                        std::string_view name);

    /// Of a person id, distinct id or group key; null if there is none.
    const std::string *find(std::string_view key) const;
    bool empty() const { return m_values.empty(); }

private:
    std::unordered_map<std::string, std::string> m_values;
    std::unordered_map<std::string, std::string> m_personOfDistinctId;
};

} // namespace genscope
