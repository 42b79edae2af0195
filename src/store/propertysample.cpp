// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/propertysample.h"

#include "store/connection.h"
#include "store/eventjson.h"
#include "store/recordscan.h"

namespace genscope {

namespace {

/// From this part of all rows on, looking up their blocks takes longer than it saves.
constexpr std::size_t kMostPart = 8;

} // namespace

Status readPropertySample(const QString &store, const std::vector<std::string> &names, const RowSet &rows,
                          const std::function<void(std::size_t, std::size_t, std::string_view)> &visit,
                          const StopToken &stop)
{
    const auto connection = Connection::open(store, Connection::Access::Read);
    if (!connection)
        return connection.error();
    Result<RecordScan> scan = RecordScan::open(**connection);
    if (!scan)
        return scan.error();
    if (rows.count() < rows.size() / kMostPart) {
        std::vector<std::size_t> wanted;
        rows.forEach([&wanted](std::size_t row) { wanted.push_back(row); });
        if (const Status restricted = scan->restrictTo(wanted, **connection); !restricted)
            return restricted;
    }
    const std::size_t count = names.size();
    const auto extract = [&](const LightRecord &record, const BlockFetch &fetch,
                             std::vector<RecordScan::Found> &found) -> Status {
        const auto row = static_cast<std::size_t>(record.row);
        if (!rows.test(row))
            return Done{};
        RecordReader reader(record, fetch);
        for (std::size_t i = 0; i < count; ++i) {
            Result<std::optional<std::string>> text = reader.property(PropertySet::Event, names[i]);
            if (!text)
                return text.error();
            if (*text)
                found.push_back({row * count + i, std::move(**text)});
        }
        return Done{};
    };
    return scan->run(
        rows.size(), extract,
        [&](std::size_t place, std::string_view text) { visit(place % count, place / count, text); }, stop);
}

} // namespace genscope
