// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <utility>
#include <variant>

namespace genscope {

/// Why something could not be done. The kind decides the exit status of the command line
/// (docs/user-guide.md).
struct Error
{
    enum class Kind {
        Usage,     ///< the request itself is wrong: exit 2
        Io,        ///< a file or store could not be read or written: exit 3
        Parse,     ///< the bytes are not what they should be
        Database,  ///< SQLite refused
        Network,   ///< the remote side refused or failed: exit 4
        Cancelled, ///< the user asked to stop
    };

    Kind kind = Kind::Io;
    /// A sentence for a person: names the file, line or value it is about and what to do.
    QString message;
};

/// A value of type @p T, or the Error that kept it from being made.
template<typename T>
class [[nodiscard]] Result
{
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }

    T &value() & { return std::get<0>(m_state); }
    const T &value() const & { return std::get<0>(m_state); }
    T &&value() && { return std::get<0>(std::move(m_state)); }
    T &operator*() & { return value(); }
    const T &operator*() const & { return value(); }
    T *operator->() { return &value(); }
    const T *operator->() const { return &value(); }

    const Error &error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

/// Success without a value.
struct Done
{
};

using Status = Result<Done>;

inline Error makeError(Error::Kind kind, QString message)
{
    return Error{kind, std::move(message)};
}

} // namespace genscope
