// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/costchangedialog.h"

#include "app/tables/tablestyle.h"
#include "charts/theme.h"
#include "charts/waterfallchart.h"
#include "core/format.h"
#include "models/costdriversmodel.h"
#include "models/tablecolumns.h"
#include "workspace/periodcost.h"
#include "workspace/timepresets.h"
#include "workspace/workspace.h"

#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace genscope {

namespace {

struct Explained
{
    std::optional<CostPeriods> periods;
    Result<CostDriversAnswer> answer;
};

Result<CostDriversAnswer> explain(const Selection &selection, const CostPeriods &periods,
                                  const std::string &by)
{
    const auto breakdown = costBreakdownOf(by);
    if (!breakdown)
        return breakdown.error();
    return explainCostChange(*breakdown, periods.before, periods.after, selection);
}

} // namespace

CostChangeDialog::CostChangeDialog(Workspace *workspace, QWidget *parent)
    : QDialog(parent),
      m_workspace(workspace),
      m_answer(new QLabel(this)),
      m_sentence(new QLabel(this)),
      m_periods(new QLabel(this)),
      m_unpriced(new QLabel(this)),
      m_by(new QComboBox(this)),
      m_chart(new WaterfallChart(this)),
      m_model(new CostDriversModel(this))
{
    setWindowTitle(tr("Why the cost changed"));
    setAttribute(Qt::WA_DeleteOnClose);
    for (QLabel *label : {m_answer, m_sentence, m_periods, m_unpriced}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_answer->setFont(titleFont(font()));
    m_answer->setAccessibleName(tr("Answer"));
    m_chart->setAccessibleName(tr("From the cost before to the cost now, step by step"));
    m_by->setAccessibleName(tr("Explain by"));
    for (const auto &[title, field] :
         {std::pair(tr("By model"), "model"), std::pair(tr("By provider"), "provider"),
          std::pair(tr("By customer"), "customer"), std::pair(tr("By user"), "user"),
          std::pair(tr("By span name"), "span_name")})
        m_by->addItem(title, QString::fromLatin1(field));

    auto *head = new QHBoxLayout;
    head->addWidget(m_answer, 1);
    head->addWidget(m_by, 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(8);
    layout->addLayout(head);
    layout->addWidget(m_sentence);
    layout->addWidget(m_periods);
    layout->addWidget(m_chart, 1);
    layout->addWidget(makeTable(), 1);
    layout->addWidget(m_unpriced);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_copy = buttons->addButton(tr("&Copy"), QDialogButtonBox::ActionRole);
    m_copy->setToolTip(tr("Copies the words and the table"));
    connect(m_copy, &QPushButton::clicked, this, &CostChangeDialog::copy);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    connect(m_by, &QComboBox::currentIndexChanged, this, &CostChangeDialog::ask);
    connect(m_workspace, &Workspace::selectionChanged, this, &CostChangeDialog::ask);
    connect(m_workspace, &Workspace::closed, this, &QDialog::close);
    resize(1080, 640);
    m_answer->setText(tr("Computing…"));
    ask();
}

QWidget *CostChangeDialog::makeTable()
{
    auto *table = new QTableView;
    dressTable(table, tr("Why the cost of each changed"));
    table->setModel(m_model);
    table->horizontalHeader()->setSectionResizeMode(CostDriversModel::NameColumn, QHeaderView::Stretch);
    for (int column = CostDriversModel::BeforeColumn; column < CostDriversModel::kColumns; ++column)
        setLeastWidth(table, column, column >= CostDriversModel::FirstPartColumn ? 100 : 84);
    return table;
}

QString CostChangeDialog::answerText() const
{
    return m_answer->text();
}

QString CostChangeDialog::sentenceText() const
{
    return m_sentence->text();
}

void CostChangeDialog::ask()
{
    m_workspace->compute<Explained>(
        this, QStringLiteral("drivers"),
        [view = m_workspace->view(),
         by = m_by->currentData().toString().toStdString()](const Selection &selection) {
            const auto periods =
                costPeriods(view.scope.range, view.comparison, selection.covered(), view.scope.zone);
            if (!periods)
                return Explained{periods, CostDriversAnswer{}};
            return Explained{periods, explain(selection, *periods, by)};
        },
        [this](const Explained &explained) {
            if (!explained.periods)
                return showNothing(tr("There is no data to explain."));
            const Zone &zone = m_workspace->scope().zone;
            m_periods->setText(tr("%1, against %2")
                                   .arg(rangeText(explained.periods->after, zone, locale()),
                                        rangeText(explained.periods->before, zone, locale())));
            showAnswer(explained.answer);
        });
}

void CostChangeDialog::showNothing(const QString &why)
{
    m_answer->setText(why);
    m_sentence->clear();
    m_copy->setEnabled(false);
    m_periods->clear();
    m_unpriced->clear();
    m_chart->setSteps({});
    m_model->clear();
}

/// What moved the cost most, and where.
QString CostChangeDialog::sentence(const CostDriversAnswer &answer) const
{
    const Money change = answer.total.change();
    if (change.pico == 0)
        return {};
    const CostDriverPart main = mainDriver(answer.total);
    QString text =
        tr("Mostly by %1 (%2).").arg(main.reason, signedMoney(answer.total.*main.amount, locale()));
    const auto sameWay = [&](const CostDrivers &row) {
        return (row.change().pico < 0) == (change.pico < 0) && row.change().pico != 0;
    };
    const auto largest = std::find_if(answer.rows.begin(), answer.rows.end(), sameWay);
    const auto *name = largest == answer.rows.end() ? nullptr : std::get_if<std::string>(&largest->value);
    if (name != nullptr && answer.rows.size() > 1)
        text += QLatin1Char(' ') +
                tr("Most of it in %1 (%2).")
                    .arg(QString::fromStdString(*name), signedMoney(largest->change(), locale()));
    return text;
}

/// As text with tabs, which spreadsheets take.
void CostChangeDialog::copy() const
{
    QStringList lines{m_answer->text(), m_sentence->text(), m_periods->text(), QString()};
    for (int row = -1; row < m_model->rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < m_model->columnCount(); ++column)
            cells << (row < 0 ? m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole)
                              : m_model->index(row, column).data(Qt::DisplayRole))
                         .toString();
        lines << cells.join(QLatin1Char('\t'));
    }
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void CostChangeDialog::showAnswer(const Result<CostDriversAnswer> &answer)
{
    if (!answer) {
        if (answer.error().kind != Error::Kind::Cancelled)
            showNothing(answer.error().message);
        return;
    }
    const CostDrivers &total = answer->total;
    const QLocale language = locale();
    QString text =
        tr("%1 → %2").arg(formatMoney(total.before, language), formatMoney(total.after, language)) +
        QStringLiteral("   ") + signedMoney(total.change(), language);
    if (total.before.pico > 0)
        text +=
            QStringLiteral(" (%1)").arg(signedRatio(total.after.usd() / total.before.usd() - 1, language));
    m_answer->setText(text);
    m_sentence->setText(sentence(*answer));
    m_copy->setEnabled(true);

    std::vector<WaterfallChart::Step> steps{{tr("Before"), {}, total.before, true}};
    for (const CostDriverPart &part : costDriverParts())
        steps.push_back({part.title, part.hint, total.*part.amount, false});
    steps.push_back({tr("Now"), {}, total.after, true});
    m_chart->setSteps(std::move(steps));
    const QString names[] = {tr("Model"), tr("Provider"), tr("Customer"), tr("User"), tr("Span name")};
    m_model->setAnswer(*answer, names[m_by->currentIndex()], m_by->currentIndex() == 0);
    m_unpriced->setText(total.unpriced > 0
                            ? tr("%n call(s) without a price are in no amount.", nullptr,
                                 static_cast<int>(std::min<std::int64_t>(total.unpriced, 2'000'000'000)))
                            : QString());
}

} // namespace genscope
