// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/quality.h"

#include "cli/output.h"
#include "core/format.h"

#include <QCoreApplication>
#include <QLocale>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::CommandLine)
};

std::string textJson(const QString &text)
{
    return jsonString(text.toStdString());
}

std::string findingJson(const DataFinding &finding)
{
    const IssueWords words = issueWords(finding.issue);
    const bool warning = issueRule(finding.issue).severity == IssueSeverity::Warning;
    std::string examples;
    for (const Uuid &uuid : finding.examples) {
        if (!examples.empty())
            examples += ',';
        examples += jsonString(uuid.toString());
    }
    return "{\"code\":" + jsonString(dataIssueCode(finding.issue)) + ",\"severity\":\"" +
           (warning ? "warning" : "note") + "\",\"title\":" + textJson(words.title) +
           ",\"events\":" + std::to_string(finding.events) +
           ",\"generations\":" + std::to_string(finding.generations) +
           ",\"checked\":" + std::to_string(finding.checked) +
           ",\"share\":" + cellJson(Cell(finding.share()), {}) + ",\"examples\":[" + examples +
           "],\"evidence\":" + textJson(finding.evidence) + ",\"effect\":" + textJson(words.effect) +
           ",\"advice\":" + textJson(words.advice) +
           ",\"filter\":" + jsonString(finding.filter().toString()) + '}';
}

QString nothingWrong(int events)
{
    return Text::tr("Nothing looks wrong in %Ln event(s).\n", nullptr, events);
}

QString headline(const DataFinding &finding, const IssueWords &words)
{
    const bool warning = issueRule(finding.issue).severity == IssueSeverity::Warning;
    return Text::tr("%1: %2: %Ln event(s), %3\n", nullptr, static_cast<int>(finding.events))
        .arg(warning ? Text::tr("Warning") : Text::tr("Note"), words.title,
             formatRatio(finding.share(), QLocale()));
}

} // namespace

Result<std::vector<DataFinding>> qualityOf(const Selection &selection)
{
    return findDataIssues(selection.context.data, *selection.context.cache);
}

std::string findingsJson(const std::vector<DataFinding> &findings)
{
    std::string json = "[";
    for (const DataFinding &finding : findings) {
        if (json.size() > 1)
            json += ',';
        json += findingJson(finding);
    }
    return json + ']';
}

std::string findingsText(const std::vector<DataFinding> &findings, std::int64_t events)
{
    if (findings.empty())
        return nothingWrong(static_cast<int>(events)).toStdString();
    QString text;
    for (const DataFinding &finding : findings) {
        const IssueWords words = issueWords(finding.issue);
        text += headline(finding, words);
        for (const QString &line : {finding.evidence, words.effect, words.advice})
            text += QStringLiteral("  ") + line + QLatin1Char('\n');
        text += QStringLiteral("  --where '%1'\n").arg(QString::fromStdString(finding.filter().toString()));
    }
    return text.toStdString();
}

} // namespace genscope
