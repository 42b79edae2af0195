// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/archive.h"

#include <QCoreApplication>

#include <archive.h>
#include <archive_entry.h>

#include <cstdio>
#include <vector>

namespace genscope {

/// What libarchive reads from.
struct ArchiveReader::Input
{
    std::unique_ptr<ByteSource> source;
    std::vector<char> buffer = std::vector<char>(256 * 1024);
    std::int64_t position = 0;
    std::optional<Error> error; ///< of the source, more exact than what libarchive makes of it

    static la_ssize_t read(archive *, void *data, const void **bytes)
    {
        auto &input = *static_cast<Input *>(data);
        const auto count = input.source->read(input.buffer.data(), input.buffer.size());
        if (!count) {
            input.error = count.error();
            return -1;
        }
        input.position += static_cast<std::int64_t>(*count);
        *bytes = input.buffer.data();
        return static_cast<la_ssize_t>(*count);
    }

    static la_int64_t seek(archive *, void *data, la_int64_t offset, int whence)
    {
        auto &input = *static_cast<Input *>(data);
        const std::int64_t base = whence == SEEK_SET   ? 0
                                  : whence == SEEK_CUR ? input.position
                                                       : input.source->size();
        const std::int64_t wanted = base + offset;
        if (wanted < 0 || !input.source->seek(wanted))
            return ARCHIVE_FATAL;
        input.position = wanted;
        return wanted;
    }
};

void ArchiveReader::Free::operator()(archive *opened) const
{
    archive_read_free(opened);
}

/// The file that an archive stands at.
class ArchiveReader::EntrySource final : public ByteSource
{
public:
    explicit EntrySource(ArchiveReader &reader) : m_reader(reader) {}

    Result<std::size_t> read(char *to, std::size_t size) override
    {
        if (m_ended)
            return std::size_t{0};
        const la_ssize_t count = archive_read_data(m_reader.m_archive.get(), to, size);
        if (count > 0)
            return static_cast<std::size_t>(count);
        m_ended = true;
        if (count < 0) {
            const Error failure = m_reader.failure();
            if (failure.kind == Error::Kind::Cancelled)
                return failure;
            m_damage =
                QCoreApplication::translate(
                    "DumpReader", "it is damaged in the archive (%1); what came before the damage was read")
                    .arg(failure.message);
        }
        return std::size_t{0};
    }

    std::int64_t bytesRead() const override { return m_reader.bytesRead(); }
    QString damage() const override { return m_damage; }

private:
    ArchiveReader &m_reader;
    QString m_damage;
    bool m_ended = false;
};

namespace {

/// `ustar` stands in every header that today's programs write.
bool isTar(std::string_view head)
{
    constexpr std::size_t kMagicAt = 257;
    return head.size() >= 512 && head.substr(kMagicAt, 5) == "ustar";
}

QString pathOf(archive_entry *entry)
{
    if (const char *utf8 = archive_entry_pathname_utf8(entry))
        return QString::fromUtf8(utf8);
    // A name that the locale cannot express: some bytes of it may be lost, but it is a label only.
    if (const wchar_t *wide = archive_entry_pathname_w(entry))
        return QString::fromWCharArray(wide);
    if (const char *bytes = archive_entry_pathname(entry))
        return QString::fromUtf8(bytes);
    return QStringLiteral("?");
}

bool isHidden(const QString &path)
{
    const QStringList parts = path.split(u'/', Qt::SkipEmptyParts);
    return std::any_of(parts.begin(), parts.end(), [](const QString &part) {
        const bool isStep = part == u"." || part == u"..";
        return part == u"__MACOSX" || (part.startsWith(u'.') && !isStep);
    });
}

} // namespace

bool isArchive(std::string_view head)
{
    using namespace std::string_view_literals;
    return head.starts_with("PK\x03\x04"sv) || head.starts_with("PK\x05\x06"sv) || isTar(head);
}

ArchiveReader::ArchiveReader(std::unique_ptr<ByteSource> source)
    : m_input(std::make_unique<Input>()), m_archive(archive_read_new())
{
    m_input->source = std::move(source);
    archive *opened = m_archive.get();
    archive_read_support_format_zip(opened);
    archive_read_support_format_tar(opened);
    archive_read_set_read_callback(opened, &Input::read);
    if (m_input->source->size() >= 0)
        archive_read_set_seek_callback(opened, &Input::seek);
    archive_read_set_callback_data(opened, m_input.get());
    archive_read_open1(opened); // what fails here fails again in next()
}

ArchiveReader::~ArchiveReader() = default;

std::int64_t ArchiveReader::bytesRead() const
{
    return m_input->source->bytesRead();
}

Error ArchiveReader::failure() const
{
    if (m_input->error)
        return *m_input->error;
    const char *text = archive_error_string(m_archive.get());
    return makeError(Error::Kind::Io, text ? QString::fromUtf8(text) : QStringLiteral("?"));
}

Result<std::optional<ArchiveReader::Entry>> ArchiveReader::next()
{
    for (;;) {
        archive_entry *entry = nullptr;
        const int state = archive_read_next_header(m_archive.get(), &entry);
        if (state == ARCHIVE_EOF)
            return std::optional<Entry>();
        if (state != ARCHIVE_OK && state != ARCHIVE_WARN) {
            const Error found = failure();
            if (found.kind == Error::Kind::Cancelled)
                return found;
            return makeError(
                Error::Kind::Io,
                QCoreApplication::translate("DumpReader", "the archive is damaged: %1").arg(found.message));
        }
        if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink_utf8(entry))
            continue;
        const QString path = pathOf(entry);
        return std::optional(Entry{path, isHidden(path), archive_entry_is_data_encrypted(entry) != 0});
    }
}

std::unique_ptr<ByteSource> ArchiveReader::open()
{
    return std::make_unique<EntrySource>(*this);
}

} // namespace genscope
