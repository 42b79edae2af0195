// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/lists.h"
#include "analytics/pricingview.h"
#include "analytics/query.h"
#include "cli/exitstatus.h"
#include "core/result.h"
#include "workspace/selection.h"

#include <QCommandLineParser>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace genscope {

enum class OutputFormat { Text, Csv, Json, JsonLines };

/// The options of one sub-command. Unknown options, missing values and options given to commands that do not
/// have them are usage errors; `--help` prints the command's help and ends with status 0.
class OptionParser
{
public:
    OptionParser(const char *command, const QString &arguments, const QString &description);

    void addFlag(const char *name, const QString &description);
    void addValue(const char *name, const QString &valueName, const QString &description);
    void addScopeOptions();  ///< --from --to --range --where --view and the view options
    void addViewOptions();   ///< --zone --cost --prices --customer
    void addPricesOption();  ///< --prices
    void addKindsOption();   ///< --kinds
    void addOutputOptions(); ///< --format --out

    /// False if the command is over (help was printed, or the usage was wrong); then exitStatus() says how.
    bool parse(const QStringList &arguments, int minPositional, int maxPositional);
    ExitStatus exitStatus() const { return m_exitStatus; }

    const QStringList &positional() const { return m_positional; }
    /// False also for an option that the command does not have.
    bool has(const char *name) const { return m_parser.optionNames().contains(QLatin1String(name)); }
    /// Empty without the option.
    QString value(const char *name) const
    {
        return has(name) ? m_parser.value(QLatin1String(name)) : QString();
    }
    /// Of an option that may be given several times.
    /// What --what-if assumes, in the order given. @error Usage
    Result<std::vector<Substitution>> substitutions() const;
    QStringList values(const char *name) const { return m_parser.values(QLatin1String(name)); }
    std::string text(const char *name) const { return value(name).toStdString(); }

    Result<Scope> scope() const;
    Result<KindSet> kinds() const; ///< generations where not asked for
    Result<OutputFormat> outputFormat() const;

private:
    QCommandLineParser m_parser;
    QString m_command;
    QString m_usage;
    QStringList m_known; ///< options, as they are written
    QStringList m_positional;
    ExitStatus m_exitStatus = ExitStatus::Done;
};

/// Splits `a,b, c` at commas outside of backticks; empty parts are an error of the caller's.
std::vector<std::string> splitNames(const std::string &list);

/// Opens a store and selects what @p scope asks for. @error as StoreReader::open() and makeSelection()
Result<std::shared_ptr<const Selection>> openSelection(const QString &storePath, const Scope &scope);
/// The same for the store named first and the scope that @p options ask for; notes a range without data.
Result<std::shared_ptr<const Selection>> openSelection(const OptionParser &options);
/// Says on standard error where the data lies if all of it lies before or after @p range: an empty answer
/// must not pass for "nothing was spent".
void noteEmptyRange(const TimeRange &range, const Selection &selection);

} // namespace genscope
