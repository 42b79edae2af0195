// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/prices/priceeditor.h"

#include "charts/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace genscope {

namespace {

constexpr int kMainRates = 4; ///< shown without being asked for
constexpr std::int64_t kUsualTier = 200'000;

QDate dateOf(Timestamp instant)
{
    return QDateTime::fromMSecsSinceEpoch(instant.us / 1000, Qt::UTC).date();
}

Timestamp instantOf(const QDate &date)
{
    return {QDateTime(date, QTime(0, 0), Qt::UTC).toMSecsSinceEpoch() * 1000};
}

QLabel *muted(const QString &text)
{
    auto *label = new QLabel(text);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setWordWrap(true);
    return label;
}

QDateEdit *makeDate(const QString &name, const std::optional<Timestamp> &value)
{
    auto *edit = new QDateEdit(value ? dateOf(*value) : QDateTime::currentDateTimeUtc().date());
    edit->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    edit->setAccessibleName(name);
    edit->setButtonSymbols(QAbstractSpinBox::NoButtons);
    edit->setMinimumWidth(edit->fontMetrics().horizontalAdvance(QStringLiteral("0000-00-00")) + 32);
    return edit;
}

} // namespace

PriceEditor::PriceEditor(Purpose purpose, const PriceDraft &draft, QWidget *parent)
    : QDialog(parent), m_purpose(purpose), m_originalValid(draft.valid), m_original(draft.rates)
{
    setWindowTitle(purpose == Purpose::Add ? tr("Add a price") : tr("Edit the price"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(16);
    layout->addWidget(makeNames(draft));

    m_suggestion = new QWidget;
    m_suggestionText = muted({});
    m_useSuggestion = new QPushButton(tr("Use these"));
    m_useSuggestion->setAutoDefault(false);
    auto *offer = new QHBoxLayout(m_suggestion);
    offer->setContentsMargins(0, 0, 0, 0);
    offer->addWidget(m_suggestionText, 1);
    offer->addWidget(m_useSuggestion);
    m_suggestion->hide();
    layout->addWidget(m_suggestion);

    layout->addWidget(makeRates(draft));
    layout->addWidget(makeTier(draft));
    layout->addWidget(makePeriod(draft));
    if (purpose == Purpose::Edit)
        layout->addWidget(makeChange());

    m_problem = new QLabel;
    m_problem->setWordWrap(true);
    m_problem->setAccessibleName(tr("What is wrong"));
    m_problem->setMinimumHeight(m_problem->fontMetrics().lineSpacing());
    QPalette warned = m_problem->palette();
    warned.setColor(QPalette::WindowText, Theme::of(palette()).warning);
    m_problem->setPalette(warned);
    layout->addWidget(m_problem);
    layout->addStretch(1);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_ok = buttons->addButton(purpose == Purpose::Add ? tr("Add the price") : tr("Save"),
                              QDialogButtonBox::AcceptRole);
    m_ok->setDefault(true);
    buttons->button(QDialogButtonBox::Cancel)->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);

    for (QLineEdit *edit : findChildren<QLineEdit *>())
        connect(edit, &QLineEdit::textChanged, this, &PriceEditor::check);
    for (QCheckBox *box : findChildren<QCheckBox *>())
        connect(box, &QCheckBox::toggled, this, &PriceEditor::check);
    if (draft.model.isEmpty())
        m_model->setFocus();
    else
        m_rates.front().edit->setFocus();
    check();
}

QWidget *PriceEditor::makeNames(const PriceDraft &draft)
{
    auto *box = new QWidget;
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    m_model = new QLineEdit(draft.model);
    m_model->setPlaceholderText(tr("as the events name it, or with * for any text: my-model-*"));
    m_model->setAccessibleName(tr("Model"));
    m_provider = new QLineEdit(draft.provider);
    m_provider->setPlaceholderText(tr("any"));
    m_provider->setAccessibleName(tr("Provider"));
    m_serviceTier = new QComboBox;
    m_serviceTier->setEditable(true);
    m_serviceTier->addItems(
        {QString(), QStringLiteral("batch"), QStringLiteral("flex"), QStringLiteral("priority")});
    m_serviceTier->setCurrentText(draft.serviceTier);
    m_serviceTier->lineEdit()->setPlaceholderText(tr("any"));
    m_serviceTier->setAccessibleName(tr("Service tier"));
    grid->addWidget(new QLabel(tr("Model")), 0, 0);
    grid->addWidget(m_model, 0, 1, 1, 3);
    grid->addWidget(new QLabel(tr("Provider")), 1, 0);
    grid->addWidget(m_provider, 1, 1);
    grid->addWidget(new QLabel(tr("Service tier")), 1, 2);
    grid->addWidget(m_serviceTier, 1, 3);
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(3, 1);
    // Names decide which price it is: what exists is edited under its name.
    for (QWidget *name : {static_cast<QWidget *>(m_model), static_cast<QWidget *>(m_provider),
                          static_cast<QWidget *>(m_serviceTier)})
        name->setEnabled(m_purpose == Purpose::Add);
    return box;
}

QLineEdit *PriceEditor::addRate(QGridLayout *grid, int row, int column, PriceUnit unit, const Amount &rate,
                                const QString &prefix)
{
    auto *edit = new QLineEdit(rateText(rate, unit, locale()));
    edit->setAlignment(Qt::AlignRight);
    edit->setAccessibleName(prefix.isEmpty() ? unitText(unit) : prefix + QLatin1Char(' ') + unitText(unit));
    edit->setPlaceholderText(unit == PriceUnit::InputToken || unit == PriceUnit::OutputToken
                                 ? QStringLiteral("0")
                                 : tr("by the rules"));
    edit->setMinimumWidth(96);
    grid->addWidget(new QLabel(unitText(unit)), row, column * 2);
    grid->addWidget(edit, row, column * 2 + 1);
    return edit;
}

QWidget *PriceEditor::makeRates(const PriceDraft &draft)
{
    auto *box = new QWidget;
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->addWidget(muted(tr("USD per million tokens; requests and searches: USD for each")), 0, 0, 1, 4);
    auto *more = new QCheckBox(tr("More rates"));
    auto *further = new QWidget;
    auto *furtherGrid = new QGridLayout(further);
    furtherGrid->setContentsMargins(0, 0, 0, 0);
    bool hasMore = false;
    for (int i = 0; i < kPriceUnitCount; ++i) {
        const PriceUnit unit = priceUnits()[static_cast<std::size_t>(i)].unit;
        const Amount rate = rateOf(draft.rates, unit);
        const bool isMain = i < kMainRates;
        hasMore = hasMore || (!isMain && rate);
        const int place = isMain ? i : i - kMainRates;
        QLineEdit *edit = addRate(isMain ? grid : furtherGrid, place / 2 + 1, place % 2, unit, rate, {});
        m_rates.push_back({unit, edit});
    }
    grid->addWidget(more, 3, 0, 1, 4);
    grid->addWidget(further, 4, 0, 1, 4);
    for (QGridLayout *each : {grid, furtherGrid}) {
        each->setColumnStretch(1, 1);
        each->setColumnStretch(3, 1);
    }
    more->setChecked(hasMore);
    further->setVisible(hasMore);
    connect(more, &QCheckBox::toggled, this, [this, further](bool on) {
        further->setVisible(on);
        QMetaObject::invokeMethod(
            this, [this] { adjustSize(); }, Qt::QueuedConnection);
    });
    return box;
}

QWidget *PriceEditor::makeTier(const PriceDraft &draft)
{
    auto *box = new QWidget;
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    const bool has = !draft.rates.contextTiers.empty();
    m_hasTier = new QCheckBox(tr("Other rates for long prompts"));
    m_hasTier->setChecked(has);
    auto *fields = new QWidget;
    auto *grid = new QGridLayout(fields);
    grid->setContentsMargins(0, 0, 0, 0);
    m_tierFrom =
        new QLineEdit(QString::number(has ? draft.rates.contextTiers.front().minInputTokens : kUsualTier));
    m_tierFrom->setAlignment(Qt::AlignRight);
    m_tierFrom->setAccessibleName(tr("Above this many input tokens"));
    grid->addWidget(new QLabel(tr("Above")), 0, 0);
    grid->addWidget(m_tierFrom, 0, 1);
    grid->addWidget(muted(tr("input tokens, for the whole call")), 0, 2, 1, 2);
    const RateSet rates = has ? draft.rates.contextTiers.front().rates : RateSet();
    for (int i = 0; i < kMainRates; ++i) {
        const PriceUnit unit = priceUnits()[static_cast<std::size_t>(i)].unit;
        const Amount rate = has ? rateOf(rates, unit) : Amount();
        m_tierRates.push_back({unit, addRate(grid, i / 2 + 1, i % 2, unit, rate, tr("Long prompts:"))});
    }
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(3, 1);
    if (draft.rates.contextTiers.size() > 1)
        grid->addWidget(muted(tr("%n further tier(s) stay as they are.", nullptr,
                                 static_cast<int>(draft.rates.contextTiers.size()) - 1)),
                        3, 0, 1, 4);
    fields->setVisible(has);
    connect(m_hasTier, &QCheckBox::toggled, this, [this, fields](bool on) {
        fields->setVisible(on);
        QMetaObject::invokeMethod(
            this, [this] { adjustSize(); }, Qt::QueuedConnection);
    });
    layout->addWidget(m_hasTier);
    layout->addWidget(fields);
    return box;
}

QWidget *PriceEditor::makePeriod(const PriceDraft &draft)
{
    auto *box = new QWidget;
    auto *layout = new QHBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_hasFrom = new QCheckBox(tr("From"));
    m_hasFrom->setToolTip(tr("Unchecked: it has always been the price"));
    m_hasFrom->setChecked(draft.valid.from.has_value());
    m_from = makeDate(tr("First day"), draft.valid.from);
    m_hasTo = new QCheckBox(tr("Until"));
    m_hasTo->setToolTip(tr("Unchecked: it holds until a newer price"));
    m_hasTo->setChecked(draft.valid.to.has_value());
    m_to = makeDate(tr("First day without it"), draft.valid.to);
    m_to->setToolTip(tr("The first day on which it no longer holds"));
    layout->addWidget(m_hasFrom);
    layout->addWidget(m_from);
    layout->addSpacing(16);
    layout->addWidget(m_hasTo);
    layout->addWidget(m_to);
    layout->addWidget(muted(tr("days in UTC")), 1);
    m_from->setEnabled(m_hasFrom->isChecked());
    m_to->setEnabled(m_hasTo->isChecked());
    connect(m_hasFrom, &QCheckBox::toggled, m_from, &QWidget::setEnabled);
    connect(m_hasTo, &QCheckBox::toggled, m_to, &QWidget::setEnabled);
    connect(m_from, &QDateEdit::dateChanged, this, &PriceEditor::check);
    connect(m_to, &QDateEdit::dateChanged, this, &PriceEditor::check);
    return box;
}

QWidget *PriceEditor::makeChange()
{
    auto *box = new QWidget;
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    m_newPrice = new QRadioButton(tr("A new price: calls before its first day keep the old one"));
    m_replace = new QRadioButton(tr("Replace history: the old price was wrong, calls in its period too"));
    m_newPrice->setChecked(true);
    layout->addWidget(m_newPrice);
    layout->addWidget(m_replace);
    connect(m_newPrice, &QRadioButton::toggled, this, &PriceEditor::check);
    return box;
}

void PriceEditor::setPeriod(const TimeRange &valid)
{
    m_hasFrom->setChecked(valid.from.has_value());
    if (valid.from)
        m_from->setDate(dateOf(*valid.from));
    m_hasTo->setChecked(valid.to.has_value());
    if (valid.to)
        m_to->setDate(dateOf(*valid.to));
}

void PriceEditor::setToday(Timestamp today)
{
    const TimeRange newPeriod{today, std::nullopt};
    setPeriod(newPeriod);
    connect(m_newPrice, &QRadioButton::toggled, this,
            [this, newPeriod](bool isNew) { setPeriod(isNew ? newPeriod : m_originalValid); });
}

void PriceEditor::setSuggestion(const PriceSuggestion &suggestion)
{
    m_suggestionText->setText(
        tr("Nearest known price: %1, %2").arg(suggestion.name, ratesSummary(suggestion.rates, locale())));
    m_suggestionText->setTextFormat(Qt::PlainText);
    m_suggestion->show();
    connect(m_useSuggestion, &QPushButton::clicked, this,
            [this, rates = suggestion.rates] { fillRates(rates); });
}

void PriceEditor::fillRates(const RateSet &rates)
{
    for (const RateField &field : m_rates)
        field.edit->setText(rateText(rateOf(rates, field.unit), field.unit, locale()));
}

QString PriceEditor::readRates(const std::vector<RateField> &fields, RateSet &into) const
{
    QString wrong;
    for (const RateField &field : fields) {
        const QString text = field.edit->text().trimmed();
        const Amount rate = text.isEmpty() ? Amount() : parseRate(text, field.unit, locale());
        if (!text.isEmpty() && !rate && wrong.isEmpty())
            wrong = field.edit->accessibleName();
        if (rate)
            setRate(into, field.unit, *rate);
    }
    return wrong;
}

PriceDraft PriceEditor::draft() const
{
    PriceDraft draft;
    draft.model = m_model->text().trimmed();
    draft.provider = m_provider->text().trimmed();
    draft.serviceTier = m_serviceTier->currentText().trimmed();
    draft.rates = m_original;
    static_cast<RateSet &>(draft.rates) = RateSet(); // what is left empty is absent
    readRates(m_rates, draft.rates);
    auto &tiers = draft.rates.contextTiers;
    if (m_hasTier->isChecked()) {
        if (tiers.empty())
            tiers.push_back({0, draft.rates});
        for (const RateField &field : m_tierRates) { // what is left empty is as in short prompts
            if (const Amount base = rateOf(draft.rates, field.unit))
                setRate(tiers.front().rates, field.unit, *base);
        }
        tiers.front().minInputTokens = m_tierFrom->text().toLongLong();
        readRates(m_tierRates, tiers.front().rates);
    } else if (!tiers.empty()) {
        tiers.erase(tiers.begin());
    }
    if (m_hasFrom->isChecked())
        draft.valid.from = instantOf(m_from->date());
    if (m_hasTo->isChecked())
        draft.valid.to = instantOf(m_to->date());
    draft.change = m_replace != nullptr && m_replace->isChecked() ? PriceDraft::Change::ReplaceHistory
                                                                  : PriceDraft::Change::NewPrice;
    return draft;
}

void PriceEditor::check()
{
    if (m_ok == nullptr)
        return;
    RateSet scratch;
    QString wrong = readRates(m_rates, scratch);
    if (wrong.isEmpty() && m_hasTier->isChecked())
        wrong = readRates(m_tierRates, scratch);
    QString problem = wrong.isEmpty() ? problemOf(draft()) : tr("%1: this is not a number.").arg(wrong);
    if (problem.isEmpty() && m_newPrice != nullptr && m_newPrice->isChecked() && !m_hasFrom->isChecked())
        problem = tr("From which day on does the new price hold?");
    m_problem->setText(problem);
    m_ok->setEnabled(problem.isEmpty());
}

QString PriceEditor::problem() const
{
    return m_problem->text();
}

} // namespace genscope
