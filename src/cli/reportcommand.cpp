// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commandcontext.h"
#include "cli/options.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdio>
#include <iterator>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::CommandLine)
};

} // namespace

ExitStatus reportCommand(const QStringList &arguments, const ReportFunction &report)
{
    OptionParser options(
        "report", QStringLiteral("STORE --out DIR"),
        Text::tr("Writes the dashboard as a page and a PDF, with a picture and a CSV of every chart."));
    options.addScopeOptions();
    options.addValue("what-if", Text::tr("assumption"),
                     Text::tr("Prices some traffic as something else, as reprice does; may be repeated."));
    options.addValue("out", Text::tr("folder"), Text::tr("Where to write; made if it does not exist."));
    if (!options.parse(arguments, 1, 1))
        return options.exitStatus();
    if (!options.has("out"))
        return fail(
            makeError(Error::Kind::Usage, Text::tr("--out is missing: the folder to write the report to")));
    auto scope = options.scope();
    if (!scope)
        return fail(scope.error());
    auto substitutions = options.substitutions();
    if (!substitutions)
        return fail(substitutions.error());
    std::move(substitutions->begin(), substitutions->end(),
              std::back_inserter(scope->pricing.whatIf)); // behind those of a view
    const auto selection = openSelection(options.positional().first(), *scope);
    if (!selection)
        return fail(selection.error());
    const QString folder = options.value("out");
    if (const auto written = report(**selection, folder); !written)
        return fail(written.error());
    std::printf("%s\n", qUtf8Printable(folder + QStringLiteral("/index.html")));
    return ExitStatus::Done;
}

} // namespace genscope
