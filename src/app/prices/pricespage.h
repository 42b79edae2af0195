// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget> // before <compare>, which moc of Qt 6.4 cannot read first

#include "analytics/filter.h"
#include "app/messagebar.h"
#include "app/services.h"
#include "models/ownprices.h"
#include "models/priceoverview.h"
#include "pricing/pricediff.h"
#include "pricing/pricefile.h"

#include <functional>
#include <memory>

class QTabWidget;

namespace genscope {

class CostCheckView;
class PricesView;
class Workspace;

/// The page of prices: holds the store's own ones, and writes each edit to the store at once. Loads while it
/// is shown, on workers.
class PricesPage final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PricesPage)
public:
    PricesPage(Workspace *workspace, const Services &services, QWidget *parent = nullptr);

    PricesView *view() const { return m_view; }
    CostCheckView *costCheck() const { return m_check; }
    QTabWidget *tabs() const { return m_tabs; }
    void showPrices();    ///< the first tab
    void showCostCheck(); ///< the second
    const OwnPrices &own() const { return m_own; }
    bool isBusy() const { return m_loading || m_saving; }
    bool canUndo() const;
    bool canRedo() const;
    void undo();
    void redo();
    /// Shows a price; or offers to add one where there is none.
    void reveal(const QString &model, const QString &provider);

Q_SIGNALS:
    void message(const genscope::Message &message);
    /// The generations behind a price, or behind none.
    void callsRequested(const genscope::Filter &filter, const genscope::TimeRange &range);
    void undoChanged();

protected:
    void showEvent(QShowEvent *event) override;

private:
    struct Loaded
    {
        std::vector<PriceRow> own;
        std::shared_ptr<const PriceBook> book;
        std::vector<PriceLine> lines;
        std::vector<UnpricedLine> unpriced;
    };
    void connectView();
    void markStale();
    void load();
    void show(Loaded loaded);
    /// Writes rows to the store; @p done on the GUI thread when that is done.
    void save(std::vector<PriceRow> rows, std::function<void()> done);
    void apply(const Result<std::vector<PriceRow>> &rows, const QString &what);
    /// As withPrices(); where history would be lost, asks first whether it may.
    void add(const std::vector<PriceRow> &rows, PriceEdit mode, const QString &what);
    void addPrice(const PriceDraft &draft, bool suggest);
    void editPrice(const PriceLine &line);
    void endPrice(const PriceLine &line);
    void importPrices();
    void previewImport(const PriceFile &file, const QString &name);
    /// Says first that it goes online, and where.
    void offerUpdate();
    void fetchUpdate();
    void previewUpdate(const PriceDiff &diff, const QStringList &notes);
    void exportPrices();
    void fail(const Error &error, const QString &what);
    std::string handSource() const;

    Workspace *m_workspace;
    Services m_services;
    PricesView *m_view;
    CostCheckView *m_check;
    QTabWidget *m_tabs;
    OwnPrices m_own;
    std::shared_ptr<const PriceBook> m_book;
    bool m_stale = true;
    bool m_loading = false;
    bool m_saving = false;
    std::function<void()> m_afterLoad; ///< what waits for the prices to be there
};

} // namespace genscope
