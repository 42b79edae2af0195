// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/tables/remoteopener.h"
#include "models/columnfigures.h"
#include "models/copytext.h"
#include "models/listfacts.h"
#include "models/listmodel.h"
#include "workspace/savedview.h"

#include <QList>
#include <QWidget>

#include <functional>
#include <optional>
#include <string>
#include <vector>

class QAction;
class QLabel;
class QMenu;
class QSettings;
class QSplitter;
class QStackedLayout;
class QToolButton;

namespace genscope {

class ColumnChooser;
class DetailPane;
class EmptyState;
class ExportJob;
class FigureStrip;
class LinkButton;
class ListView;
class MatchButton;
class ValuePopup;

/// What a table page takes from outside and tests replace.
struct TableServices
{
    QSettings *settings = nullptr; ///< outlives the page; null: nothing is remembered
    /// As FileDialogs::saveFile(): asks for a path and never blocks. Absent: the desktop's dialog.
    std::function<void(QWidget *parent, const QString &title, const QString &proposed,
                       const QStringList &filters, std::function<void(const QString &path)> chosen)>
        saveFile;
    RemoteOpener remote;
};

/// A list of the workspace as a page: table, count, columns, export, and a pane with the selected row's
/// details. Watches the workspace itself and loads only while it is shown.
class TablePage final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TablePage)
public:
    TablePage(Workspace *workspace, ListKind kind, QWidget *parent = nullptr);
    TablePage(Workspace *workspace, ListKind kind, TableServices services, QWidget *parent = nullptr);
    ~TablePage() override;

    ListKind kind() const { return m_model->kind(); }
    /// By name, from left to right; names as in cli.md `list`, or properties.
    void setVisibleColumns(const std::vector<std::string> &names);
    /// Columns, pins, sorting, widths and marks as they are, and back.
    TableLayout tableLayout() const;
    void setTableLayout(const TableLayout &layout);
    /// Which traces or sessions are listed under a filter; null on other pages.
    MatchButton *matchButton() const { return m_match; }
    void focusTable();
    /// Closes the details if they are open. @return false if there was nothing to close
    bool closeDetail();
    /// Gives the details the whole page, or the list its place back.
    void setDetailLarge(bool large);
    bool isDetailLarge() const;
    /// Moves the focus to the search in the details where they have the focus. @return false if they do not
    bool findInDetail();
    /// Lays the two selected events or traces beside each other. Says so where there are not two.
    void compareSelected();
    QAction *exportAction() const { return m_exportAction; }
    QAction *copyAction() const { return m_copyAction; }

    ListModel *model() const { return m_model; }
    ListView *view() const { return m_view; }
    DetailPane *detailPane() const { return m_detail; }
    EmptyState *emptyState() const { return m_empty; }
    FigureStrip *figures() const { return m_figures; }
    ExportJob *exportJob() const { return m_export; }
    bool isShowingTable() const; ///< rather than the empty state
    QString countText() const;
    QString footerText() const;
    /// The context menu of a cell, as it would be shown. The caller owns it.
    QMenu *cellMenu(const QModelIndex &index);
    /// The same of a column's header.
    QMenu *headerMenu(int section);
    /// Counts a column's values and offers them as filters.
    ValuePopup *showValues(int section, const QPoint &global);

Q_SIGNALS:
    void filterRequested(const genscope::Filter &toAdd);
    /// Another list of what a row is about: a trace's generations, a user's traces.
    void openListRequested(genscope::ListKind list, const genscope::Filter &toAdd);
    void message(const QString &text);
    /// Columns, their places, sorting or marks were changed by hand.
    void layoutChanged();
    /// What has no price is asked about.
    void unpricedActivated();
    /// The price of a model is asked for, to see or to change it.
    void priceRequested(const QString &model, const QString &provider);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void buildActions();
    void buildCopyActions();
    void forgetStore();
    QWidget *buildToolbar();
    void arrangedByHand();
    QWidget *buildFooter();
    void connectWorkspace();
    void connectView();

    void reloadIfShown();
    void afterRowsLoaded();
    void askForFacts();
    void askForFigures(std::optional<RowRanges> chosen);
    void showFacts(const ListFacts &facts, bool ofSelection);
    void showCount();
    void showEmptyState();
    void showDetail(int row);
    void openDetail();
    void stepDetail(int direction);
    void showPosition(int row);
    void explainCost(int row);
    void copySelection(CopyFormat format);
    void exportRows();
    struct ExportChoice
    {
        bool selectedOnly = false;
        bool allColumns = false;
        bool jsonLines = false;
        bool byteOrderMark = false;
    };
    void startExport(const ExportChoice &choice, const QString &path);
    void chooseColumns();
    void loadPropertyNames();
    void addFilterActions(QMenu &menu, const QModelIndex &index);
    void addMarkActions(QMenu &menu, const TableColumn &column);
    void addPlaceActions(QMenu &menu, const TableColumn &column);
    void filterTo(const Filter &filter);
    void addListActions(QMenu &menu, int row);
    void addRemoteActions(QMenu &menu, int row);
    void restoreSettings();
    void saveSettings();
    QString settingsKey(const char *name) const;

    Workspace *m_workspace;
    TableServices m_services;
    ListModel *m_model;
    ListView *m_view;
    DetailPane *m_detail;
    FigureStrip *m_figures;
    QSplitter *m_splitter;
    QWidget *m_listSide;
    QStackedLayout *m_stack;
    EmptyState *m_empty;
    ExportJob *m_export;
    QLabel *m_count;
    QLabel *m_busy;
    QLabel *m_footer;
    LinkButton *m_unpriced;
    QToolButton *m_columnsButton;
    MatchButton *m_match = nullptr;
    ColumnChooser *m_chooser = nullptr;
    QAction *m_exportAction = nullptr;
    QAction *m_copyAction = nullptr;
    QList<QAction *> m_copyAs;
    QString m_propertiesOf; ///< the store whose property names the chooser offers
    bool m_stale = true;
    std::optional<std::int64_t> m_stored;
};

} // namespace genscope
