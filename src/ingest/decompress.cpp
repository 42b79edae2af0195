// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/decompress.h"

#include <QCoreApplication>

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace genscope {

namespace {

constexpr std::size_t kInputSize = 256 * 1024;
constexpr std::size_t kPeeked = 4096;     ///< enough to tell text from compressed data
constexpr std::size_t kTried = 64 * 1024; ///< enough for brotli to give some text
constexpr std::size_t kPiece = 64 * 1024;

/// What a decoder still has to read and where it writes to.
struct Window
{
    const char *in = nullptr;
    std::size_t inSize = 0;
    char *out = nullptr;
    std::size_t outSize = 0;

    void took(std::size_t bytes)
    {
        in += bytes;
        inSize -= bytes;
    }
    void gave(std::size_t bytes)
    {
        out += bytes;
        outSize -= bytes;
    }
};

/// One kind of compressed data.
class Decoder
{
public:
    enum class State { More, MemberEnd, Damaged };
    enum class Next { Member, NeedsInput, OtherData };

    Decoder() = default;
    virtual ~Decoder() = default;
    Decoder(const Decoder &) = delete;
    Decoder &operator=(const Decoder &) = delete;

    virtual bool ready() const = 0;
    virtual State decode(Window &window) = 0;
    /// What stands behind a member; another member is begun.
    virtual Next beginMember(Window &window) = 0;
    /// Of damaged data.
    virtual QString reason() const
    {
        return QCoreApplication::translate(
            "DumpReader", "the compressed data is damaged; what came before the damage was read");
    }

protected:
    static void skipPadding(Window &window) // tapes and tar pad with zeros
    {
        while (window.inSize > 0 && *window.in == '\0')
            window.took(1);
    }
};

class GzipDecoder final : public Decoder
{
public:
    GzipDecoder()
    {
        constexpr int kDetectHeader = 32; // gzip or zlib
        m_ready = inflateInit2(&m_stream, MAX_WBITS + kDetectHeader) == Z_OK;
    }
    ~GzipDecoder() override { inflateEnd(&m_stream); }

    bool ready() const override { return m_ready; }

    State decode(Window &window) override
    {
        m_stream.next_in = const_cast<Bytef *>(reinterpret_cast<const Bytef *>(window.in)); // never written
        m_stream.avail_in = static_cast<uInt>(window.inSize);
        m_stream.next_out = reinterpret_cast<Bytef *>(window.out);
        m_stream.avail_out = static_cast<uInt>(std::min<std::size_t>(window.outSize, 1u << 30));
        const auto room = m_stream.avail_out;
        const int state = inflate(&m_stream, Z_NO_FLUSH);
        window.took(window.inSize - m_stream.avail_in);
        window.gave(room - m_stream.avail_out);
        if (state == Z_STREAM_END)
            return State::MemberEnd;
        return state == Z_OK || state == Z_BUF_ERROR ? State::More : State::Damaged;
    }

    Next beginMember(Window &window) override
    {
        constexpr char kGzipMagic = '\x1f';
        skipPadding(window);
        if (window.inSize == 0)
            return Next::NeedsInput;
        if (*window.in != kGzipMagic)
            return Next::OtherData;
        inflateReset(&m_stream);
        return Next::Member;
    }

private:
    z_stream m_stream{};
    bool m_ready = false;
};

class ZstdDecoder final : public Decoder
{
public:
    bool ready() const override { return m_stream != nullptr; }

    State decode(Window &window) override
    {
        // What a call decoded before it failed is lost: take a block at a time.
        ZSTD_inBuffer in{window.in, std::min(window.inSize, m_blockSize), 0};
        ZSTD_outBuffer out{window.out, window.outSize, 0};
        const std::size_t state = ZSTD_decompressStream(m_stream.get(), &out, &in);
        window.took(in.pos);
        window.gave(out.pos);
        if (ZSTD_isError(state)) {
            m_windowTooLarge = ZSTD_getErrorCode(state) == ZSTD_error_frameParameter_windowTooLarge;
            return State::Damaged;
        }
        m_blockSize = state == 0 ? kFrameBegin : state;
        return state == 0 ? State::MemberEnd : State::More;
    }

    Next beginMember(Window &window) override
    {
        skipPadding(window);
        if (window.inSize == 0)
            return Next::NeedsInput;
        const auto first = static_cast<unsigned char>(*window.in);
        const bool isFrame = first == 0x28 || (first & 0xF0) == 0x50; // data, or to be skipped
        return isFrame ? Next::Member : Next::OtherData;
    }

    QString reason() const override
    {
        if (!m_windowTooLarge)
            return Decoder::reason();
        return QCoreApplication::translate(
            "DumpReader", "the zstd data needs more than 128 MB of memory; compress it without --long");
    }

private:
    struct Free
    {
        void operator()(ZSTD_DStream *stream) const { ZSTD_freeDStream(stream); }
    };
    static constexpr std::size_t kFrameBegin = 5; ///< the shortest header

    std::unique_ptr<ZSTD_DStream, Free> m_stream{ZSTD_createDStream()};
    std::size_t m_blockSize = kFrameBegin; ///< what the stream takes next
    bool m_windowTooLarge = false;
};

class BrotliDecoder final : public Decoder
{
public:
    bool ready() const override { return m_state != nullptr; }

    State decode(Window &window) override
    {
        const auto *in = reinterpret_cast<const std::uint8_t *>(window.in);
        auto *out = reinterpret_cast<std::uint8_t *>(window.out);
        // What was decoded is given only when a call ends: one that fails must not have decoded much.
        constexpr std::size_t kStep = 1024;
        const std::size_t given = std::min(window.inSize, kStep);
        std::size_t inSize = given;
        std::size_t outSize = window.outSize;
        const auto state =
            BrotliDecoderDecompressStream(m_state.get(), &inSize, &in, &outSize, &out, nullptr);
        window.took(given - inSize);
        window.gave(window.outSize - outSize);
        if (state == BROTLI_DECODER_RESULT_SUCCESS)
            return State::MemberEnd;
        return state == BROTLI_DECODER_RESULT_ERROR ? State::Damaged : State::More;
    }

    Next beginMember(Window &window) override
    {
        return window.inSize == 0 ? Next::NeedsInput : Next::OtherData;
    }

private:
    struct Free
    {
        void operator()(BrotliDecoderState *state) const { BrotliDecoderDestroyInstance(state); }
    };
    std::unique_ptr<BrotliDecoderState, Free> m_state{BrotliDecoderCreateInstance(nullptr, nullptr, nullptr)};
};

class DecodingSource final : public ByteSource
{
public:
    DecodingSource(std::unique_ptr<ByteSource> source, std::unique_ptr<Decoder> decoder)
        : m_source(std::move(source)), m_decoder(std::move(decoder)), m_input(kInputSize)
    {
    }

    Result<std::size_t> read(char *to, std::size_t size) override
    {
        if (!m_decoder->ready())
            return makeError(Error::Kind::Io, QCoreApplication::translate("DumpReader", "not enough memory"));
        m_window.out = to;
        m_window.outSize = size;
        while (m_window.outSize > 0 && !m_ended) {
            if (m_window.inSize == 0 && !m_holdsOutput) {
                if (const auto filled = fill(); !filled)
                    return filled.error();
                if (m_window.inSize == 0) {
                    endOfInput();
                    break;
                }
            }
            step();
        }
        return size - m_window.outSize;
    }

    std::int64_t bytesRead() const override { return m_source->bytesRead(); }
    QString damage() const override { return m_damage; }

private:
    Status fill()
    {
        const auto count = m_source->read(m_input.data(), m_input.size());
        if (!count)
            return count.error();
        m_window.in = m_input.data();
        m_window.inSize = *count;
        return Done{};
    }

    void endOfInput()
    {
        m_ended = true;
        m_damage = m_source->damage();
        if (!m_betweenMembers && m_damage.isEmpty()) {
            m_damage = QCoreApplication::translate(
                "DumpReader", "the compressed data ends early; what came before the cut was read");
        }
    }

    void end(const QString &damage)
    {
        m_ended = true;
        m_damage = damage;
    }

    void step()
    {
        if (m_betweenMembers) {
            const Decoder::Next next = m_decoder->beginMember(m_window);
            m_betweenMembers = next != Decoder::Next::Member;
            if (next == Decoder::Next::OtherData)
                end(QCoreApplication::translate("DumpReader", "other data follows the compressed data"));
            if (m_betweenMembers)
                return;
        }
        const Decoder::State state = m_decoder->decode(m_window);
        m_holdsOutput = state == Decoder::State::More && m_window.outSize == 0;
        m_betweenMembers = state == Decoder::State::MemberEnd;
        if (state == Decoder::State::Damaged)
            end(m_decoder->reason());
    }

    std::unique_ptr<ByteSource> m_source;
    std::unique_ptr<Decoder> m_decoder;
    std::vector<char> m_input;
    Window m_window;
    QString m_damage;
    bool m_holdsOutput = false; ///< the decoder may have more without any input
    bool m_betweenMembers = false;
    bool m_ended = false;
};

bool isZlib(std::string_view head)
{
    if (head.size() < 2 || head[0] != 'x' || looksLikeText(head))
        return false;
    const unsigned header = static_cast<unsigned char>(head[0]) * 256u + static_cast<unsigned char>(head[1]);
    return header % 31 == 0; // RFC 1950
}

bool isZstd(std::string_view head)
{
    using namespace std::string_view_literals;
    const bool isSkippable =
        head.size() >= 4 && (head[0] & '\xf0') == '\x50' && head.substr(1, 3) == "\x2a\x4d\x18"sv;
    return head.starts_with("\x28\xb5\x2f\xfd"sv) || isSkippable;
}

/// Whether @p head decodes to text, without an error as far as it goes, or to enough to be sure.
bool isBrotli(std::string_view head)
{
    constexpr std::size_t kSure = 64;
    BrotliDecoder decoder;
    std::vector<char> text(kPeeked);
    Window window{head.data(), head.size(), text.data(), text.size()};
    auto state = decoder.ready() ? Decoder::State::More : Decoder::State::Damaged;
    while (state == Decoder::State::More && window.inSize > 0 && window.outSize > 0)
        state = decoder.decode(window);
    const std::string_view decoded(text.data(), text.size() - window.outSize);
    const bool isSound = state != Decoder::State::Damaged || decoded.size() >= kSure;
    return isSound && decoded.find_first_not_of(" \t\r\n") != std::string_view::npos &&
           looksLikeText(decoded);
}

/// Formats that have a signature, so that nobody needs to guess brotli.
bool hasSignature(std::string_view head)
{
    using namespace std::string_view_literals;
    constexpr std::string_view kSignatures[] = {"PK\x03\x04"sv,
                                                "PAR1"sv,
                                                "SQLite format 3"sv,
                                                "ARROW1"sv,
                                                "Obj\x01"sv,
                                                "ORC"sv,
                                                "\xfd"
                                                "7zXZ"sv,
                                                "7z\xbc\xaf"sv};
    return std::any_of(std::begin(kSignatures), std::end(kSignatures),
                       [head](std::string_view signature) { return head.starts_with(signature); });
}

} // namespace

bool isGzip(std::string_view bytes)
{
    return bytes.starts_with("\x1f\x8b");
}

bool looksLikeText(std::string_view head)
{
    for (std::size_t at = 0; at < head.size();) {
        const auto c = static_cast<unsigned char>(head[at]);
        const bool isControl = (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
        if (isControl)
            return false;
        const std::size_t length = c < 0x80                ? 1
                                   : c >= 0xc2 && c < 0xe0 ? 2
                                   : c >= 0xe0 && c < 0xf0 ? 3
                                   : c >= 0xf0 && c < 0xf5 ? 4
                                                           : 0;
        if (length == 0)
            return false;
        for (std::size_t i = 1; i < length && at + i < head.size(); ++i) {
            if ((static_cast<unsigned char>(head[at + i]) & 0xC0) != 0x80)
                return false;
        }
        at += length;
    }
    return true;
}

Result<std::unique_ptr<ByteSource>> decompressed(std::unique_ptr<ByteSource> source)
{
    std::string head;
    if (const auto read = readAhead(*source, head, kPeeked); !read)
        return read.error();
    std::unique_ptr<Decoder> decoder;
    if (isGzip(head) || isZlib(head))
        decoder = std::make_unique<GzipDecoder>();
    else if (isZstd(head))
        decoder = std::make_unique<ZstdDecoder>();
    else if (!looksLikeText(head) && !hasSignature(head)) {
        if (const auto read = readAhead(*source, head, kTried); !read)
            return read.error();
        if (isBrotli(head))
            decoder = std::make_unique<BrotliDecoder>();
    }
    source = putBack(std::move(source), std::move(head));
    if (decoder)
        source = std::make_unique<DecodingSource>(std::move(source), std::move(decoder));
    return source;
}

Result<std::string> decompressedText(std::string_view bytes, std::size_t most)
{
    auto source = decompressed(bytesInMemory(bytes));
    if (!source)
        return source.error();
    std::string text;
    for (bool ended = false; !ended;) {
        const std::size_t before = text.size();
        if (before > most) {
            return makeError(
                Error::Kind::Io,
                QCoreApplication::translate("DumpReader", "it holds more than %1 MB").arg(most >> 20));
        }
        text.resize(before + kPiece);
        const auto count = (*source)->read(text.data() + before, kPiece);
        if (!count)
            return count.error();
        text.resize(before + *count);
        ended = *count == 0;
    }
    if (const QString damage = (*source)->damage(); !damage.isEmpty())
        return makeError(Error::Kind::Parse, damage);
    return text;
}

} // namespace genscope
