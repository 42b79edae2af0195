// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/prices/whatifdialog.h"

#include "app/tables/tablestyle.h"
#include "charts/theme.h"
#include "core/format.h"
#include "models/pricedraft.h"
#include "models/tablecolumns.h"
#include "pricing/pricebook.h"
#include "workspace/workspace.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QTabWidget>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

namespace genscope {

namespace {

constexpr int kPatienceMs = 250; ///< between a key press and its answer
constexpr std::array kRateUnits = {PriceUnit::InputToken, PriceUnit::OutputToken, PriceUnit::CacheReadToken,
                                   PriceUnit::CacheWriteToken};

QComboBox *makeChoice(const QString &name, const QString &placeholder)
{
    auto *combo = new QComboBox;
    combo->setEditable(true);
    combo->setInsertPolicy(QComboBox::NoInsert);
    combo->lineEdit()->setPlaceholderText(placeholder);
    combo->setAccessibleName(name);
    combo->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    return combo;
}

QStringList modelChoices(const PriceBook &book)
{
    QStringList names;
    for (const std::string_view name : book.modelNames())
        names += QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    names.removeDuplicates();
    names.sort(Qt::CaseInsensitive);
    return names;
}

} // namespace

QString substitutionText(const Substitution &substitution)
{
    const QString traffic = substitution.traffic.isEmpty()
                                ? WhatIfDialog::tr("everything")
                                : QString::fromStdString(substitution.traffic.toString());
    if (substitution.factor)
        return WhatIfDialog::tr("%1 at × %2")
            .arg(traffic, QString::fromStdString(substitution.factor->toString()));
    if (substitution.rates)
        return WhatIfDialog::tr("%1 at %2").arg(traffic, ratesSummary(*substitution.rates, QLocale()));
    return WhatIfDialog::tr("%1 as %2").arg(traffic, QString::fromStdString(substitution.model));
}

WhatIfDialog::WhatIfDialog(Workspace *workspace, const PricingView &current, std::function<Timestamp()> now,
                           QWidget *parent)
    : QDialog(parent),
      m_workspace(workspace),
      m_now(std::move(now)),
      m_base(current),
      m_timer(new QTimer(this))
{
    setWindowTitle(tr("What if"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(16);
    layout->addWidget(makeQuestion());
    layout->addWidget(makeAnswer(), 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_apply = buttons->addButton(tr("Show it everywhere"), QDialogButtonBox::AcceptRole);
    m_apply->setToolTip(tr("Every chart and table shows these costs until the view is cleared"));
    m_apply->setDefault(true);
    m_apply->setEnabled(false);
    buttons->button(QDialogButtonBox::Cancel)->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        if (const auto made = view()) {
            Q_EMIT applied(*made);
            accept();
        }
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    m_timer->setSingleShot(true);
    m_timer->setInterval(kPatienceMs);
    connect(m_timer, &QTimer::timeout, this, &WhatIfDialog::ask);
    for (QLineEdit *edit : findChildren<QLineEdit *>())
        connect(edit, &QLineEdit::textChanged, this, &WhatIfDialog::askSoon);
    for (QRadioButton *button : findChildren<QRadioButton *>())
        connect(button, &QRadioButton::toggled, this, &WhatIfDialog::askSoon);
    resize(760, 620);
    take(current);
    listModels();
}

QWidget *WhatIfDialog::makeQuestion()
{
    auto *box = new QWidget;
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    m_traffic = makeChoice(tr("Traffic"), tr("everything that the filter shows"));
    grid->addWidget(new QLabel(tr("Calls of")), 0, 0);
    grid->addWidget(m_traffic, 0, 1);
    m_asModel = new QRadioButton(tr("as model"));
    m_asModel->setChecked(true);
    m_model = makeChoice(tr("Other model"), tr("such as gpt-4o-mini"));
    grid->addWidget(m_asModel, 1, 0);
    grid->addWidget(m_model, 1, 1);
    m_atRates = new QRadioButton(tr("at rates"));
    auto *rates = new QHBoxLayout;
    rates->setSpacing(8);
    for (std::size_t i = 0; i < m_rates.size(); ++i) {
        m_rates[i] = new QLineEdit;
        m_rates[i]->setPlaceholderText(unitText(kRateUnits[i]));
        m_rates[i]->setToolTip(tr("%1, USD per million tokens").arg(unitText(kRateUnits[i])));
        m_rates[i]->setAccessibleName(unitText(kRateUnits[i]));
        connect(m_rates[i], &QLineEdit::textEdited, m_atRates, [this] { m_atRates->setChecked(true); });
        rates->addWidget(m_rates[i]);
    }
    grid->addWidget(m_atRates, 2, 0);
    grid->addLayout(rates, 2, 1);
    m_atFactor = new QRadioButton(tr("at its rates ×"));
    m_factor = new QLineEdit;
    m_factor->setPlaceholderText(tr("0.5 is half"));
    m_factor->setAccessibleName(tr("Factor"));
    connect(m_factor, &QLineEdit::textEdited, m_atFactor, [this] { m_atFactor->setChecked(true); });
    connect(m_model, &QComboBox::currentTextChanged, m_asModel, [this](const QString &text) {
        if (!text.isEmpty())
            m_asModel->setChecked(true);
    });
    grid->addWidget(m_atFactor, 3, 0);
    grid->addWidget(m_factor, 3, 1);
    grid->setColumnStretch(1, 1);
    return box;
}

QWidget *WhatIfDialog::makeAnswer()
{
    auto *box = new QWidget;
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_answer = new QLabel;
    m_answer->setFont(titleFont(font()));
    m_answer->setTextFormat(Qt::PlainText);
    m_answer->setWordWrap(true);
    m_answer->setAccessibleName(tr("Answer"));
    layout->addWidget(m_answer);
    auto *tabs = new QTabWidget;
    tabs->setDocumentMode(true);
    const QString titles[WhatIf::kByCount] = {tr("By model"), tr("By customer"), tr("By day")};
    for (std::size_t i = 0; i < WhatIf::kByCount; ++i) {
        auto *table = new QTableView;
        dressTable(table, titles[i]);
        m_changes[i] = new WhatIfModel(static_cast<WhatIf::By>(i), table);
        table->setModel(m_changes[i]);
        table->horizontalHeader()->setSectionResizeMode(WhatIfModel::NameColumn, QHeaderView::Stretch);
        tabs->addTab(table, titles[i]);
    }
    layout->addWidget(tabs, 1);
    return box;
}

/// The models to choose from are found on a worker.
void WhatIfDialog::listModels()
{
    struct Names
    {
        QStringList seen;
        QStringList known;
    };
    m_workspace->compute<Names>(
        this, QStringLiteral("models"),
        [](const Selection &selection) {
            Names names;
            Query query;
            query.measures = {Measure::Generations};
            query.by = {*Field::parse("model")};
            if (const auto table = runQuery(query, selection.scope, selection.rows, selection.context)) {
                for (const auto &row : table->rows) {
                    if (const auto *name = std::get_if<std::string>(&row[0]))
                        names.seen += QString::fromStdString(*name);
                }
            }
            if (selection.prices)
                names.known = modelChoices(*selection.prices);
            return names;
        },
        [this](const Names &names) {
            const QString traffic = m_traffic->currentText();
            const QString model = m_model->currentText();
            const QSignalBlocker quietTraffic(m_traffic);
            const QSignalBlocker quietModel(m_model);
            m_traffic->addItems(QStringList(QString()) + names.seen);
            m_model->addItems(QStringList(QString()) + names.known);
            m_traffic->setEditText(traffic);
            m_model->setEditText(model);
        });
}

void WhatIfDialog::take(const PricingView &current)
{
    if (current.whatIf.empty())
        return askSoon();
    const Substitution &first = current.whatIf.front();
    m_traffic->setEditText(QString::fromStdString(first.traffic.toString()));
    m_model->setEditText(QString::fromStdString(first.model));
    if (first.factor) {
        m_factor->setText(QString::fromStdString(first.factor->toString()));
        m_atFactor->setChecked(true);
    }
    if (first.rates) {
        for (std::size_t i = 0; i < m_rates.size(); ++i)
            m_rates[i]->setText(rateText(rateOf(*first.rates, kRateUnits[i]), kRateUnits[i], locale()));
        m_atRates->setChecked(true);
    }
    askSoon();
}

std::optional<Substitution> WhatIfDialog::substitution() const
{
    Substitution made;
    const QString traffic = m_traffic->currentText().trimmed();
    if (m_traffic->findText(traffic) > 0)
        made.traffic = Filter::equals(*Field::parse("model"), traffic.toStdString());
    else if (const auto filter = Filter::parse(traffic.toStdString()); filter && !traffic.isEmpty())
        made.traffic = *filter; // any filter may be typed
    else if (!traffic.isEmpty())
        made.traffic = Filter::equals(*Field::parse("model"), traffic.toStdString());
    if (m_asModel->isChecked()) {
        made.model = m_model->currentText().trimmed().toStdString();
        return made.model.empty() ? std::nullopt : std::optional(made);
    }
    if (m_atFactor->isChecked()) {
        made.factor = Decimal::parse(m_factor->text().trimmed().toStdString());
        return made.factor && !made.factor->isNegative() ? std::optional(made) : std::nullopt;
    }
    RateSet rates;
    for (std::size_t i = 0; i < m_rates.size(); ++i) {
        const QString text = m_rates[i]->text().trimmed();
        const Amount rate = text.isEmpty() ? Amount() : parseRate(text, kRateUnits[i], locale());
        const bool isNeeded = i < 2; // input and output
        if ((isNeeded || !text.isEmpty()) && (!rate || !rateProblem(kRateUnits[i], *rate).isEmpty()))
            return std::nullopt;
        if (rate)
            setRate(rates, kRateUnits[i], *rate);
    }
    made.rates = std::make_shared<const RateSet>(rates);
    return made;
}

std::optional<PricingView> WhatIfDialog::view() const
{
    const auto first = substitution();
    if (!first)
        return std::nullopt;
    PricingView made = m_base;
    if (made.whatIf.empty())
        made.whatIf.push_back(*first);
    else
        made.whatIf.front() = *first;
    return made;
}

void WhatIfDialog::askSoon()
{
    if (m_apply != nullptr)
        m_apply->setEnabled(false);
    m_timer->start();
}

void WhatIfDialog::ask()
{
    const auto asked = view();
    m_apply->setEnabled(asked.has_value());
    if (!asked) {
        m_answer->setText(m_asModel->isChecked() ? tr("Priced as which model?") : tr("At which price?"));
        for (WhatIfModel *model : m_changes)
            model->clear();
        return;
    }
    if (m_answer->text().isEmpty())
        m_answer->setText(tr("Computing…"));
    m_workspace->compute<Result<WhatIf>>(
        this, QStringLiteral("answer"),
        [view = *asked, now = m_now()](const Selection &selection) -> Result<WhatIf> {
            return whatIf(selection, view, now);
        },
        [this](const Result<WhatIf> &answer) { showAnswer(answer); });
}

void WhatIfDialog::showAnswer(const Result<WhatIf> &answer)
{
    if (!answer) {
        if (answer.error().kind != Error::Kind::Cancelled)
            m_answer->setText(answer.error().message);
        return;
    }
    for (WhatIfModel *model : m_changes)
        model->setAnswer(*answer);
    const CostChange &total = answer->costs.total;
    const QLocale language = locale();
    const auto money = [&](const std::optional<Money> &amount) {
        return amount ? formatMoney(*amount, language) : tr("unpriced");
    };
    QString text = tr("%1 → %2").arg(money(total.before), money(total.after));
    if (total.change()) {
        const QString percent = moneyChangePercent(*total.before, *total.after, language);
        text += QStringLiteral("   ") + signedMoney(*total.change(), language);
        if (!percent.isEmpty())
            text += QStringLiteral(" (%1)").arg(percent);
    }
    text += QLatin1Char('\n') +
            tr("%1 generations priced otherwise").arg(formatCount(answer->costs.assumed, language));
    if (total.unpriced > 0)
        text += tr(", %1 unpriced").arg(formatCount(total.unpriced, language));
    m_answer->setText(text);
}

QString WhatIfDialog::answerText() const
{
    return m_answer->text();
}

} // namespace genscope
