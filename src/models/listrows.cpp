// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/listrows.h"

#include "models/eventrows.h"
#include "models/summaryrows.h"

namespace genscope {

std::vector<Cell> ListRows::cells(std::size_t position, std::size_t column) const
{
    std::vector<Cell> parts(m_columns[column].parts.size());
    for (std::size_t part = 0; part < parts.size(); ++part)
        parts[part] = cell(position, column, part);
    return parts;
}

int ListRows::columnIndex(const std::string &name) const
{
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        if (m_columns[i].name == name)
            return static_cast<int>(i);
    return -1;
}

std::size_t ListRows::positionOf(std::uint32_t id) const
{
    for (std::size_t position = 0; position < size(); ++position)
        if (rowId(position) == id)
            return position;
    return size();
}

Result<std::shared_ptr<const ListRows>> loadRows(const ListRequest &request)
{
    return isEventList(request.kind) ? EventRows::load(request) : SummaryRows::load(request);
}

} // namespace genscope
