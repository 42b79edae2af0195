// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace genscope {

/// A line of two texts laid beside each other.
struct DiffLine
{
    enum class Kind {
        Same,
        Changed, ///< both have a line here, and they differ
        Left,    ///< only the left text has it
        Right,   ///< only the right text has it
    };
    Kind kind = Kind::Same;
    QString left;
    QString right;

    bool operator==(const DiffLine &) const = default;
};

/// The shortest way from one text to the other, line by line. Texts that are too long and too different to be
/// compared in a moment are laid beside each other without looking for what they share, but for their
/// beginning and end. @thread any
std::vector<DiffLine> diffLines(const QString &left, const QString &right);

} // namespace genscope
