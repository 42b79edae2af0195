// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/filter.h"
#include "app/tables/remoteopener.h"
#include "models/eventdetail.h"
#include "models/tracedetail.h"
#include "workspace/workspace.h"

#include <QWidget>

#include <optional>

class QLabel;
class QLayout;
class QStackedWidget;
class QTimer;
class QToolButton;

namespace genscope {

class DetailCopy;
class EventPane;
class ListModel;
class SummaryPane;
class TracePane;

/// The pane beside a list: one event, one trace, or what is known of a user, customer, error or tool. Loads
/// on workers; what is shown stays until the next arrives, and "Loading…" appears only after a moment.
class DetailPane final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DetailPane)
public:
    explicit DetailPane(Workspace *workspace, QWidget *parent = nullptr);

    void showEventAt(std::uint32_t row); ///< of the snapshot
    /// @param select  snapshot row of the event to select in it
    void showTrace(const QString &traceId, std::optional<std::uint32_t> select = {});
    void showSummary(const ListModel &model, int row);
    void clear();
    /// Which row of the list is shown, of how many, as words; empty if there is no list to go through.
    void setPosition(const QString &text);
    /// Says whether the pane has the page for itself.
    void setLarge(bool large);
    /// Moves the keyboard focus to the search in what is shown. @return false if there is none
    bool focusSearch();
    /// Moves the keyboard focus into what is shown.
    void focusContent();
    bool isLoading() const { return m_loading; }
    /// Where what is shown may be opened in the browser.
    void setRemote(const RemoteOpener &remote) { m_remote = remote; }
    QToolButton *remoteButton() const { return m_openRemote; }

    EventPane *eventPane() const { return m_event; }
    TracePane *tracePane() const { return m_trace; }
    SummaryPane *summaryPane() const { return m_summary; }
    QWidget *shownPane() const; ///< one of the three; null while nothing is shown

Q_SIGNALS:
    void closeRequested();
    void largeRequested(bool large);
    void stepRequested(int direction); ///< to the next (1) or previous (-1) row of the list
    void filterRequested(const genscope::Filter &toAdd);
    void openListRequested(genscope::ListKind list, const genscope::Filter &toAdd);
    void message(const QString &text);
    void priceRequested(const QString &model, const QString &provider);
    void loaded();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QLayout *makeTop();
    void addShortcuts();
    void searchTrace(const QString &text);
    void beginLoading();
    void endLoading();
    void present(QWidget *pane, const QString &title);
    void fail(const Error &error);
    void loadTraceEvent(std::uint32_t row);
    void loadSession(const QString &session, std::size_t turns);
    void openTraceOfSession(const QString &trace, std::uint32_t row);
    void loadKnownProperties(ListKind kind, const QString &key);
    void openTraceOfEvent(const QString &traceId);
    void goBack();
    QUrl remoteLink() const; ///< of what is shown; empty: none

    Workspace *m_workspace;
    QLabel *m_title;
    QLabel *m_state;
    QToolButton *m_back;
    QToolButton *m_previous;
    QToolButton *m_next;
    QToolButton *m_large;
    DetailCopy *m_copy;
    QToolButton *m_openRemote;
    RemoteOpener m_remote;
    QLabel *m_position;
    QStackedWidget *m_stack;
    QLabel *m_problem;
    EventPane *m_event;
    TracePane *m_trace;
    SummaryPane *m_summary;
    QTimer *m_loadingTimer;
    std::optional<std::uint32_t> m_backRow; ///< the event that the trace was opened from
    bool m_fromSession = false;             ///< the trace was opened from a session's conversation
    std::uint64_t m_question = 0;           ///< answers to earlier ones are dropped
    bool m_loading = false;
};

} // namespace genscope
