// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/importer.h"
#include "store/storereader.h"

#include <QByteArray>
#include <QFile>
#include <QTemporaryDir>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace genscope::test {

/// The uuid that ends in @p number.
std::string uuidText(int number);

/// Writes one event as a line of a batch export.
struct EventLine
{
    std::string event = "$ai_generation";
    int uuid = 1;
    std::string timestamp = "2025-06-02T10:00:00Z";
    std::string distinctId = "ada";
    std::string properties = "{}";
    std::string more = {}; ///< further members, with a leading comma

    std::string line() const;
};

/// @p count lines with a bit of everything: kinds, users, groups, costs, content, rejects, `$identify`.
std::string variedDump(int count);

/// A temporary folder with a store in it.
class StoreTest : public ::testing::Test
{
protected:
    QString path(const QString &name) const { return m_folder.filePath(name); }
    QString store() const { return path(QStringLiteral("test.genscope")); }
    QString write(const QString &name, const std::string &bytes) const;
    /// A store of ten events as Genscope wrote it at first, before there were columns for rare usage.
    QString storeOfVersion1(const QString &name) const;

    /// Imports that text as one file. Options other than the default can be given.
    ImportReport import(const std::string &lines, const ImportOptions &options = {}) const
    {
        return importInto(store(), lines, options);
    }
    ImportReport importInto(const QString &store, const std::string &lines,
                            const ImportOptions &options = {}) const;

    std::shared_ptr<StoreReader> reader() const { return readerOf(store()); }
    static std::shared_ptr<StoreReader> readerOf(const QString &store);
    /// The newest copy of an event as captured.
    std::string raw(int uuid) const;
    /// A property of every row that has it, by the number of the row's uuid.
    std::map<int, std::string> property(PropertyPath::Scope scope, const std::string &name,
                                        const std::string &groupType = {}) const;
    std::map<int, std::string> content(EventSource::Content content) const;

private:
    QTemporaryDir m_folder;
};

/// Everything that a store knows, as text, whatever the order in which it came to know it: for comparing.
std::string contentsOf(const QString &store);
/// Checks that the columns say what the `event` table says.
void expectColumnsMatchTable(const QString &store);
/// The first number of @p sql, over all of the store.
std::int64_t numberFrom(const QString &store, const char *sql);

} // namespace genscope::test
