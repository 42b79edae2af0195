// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latency/latencychoices.h"

#include "app/choicebutton.h"
#include "charts/celltext.h"
#include "models/tablecolumns.h"
#include "workspace/workspace.h"

#include <QHBoxLayout>
#include <QSettings>

namespace genscope {

namespace {

const QString kNumberKey = QStringLiteral("latency/number");
const QString kCallsKey = QStringLiteral("latency/calls");
const QString kOutcomeKey = QStringLiteral("latency/outcome");
const QString kByKey = QStringLiteral("latency/by");

constexpr std::array kFields = {"model",    "provider",    "customer",  "user", "stream",
                                "is_error", "http_status", "span_name", "lib",  "tool"};

/// A remembered enumerator; the first where it is none.
template<typename Enum>
Enum remembered(const QSettings &settings, const QString &key)
{
    const int value = settings.value(key).toInt();
    return static_cast<Enum>(value >= 0 && value <= 2 ? value : 0);
}

QString textOf(const ChoiceButton &button, const QVariant &value)
{
    for (const Choice &choice : button.choices()) {
        if (choice.value == value)
            return choice.text;
    }
    return {};
}

} // namespace

LatencyChoices::LatencyChoices(Workspace *workspace, QSettings *settings, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_settings(settings),
      m_number(new ChoiceButton(tr("Number"), QStringLiteral("clock"), this)),
      m_by(new ChoiceButton(tr("Compare by"), {}, this)),
      m_calls(new ChoiceButton(tr("Calls"), {}, this)),
      m_outcome(new ChoiceButton(tr("Outcome"), {}, this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 0);
    layout->setSpacing(4);
    for (ChoiceButton *button : {m_number, m_by, m_calls, m_outcome})
        layout->addWidget(button);
    layout->addStretch(1);
    makeNumber();
    makeCalls();
    makeOutcome();
    connect(m_by, &ChoiceButton::aboutToOpen, this, &LatencyChoices::listFields);
    connect(m_by, &ChoiceButton::chosen, this, [this](const QVariant &value) {
        LatencyLens lens = m_lens;
        if (auto field = Field::parse(value.toString().toStdString()))
            lens.by = std::move(*field);
        setLens(lens);
    });
    restore();
    showLens();
}

void LatencyChoices::makeNumber()
{
    using Number = LatencyLens::Number;
    m_number->setChoices(
        {{tr("Latency"), tr("from the call to its end"), static_cast<int>(Number::Latency)},
         {tr("Time to first token"), tr("of streamed calls"), static_cast<int>(Number::TimeToFirstToken)},
         {tr("Speed"), tr("output tokens per second of one call"), static_cast<int>(Number::Speed)}});
    connect(m_number, &ChoiceButton::chosen, this, [this](const QVariant &value) {
        LatencyLens lens = m_lens;
        lens.number = static_cast<Number>(value.toInt());
        setLens(lens);
    });
}

void LatencyChoices::makeCalls()
{
    using Calls = LatencyLens::Calls;
    m_calls->setChoices({{tr("All calls"), {}, static_cast<int>(Calls::All)},
                         {tr("Streamed"), tr("stream = true"), static_cast<int>(Calls::Streamed)},
                         {tr("Not streamed"), tr("stream = false"), static_cast<int>(Calls::NotStreamed)}});
    connect(m_calls, &ChoiceButton::chosen, this, [this](const QVariant &value) {
        LatencyLens lens = m_lens;
        lens.calls = static_cast<Calls>(value.toInt());
        setLens(lens);
    });
}

void LatencyChoices::makeOutcome()
{
    using Outcome = LatencyLens::Outcome;
    m_outcome->setChoices({{tr("Any outcome"), {}, static_cast<int>(Outcome::All)},
                           {tr("Succeeded"), tr("not is_error"), static_cast<int>(Outcome::Succeeded)},
                           {tr("Failed"), tr("is_error"), static_cast<int>(Outcome::Failed)}});
    connect(m_outcome, &ChoiceButton::chosen, this, [this](const QVariant &value) {
        LatencyLens lens = m_lens;
        lens.outcome = static_cast<Outcome>(value.toInt());
        setLens(lens);
    });
}

void LatencyChoices::listFields()
{
    QVector<Choice> choices;
    for (const char *name : kFields)
        choices.push_back({columnTitle(name), {}, QLatin1String(name)});
    m_by->setChoices(choices);
    // Properties are found on a worker; the open list grows when they are known.
    m_workspace->compute<std::vector<PropertyPath>>(
        this, QStringLiteral("properties"),
        [](const Selection &selection) {
            auto names = selection.reader ? selection.reader->propertyNames()
                                          : Result<std::vector<PropertyPath>>(std::vector<PropertyPath>());
            return names ? std::move(*names) : std::vector<PropertyPath>();
        },
        [this, choices](std::vector<PropertyPath> names) {
            QVector<Choice> all = choices;
            for (const PropertyPath &path : names) {
                const QString name = QString::fromStdString(propertyColumnName(path));
                all.push_back({name, tr("property"), name});
            }
            m_by->setChoices(all);
        });
}

void LatencyChoices::setLens(const LatencyLens &lens)
{
    if (lens == m_lens)
        return;
    m_lens = lens;
    save();
    showLens();
    Q_EMIT changed();
}

void LatencyChoices::showLens()
{
    const auto show = [](ChoiceButton *button, auto value) {
        const int number = static_cast<int>(value);
        button->setCurrent(number, textOf(*button, number));
    };
    show(m_number, m_lens.number);
    show(m_calls, m_lens.calls);
    show(m_outcome, m_lens.outcome);
    m_by->setCurrent(QString::fromStdString(m_lens.by.text),
                     tr("By %1").arg(columnTitle(m_lens.by.text).toLower()));
}

void LatencyChoices::restore()
{
    if (m_settings == nullptr)
        return;
    m_lens.number = remembered<LatencyLens::Number>(*m_settings, kNumberKey);
    m_lens.calls = remembered<LatencyLens::Calls>(*m_settings, kCallsKey);
    m_lens.outcome = remembered<LatencyLens::Outcome>(*m_settings, kOutcomeKey);
    if (auto field = Field::parse(m_settings->value(kByKey).toString().toStdString()))
        m_lens.by = std::move(*field);
}

void LatencyChoices::save() const
{
    if (m_settings == nullptr)
        return;
    m_settings->setValue(kNumberKey, static_cast<int>(m_lens.number));
    m_settings->setValue(kCallsKey, static_cast<int>(m_lens.calls));
    m_settings->setValue(kOutcomeKey, static_cast<int>(m_lens.outcome));
    m_settings->setValue(kByKey, QString::fromStdString(m_lens.by.text));
}

} // namespace genscope
