// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/dumpformat.h"

#include <QCoreApplication>

#include <array>

namespace genscope {

std::span<const DumpFormat *const> dumpFormats()
{
    static const std::array<const DumpFormat *, 5> kFormats = {
        &savedRequestFormat(), &csvFormat(), &jsonDocumentFormat(), &jsonValuesFormat(), &jsonLinesFormat()};
    return kFormats;
}

const DumpFormat *dumpFormatNamed(const QString &name)
{
    for (const DumpFormat *format : dumpFormats()) {
        if (format->name() == name)
            return format;
    }
    return nullptr;
}

namespace {

/// One JSON object a line, and the last line is whole: nothing but JSON Lines looks like that.
bool endsWithJsonLine(std::string_view text)
{
    const std::string_view first = text.substr(0, text.find('\n'));
    const std::size_t last = first.find_last_not_of(" \t\r");
    return text.ends_with('\n') && text.starts_with('{') && last != 0 && first[last] == '}';
}

} // namespace

Status appendFrom(ByteSource &source, std::string &buffer, bool &ended)
{
    std::size_t size = buffer.size();
    const std::size_t wanted = size + kChunkSize;
    buffer.resize(wanted);
    while (size < wanted) {
        const auto count = source.read(buffer.data() + size, wanted - size);
        if (!count) {
            buffer.resize(size);
            return count.error();
        }
        size += *count;
        ended = *count == 0;
        if (ended)
            break;
        // Whole lines are not held back until a pausing writer sends more.
        if (size < wanted && endsWithJsonLine(std::string_view(buffer).substr(0, size)) && source.isSilent())
            break;
    }
    buffer.resize(size);
    return Done{};
}

QString recordTooLarge(std::size_t largestRecord)
{
    return QCoreApplication::translate("DumpReader", "longer than %1 MB")
        .arg(static_cast<double>(largestRecord) / (1 << 20));
}

} // namespace genscope
