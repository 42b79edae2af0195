// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/lists.h"
#include "app/mainactions.h"
#include "app/messagebar.h"
#include "app/services.h"
#include "sync/remoteproject.h"

#include <QStackedWidget>

#include <array>
#include <functional>
#include <optional>

namespace genscope {

class DashboardPage;
struct DataFinding;
class Listener;
class ListenPage;
class LatencyPage;
class PricesPage;
class QualityCheck;
class QualityPage;
class SpikesPage;
class SpikeSurvey;
class SpikeWatch;
class StartPage;
struct Spike;
class TablePage;
class Workspace;

/// All pages of the window, one of them shown. It makes them, and says in four signals what they ask for, so
/// that the window need not know what each page can do.
class PageStack final : public QStackedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PageStack)
public:
    PageStack(Workspace *workspace, const Services &services, QWidget *parent = nullptr);

    void showStart();
    /// Shows a page and gives it the keyboard.
    void showPage(PageId id);

    StartPage *start() const { return m_start; }
    DashboardPage *dashboard() const { return m_dashboard; }
    PricesPage *prices() const { return m_prices; }
    LatencyPage *latency() const { return m_latency; }
    QualityPage *quality() const { return m_quality; }
    ListenPage *listen() const { return m_listenPage; }
    SpikesPage *spikes() const { return m_spikes; }
    QualityCheck *qualityCheck() const { return m_check; }

    bool showsPrices() const; ///< undo, redo and find are about prices then
    /// The table of a page; null if it is none.
    TablePage *table(PageId id) const;
    /// On pages that time range and filter do not reach: a sentence that says so. Else empty.
    QString scopeExplanation() const;
    /// Finds in what the shown page has open; false if it has nothing of its own to search.
    bool find();
    /// The project that the open store is pulled from, whenever it is asked for.
    void setRemoteProject(std::function<std::optional<RemoteProject>()> project);
    /// Asks to see the events that a finding is about.
    void showFinding(const DataFinding &finding);

Q_SIGNALS:
    void messageRaised(const genscope::Message &message);
    void statusRaised(const QString &text);
    void pageRequested(genscope::PageId id);
    void drillRequested(genscope::PageId id, const genscope::Scope &scope);
    void scopeExplanationChanged(); ///< another page, or another part of it

private:
    QWidget *makePage(PageId id);
    QWidget *makeDashboard();
    QWidget *makeTablePage(ListKind kind);
    QWidget *makeLatencyPage();
    QWidget *makePricesPage();
    QWidget *makeQualityPage();
    QWidget *makeSpikesPage();
    QWidget *makeListenPage();
    void raiseError(const Error &error);
    void tellImportQuality();
    void tellSpikes(const Spike &strongest, int count);
    void showSpike(const Spike &spike);
    void surveySpikes();

    Workspace *m_workspace;
    Services m_services;
    std::function<std::optional<RemoteProject>()> m_remoteProject = [] {
        return std::optional<RemoteProject>();
    };
    QualityCheck *m_check;
    Listener *m_listener;
    StartPage *m_start;
    DashboardPage *m_dashboard = nullptr;
    LatencyPage *m_latency = nullptr;
    PricesPage *m_prices = nullptr;
    QualityPage *m_quality = nullptr;
    ListenPage *m_listenPage = nullptr;
    SpikesPage *m_spikes = nullptr;
    SpikeWatch *m_spikeWatch = nullptr;
    SpikeSurvey *m_spikeSurvey = nullptr;
    std::array<QWidget *, kPages.size()> m_pages{};
};

} // namespace genscope
