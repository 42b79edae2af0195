// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/stoptoken.h"
#include "store/connection.h"

#include <QString>

namespace genscope {

/// Puts a new file in the place of an open store: nothing is written to the old one from begin() on, and
/// nobody has it open at the moment of the change, so that no log of the old file can be taken for one of the
/// new. @thread one
class FileReplacement
{
public:
    /// @param old  opened with Access::Rebuild
    FileReplacement(const Connection &old, const WriterWait &wait, const StopToken &stop);
    ~FileReplacement(); ///< lets others write again
    FileReplacement(const FileReplacement &) = delete;
    FileReplacement &operator=(const FileReplacement &) = delete;

    /// Keeps other programs from writing. @error Io, Cancelled
    Status begin();
    /// Waits until nobody reads the old file, and gives its name to @p newFile, in one step. @param keepOld
    /// the old file is kept under another name, keptOld(). @error Io, Cancelled
    Status finish(const QString &newFile, bool keepOld);
    const QString &keptOld() const { return m_keptOld; }

private:
    Status foldInLog();
    Status keep();

    const Connection &m_old;
    WriterWait m_wait;
    StopToken m_stop;
    QString m_keptOld;
};

} // namespace genscope
