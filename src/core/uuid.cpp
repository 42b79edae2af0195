// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/uuid.h"

#include <QUuid>

namespace genscope {

namespace {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

} // namespace

std::optional<Uuid> Uuid::parse(std::string_view text)
{
    const bool hyphens = text.size() == 36;
    if (!hyphens && text.size() != 32)
        return std::nullopt;
    Uuid uuid;
    std::size_t at = 0;
    for (std::size_t i = 0; i < 16; ++i) {
        if (hyphens && (i == 4 || i == 6 || i == 8 || i == 10)) {
            if (text[at] != '-')
                return std::nullopt;
            ++at;
        }
        const int high = hexDigit(text[at]);
        const int low = hexDigit(text[at + 1]);
        if (high < 0 || low < 0)
            return std::nullopt;
        uuid.bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
        at += 2;
    }
    return uuid;
}

Uuid Uuid::derivedFrom(std::string_view bytes)
{
    static const QUuid kNamespace(0x6f1d7a52, 0x3c0e, 0x4c1b, 0x9a, 0x7e, 0x51, 0x0d, 0x2b, 0x88, 0xe4, 0x93);
    const QByteArray raw =
        QUuid::createUuidV5(kNamespace,
                            QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size())))
            .toRfc4122();
    Uuid uuid;
    std::memcpy(uuid.bytes.data(), raw.constData(), 16);
    return uuid;
}

Uuid Uuid::fromText(std::string_view text)
{
    if (const auto uuid = parse(text))
        return *uuid;
    return derivedFrom(text);
}

std::string Uuid::toString() const
{
    static constexpr char kHex[] = "0123456789abcdef";
    std::string text;
    text.reserve(36);
    for (std::size_t i = 0; i < 16; ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            text += '-';
        text += kHex[bytes[i] >> 4];
        text += kHex[bytes[i] & 15];
    }
    return text;
}

} // namespace genscope
