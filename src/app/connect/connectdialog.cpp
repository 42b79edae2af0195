// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/connect/connectdialog.h"

#include "app/connect/pullwords.h"
#include "app/tables/wrappedlabel.h"
#include "charts/theme.h"
#include "core/format.h"
#include "sync/puller.h"
#include "workspace/workspace.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace genscope {

namespace {

constexpr int kWidth = 560;
constexpr int kLookMs = 5'000; ///< ages grow
constexpr std::array kHistoryDays = {7, 30, 90, 365};
constexpr std::array kIntervalMinutes = {0, 5, 15, 60};
const QString kUs = QStringLiteral("https://us.posthog.com");
const QString kEu = QStringLiteral("https://eu.posthog.com");

} // namespace

ConnectDialog::ConnectDialog(Workspace *workspace, Puller *puller, QWidget *parent)
    : QDialog(parent), m_workspace(workspace), m_puller(puller)
{
    setWindowTitle(tr("Connect to PostHog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(kWidth);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_test = buttons->addButton(tr("&Test connection"), QDialogButtonBox::ActionRole);
    m_connect = buttons->addButton(tr("Connect and pull"), QDialogButtonBox::ActionRole);
    m_connect->setDefault(true);
    m_test->setAutoDefault(false);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_test, &QPushButton::clicked, this, &ConnectDialog::testConnection);
    connect(m_connect, &QPushButton::clicked, this, &ConnectDialog::connectToProject);
    m_answer = wrappedLabel(this);
    m_answer->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(16);
    layout->addWidget(makeForm());
    layout->addWidget(m_answer);
    layout->addWidget(makeStatus());
    layout->addStretch(1);
    layout->addWidget(buttons);
    connect(m_puller, &Puller::tested, this, &ConnectDialog::showTested);
    connect(m_puller, &Puller::failed, this,
            [this](const Error &error) { say(error.message, Tone::Problem); });
    connect(m_puller, &Puller::changed, this, &ConnectDialog::showState);
    connect(m_workspace, &Workspace::opened, this, &ConnectDialog::showState);
    auto *clock = new QTimer(this);
    connect(clock, &QTimer::timeout, this, &ConnectDialog::showState);
    clock->start(kLookMs);
    showState();
}

// --- Making

QWidget *ConnectDialog::makeForm()
{
    auto *form = new QWidget(this);
    m_rows = new QFormLayout(form);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_rows->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_region = new QComboBox(form);
    m_region->addItem(tr("PostHog Cloud, US"), kUs);
    m_region->addItem(tr("PostHog Cloud, EU"), kEu);
    m_region->addItem(tr("Another server"), QString());
    m_host = new QLineEdit(form);
    m_host->setPlaceholderText(QStringLiteral("https://posthog.example.com"));
    m_host->setAccessibleName(tr("Address of the server"));
    m_project = new QLineEdit(form);
    m_project->setPlaceholderText(tr("12345, the number in PostHog's address: /project/12345"));
    m_key = new QLineEdit(form);
    m_key->setEchoMode(QLineEdit::Password);
    m_key->setPlaceholderText(QStringLiteral("phx_…"));
    m_since = new QComboBox(form);
    for (const int days : kHistoryDays)
        m_since->addItem(tr("the last %n day(s)", nullptr, days), days);
    m_since->setCurrentIndex(1);
    fillForm(*m_rows);
    connect(m_region, &QComboBox::currentIndexChanged, this, &ConnectDialog::showOwnHost);
    connect(m_host, &QLineEdit::editingFinished, this, &ConnectDialog::takeAddress);
    showOwnHost();
    if (const auto &project = m_puller->project()) {
        setHost(*project);
        m_project->setText(project->id);
        m_key->setPlaceholderText(tr("the kept one"));
    }
    return form;
}

void ConnectDialog::fillForm(QFormLayout &rows)
{
    rows.addRow(tr("&Server:"), m_region);
    rows.addRow(tr("&Address:"), m_host);
    rows.addRow(tr("&Project:"), m_project);
    rows.addRow(tr("Personal API &key:"), m_key);
    auto *hint =
        new QLabel(tr("Made in PostHog under Settings, Personal API keys, with the scope query:read. "
                      "With group:read groups get their names, with batch_export:read and "
                      "batch_export:write long histories come faster. It is kept in the key ring of "
                      "this computer and nowhere else."),
                   this);
    hint->setWordWrap(true);
    hint->setFont(smallFont(font()));
    hint->setForegroundRole(QPalette::PlaceholderText);
    rows.addRow(QString(), hint);
    rows.addRow(tr("&History:"), m_since);
    const QString store = m_workspace->isOpen() ? QFileInfo(m_workspace->storePath()).fileName()
                                                : tr("a new one, in the folder of documents");
    auto *into = wrappedLabel(this);
    into->setText(store);
    rows.addRow(tr("Into the store:"), into);
}

QWidget *ConnectDialog::makeStatus()
{
    m_statusBox = new QGroupBox(tr("This store is pulled"), this);
    auto *rows = new QVBoxLayout(m_statusBox);
    m_status = wrappedLabel(m_statusBox);
    rows->addWidget(m_status);
    auto *line = new QHBoxLayout;
    m_interval = new QComboBox(m_statusBox);
    m_interval->setAccessibleName(tr("How often it is pulled while the store is open"));
    for (const int minutes : kIntervalMinutes)
        m_interval->addItem(minutes == 0 ? tr("only on demand") : tr("every %n minute(s)", nullptr, minutes),
                            minutes);
    m_interval->setCurrentIndex(
        std::max(0, m_interval->findData(static_cast<int>(m_puller->interval().count()))));
    m_sync = new QPushButton(m_statusBox);
    m_sync->setAutoDefault(false);
    m_disconnect = new QPushButton(tr("&Disconnect, forget the key"), m_statusBox);
    m_disconnect->setAutoDefault(false);
    m_disconnect->setToolTip(tr("Pulls no more. The events stay in the store."));
    line->addWidget(m_sync);
    line->addWidget(m_interval);
    line->addStretch(1);
    line->addWidget(m_disconnect);
    rows->addLayout(line);
    connect(m_interval, &QComboBox::activated, this,
            [this] { Q_EMIT intervalChosen(m_interval->currentData().toInt()); });
    connect(m_sync, &QPushButton::clicked, this, [this] {
        say({}, Tone::Plain);
        if (m_puller->isSyncing())
            m_puller->stop();
        else
            m_puller->syncNow();
    });
    connect(m_disconnect, &QPushButton::clicked, m_puller, &Puller::disconnectFromProject);
    return m_statusBox;
}

// --- What is typed

void ConnectDialog::showOwnHost()
{
    m_rows->setRowVisible(m_host, m_region->currentData().toString().isEmpty());
}

void ConnectDialog::setHost(const RemoteProject &project)
{
    const int cloud = m_region->findData(project.hostText());
    m_region->setCurrentIndex(cloud >= 0 ? cloud : m_region->count() - 1);
    m_host->setText(cloud >= 0 ? QString() : project.hostText());
}

/// Makes of a pasted address what it means: the server that answers questions, and the project in its path.
void ConnectDialog::takeAddress()
{
    const QString typed = m_host->text();
    const auto project = remoteProjectOf(typed, m_project->text());
    const auto host = project ? project : remoteProjectOf(typed, QStringLiteral("1"));
    if (typed.trimmed().isEmpty() || !host)
        return; // said when it is used
    setHost(*host);
    if (project && m_project->text().trimmed().isEmpty())
        m_project->setText(project->id);
    if (!typed.contains(host->host.host()))
        say(tr("Events are sent to %1; questions are answered by %2.").arg(typed.trimmed(), host->hostText()),
            Tone::Plain);
}

QByteArray ConnectDialog::typedKey() const
{
    return m_key->text().trimmed().toUtf8();
}

/// What the fields say; else tells what is wrong with them.
std::optional<RemoteProject> ConnectDialog::typedProject()
{
    const QString cloud = m_region->currentData().toString();
    const auto project = remoteProjectOf(cloud.isEmpty() ? m_host->text() : cloud, m_project->text());
    if (!project) {
        say(project.error().message, Tone::Problem);
        return std::nullopt;
    }
    const KeyKind kind = keyKindOf(m_key->text());
    const QString problem =
        kind == KeyKind::None && m_puller->project() == *project ? QString() : whyKeyCannotRead(kind);
    if (!problem.isEmpty()) {
        say(problem, Tone::Problem);
        return std::nullopt;
    }
    return *project;
}

// --- What is done with it

void ConnectDialog::testConnection()
{
    const auto project = typedProject();
    if (!project)
        return;
    say(tr("Asking %1…").arg(project->hostText()), Tone::Plain);
    m_test->setEnabled(false);
    m_puller->test(*project, typedKey());
}

void ConnectDialog::showTested(const ConnectionTest &test)
{
    m_test->setEnabled(true);
    if (!test.problem.isEmpty()) {
        say(test.problem, Tone::Problem);
        return;
    }
    const QString works = test.events > 0
                              ? tr("The connection works: %1 AI events in the last 30 days.")
                                    .arg(formatCount(test.events, QLocale()))
                              : tr("The connection works. There are no AI events of the last 30 days.");
    say((QStringList{works} + test.remarks).join(QLatin1Char(' ')), Tone::Plain);
}

void ConnectDialog::connectToProject()
{
    const auto project = typedProject();
    if (!project)
        return;
    say({}, Tone::Plain);
    Q_EMIT connectRequested(*project, typedKey(), m_since->currentData().toInt());
    m_key->clear();
    m_key->setPlaceholderText(tr("the kept one"));
}

// --- What is shown

QString ConnectDialog::answer() const
{
    return m_answer->text();
}

QString ConnectDialog::status() const
{
    return m_status->text();
}

void ConnectDialog::say(const QString &text, Tone tone)
{
    m_answer->setText(text);
    m_answer->setVisible(!text.isEmpty());
    QPalette colors = palette();
    if (tone == Tone::Problem)
        colors.setColor(QPalette::WindowText, Theme::of(colors).error);
    m_answer->setPalette(colors);
}

void ConnectDialog::showState()
{
    m_statusBox->setVisible(m_puller->project().has_value());
    m_connect->setEnabled(!m_puller->isSyncing());
    m_status->setText(pullFacts(*m_puller, m_workspace->scope().zone));
    m_sync->setText(m_puller->isSyncing() ? tr("&Stop") : tr("&Pull now"));
    m_sync->setEnabled(!m_workspace->isReadOnly());
}

} // namespace genscope
