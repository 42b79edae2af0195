// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/filefeeder.h"

#include "ingest/archive.h"
#include "ingest/decompress.h"
#include "ingest/manifest.h"

#include <QCoreApplication>

namespace genscope {

void FileFeeder::run()
{
    for (const QString &path : m_files) {
        m_reported = 0;
        if (!feedFile(path))
            return;
    }
    m_pool.finish();
}

Result<FileFeeder::Opened> FileFeeder::open(Result<std::unique_ptr<ByteSource>> source)
{
    if (!source)
        return source.error();
    Opened opened;
    opened.source = std::move(*source);
    if (const auto read = appendFrom(*opened.source, opened.head, opened.complete); !read)
        return read.error();
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
    if (opened.head.starts_with(kByteOrderMark))
        opened.head.erase(0, kByteOrderMark.size());
    return opened;
}

bool FileFeeder::feedFile(const QString &path)
{
    auto opened = open(openByteSource(path, m_pool.stopped()));
    if (!opened)
        return giveUp(path, opened.error());
    if (isArchive(opened->head))
        return feedArchive(path, putBack(std::move(opened->source), std::move(opened->head)));
    return feedSource(path, std::move(*opened));
}

bool FileFeeder::feedArchive(const QString &path, std::unique_ptr<ByteSource> source)
{
    ArchiveReader archive(std::move(source));
    m_entries = 0;
    m_others = 0;
    m_cutEntry = false;
    for (;;) {
        const auto entry = archive.next();
        if (!entry && entry.error().kind == Error::Kind::Cancelled)
            return false;
        if (!entry)
            return endArchive(path, archive, entry.error().message);
        if (!*entry)
            return endArchive(path, archive, {});
        if ((*entry)->hidden)
            continue;
        if ((*entry)->path == u"[Content_Types].xml")
            return giveUp(path, QCoreApplication::translate(
                                    "DumpReader", "it is an Excel workbook or another Office file; export "
                                                  "the events as JSON Lines or as CSV"));
        const QString name = path + u'/' + (*entry)->path;
        const bool going =
            (*entry)->encrypted
                ? giveUp(name, QCoreApplication::translate(
                                   "DumpReader", "it is encrypted; unpack the archive and import the files"))
                : feedEntry(name, archive);
        if (!going)
            return false;
    }
}

bool FileFeeder::feedEntry(const QString &name, ArchiveReader &archive)
{
    auto opened = open(decompressed(archive.open()));
    if (!opened)
        return giveUp(name, opened.error());
    const DumpHead head{opened->head, opened->complete};
    if (isArchive(head.bytes))
        return giveUp(name,
                      QCoreApplication::translate(
                          "DumpReader", "an archive inside of an archive is not read; unpack it first"));
    if (looksLikeManifest(head.bytes))
        return true;
    const bool isEmpty = head.bytes.empty() && opened->source->damage().isEmpty();
    const bool isForeignTable = !foreignTable(head.bytes).isEmpty();
    if (!isForeignTable && (isEmpty || (!head.bytes.empty() && !looksLikeDump(head)))) {
        ++m_others;
        return true;
    }
    ++m_entries;
    return feedSource(name, std::move(*opened));
}

/// What is left to say about an archive.
bool FileFeeder::endArchive(const QString &path, const ArchiveReader &archive, const QString &damage)
{
    ParsePool::Task task;
    const bool alreadyTold = m_cutEntry && !damage.isEmpty();
    if (m_entries == 0 && !damage.isEmpty())
        return giveUp(path, damage);
    if (!damage.isEmpty() && !alreadyTold) {
        task.lastOfFile = true;
        task.damage = damage;
    }
    if (m_entries == 0)
        task.note = QCoreApplication::translate("DumpReader", "no dumps in this archive");
    else if (m_others > 0)
        task.note = QCoreApplication::translate("DumpReader", "%n file(s) left out: they hold no events",
                                                nullptr, m_others);
    return add(std::move(task), path, archive.bytesRead());
}

bool FileFeeder::feedSource(const QString &name, Opened opened)
{
    ByteSource &source = *opened.source;
    if (const QString why = whyForeign(opened.head); !why.isEmpty())
        return giveUp(name, why);
    const bool empty = opened.head.empty() && opened.complete;
    const DumpFormat &format = formatOf({opened.head, opened.complete});
    const auto reader = format.reader(source, std::move(opened.head), m_options.largestRecord);
    for (;;) {
        auto chunk = reader->next();
        if (!chunk)
            return giveUp(name, chunk.error());
        if (!*chunk)
            break;
        ParsePool::Task task;
        task.format = &format;
        task.chunk = std::move(**chunk);
        if (!add(std::move(task), name, source.bytesRead()))
            return false;
    }
    ParsePool::Task last;
    last.lastOfFile = true;
    last.damage = source.damage();
    last.note = reader->note();
    m_cutEntry = !last.damage.isEmpty();
    if (empty && last.damage.isEmpty())
        last.note = QCoreApplication::translate("DumpReader", "the file is empty");
    return add(std::move(last), name, source.bytesRead());
}

const DumpFormat &FileFeeder::formatOf(const DumpHead &head) const
{
    if (m_options.format)
        return *m_options.format;
    for (const DumpFormat *format : dumpFormats()) {
        if (format->recognises(head))
            return *format;
    }
    return jsonLinesFormat();
}

bool FileFeeder::giveUp(const QString &name, const Error &error)
{
    return error.kind != Error::Kind::Cancelled && giveUp(name, error.message);
}

bool FileFeeder::giveUp(const QString &name, const QString &reason)
{
    ParsePool::Task task;
    task.lastOfFile = true;
    task.unreadable = reason;
    return add(std::move(task), name, m_reported);
}

bool FileFeeder::add(ParsePool::Task task, const QString &name, std::int64_t bytesRead)
{
    task.source = name;
    task.bytesRead = bytesRead - m_reported;
    m_reported = bytesRead;
    return m_pool.add(std::move(task));
}

} // namespace genscope
