// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jsontree.h"

#include "core/format.h"

#include <QCoreApplication>
#include <QLocale>

namespace genscope {

namespace {

/// Cuts UTF-8 between characters, and never inside an escape sequence.
std::string_view cutString(std::string_view token, std::size_t bytes)
{
    std::size_t end = 0;
    for (std::size_t i = 0; i < token.size() && i <= bytes;) {
        end = i;
        const auto c = static_cast<unsigned char>(token[i]);
        if (c == '\\')
            i += i + 1 < token.size() && token[i + 1] == 'u' ? 6 : 2;
        else
            i += c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    }
    return token.substr(0, end);
}

class PrettyPrinter
{
public:
    explicit PrettyPrinter(const PrettyLimits &limits) : m_limits(limits) {}

    PrettyText print(const JsonValue &value)
    {
        write(value, 0);
        PrettyText result;
        result.text = QString::fromUtf8(m_out.data(), static_cast<qsizetype>(m_out.size()));
        result.cut = m_cut;
        return result;
    }

private:
    bool full()
    {
        if (m_out.size() < m_limits.totalBytes)
            return false;
        m_cut = true;
        return true;
    }

    void write(const JsonValue &value, int depth)
    {
        if (value.isObject() || value.isArray())
            return writeContainer(value, depth);
        const std::string_view token = value.raw();
        if (!value.isString() || token.size() <= m_limits.stringBytes + 2) {
            m_out += token;
            return;
        }
        m_cut = true;
        m_out += cutString(token, m_limits.stringBytes + 1); // and the opening quote
        m_out += QCoreApplication::translate("PrettyJson", "…\" (%1 in all)")
                     .arg(formatBytes(static_cast<std::int64_t>(token.size()) - 2, QLocale()))
                     .toStdString();
    }

    void writeContainer(const JsonValue &value, int depth)
    {
        const bool object = value.isObject();
        m_out += object ? '{' : '[';
        for (int i = 0; i < value.size(); ++i) {
            newLine(depth + 1);
            if (full()) {
                m_out += QCoreApplication::translate("PrettyJson", "… %n more", nullptr, value.size() - i)
                             .toStdString();
                break;
            }
            const JsonValue child = value.at(i);
            if (object) {
                m_out += child.rawKey();
                m_out += ": ";
            }
            write(child, depth + 1);
            if (i + 1 < value.size())
                m_out += ',';
        }
        if (value.size() > 0)
            newLine(depth);
        m_out += object ? '}' : ']';
    }

    void newLine(int depth)
    {
        m_out += '\n';
        m_out.append(static_cast<std::size_t>(depth) * 2, ' ');
    }

    PrettyLimits m_limits;
    std::string m_out;
    bool m_cut = false;
};

} // namespace

PrettyText prettyJson(const JsonValue &value, const PrettyLimits &limits)
{
    return PrettyPrinter(limits).print(value);
}

} // namespace genscope
