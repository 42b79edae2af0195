// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A dump file of any kind, from its first byte to the events: what it is, decompression, splitting, parsing.

#include "fuzz/fuzzing.h"
#include "ingest/dumpreader.h"

#include <sys/mman.h>
#include <unistd.h>

using namespace genscope;

namespace {

/// A file that lives in memory, since readDumps() takes paths.
class MemoryFile
{
public:
    MemoryFile() : m_descriptor(memfd_create("dump", 0)) {}
    ~MemoryFile() { close(m_descriptor); }

    void write(std::string_view bytes)
    {
        fuzzing::require(ftruncate(m_descriptor, 0) == 0, "the memory file can be emptied");
        const auto written = pwrite(m_descriptor, bytes.data(), bytes.size(), 0);
        fuzzing::require(written == static_cast<ssize_t>(bytes.size()), "the memory file can be written");
    }
    QString path() const { return QStringLiteral("/proc/self/fd/%1").arg(m_descriptor); }

private:
    int m_descriptor;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static MemoryFile file;
    file.write(fuzzing::textOf(data, size));
    DumpOptions options;
    options.threads = 1;
    options.largestRecord = 1 << 20;
    std::int64_t bytes = 0;
    const auto read = readDumps(
        {file.path()}, options,
        [&bytes](EventBatch &&batch) {
            const auto parts = static_cast<std::int64_t>(batch.events.size() + batch.rejects.size());
            fuzzing::require(batch.lines >= parts, "every event and every reject is a line of its batch");
            bytes += batch.bytesRead;
            for (const Event &event : batch.events) {
                fuzzing::require(event.record != RecordKind::Event || !event.name.empty(),
                                 "an event has a name");
                fuzzing::require(!event.raw.empty(), "an event keeps its bytes");
            }
            return Status(Done{});
        },
        StopToken());
    fuzzing::require(bytes <= static_cast<std::int64_t>(size), "no byte is read twice");
    fuzzing::require(bool(read), "a bad file is a reject or unreadable, and does not end the reading");
    return 0;
}
