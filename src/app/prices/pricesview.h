// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "models/pricetablemodel.h"

class QAction;
class QLabel;
class QLineEdit;
class QMenu;
class QTableView;

namespace genscope {

class ChoiceButton;

/// The price book as a table: what the store has that no price fits first, then every price with what it
/// priced here. Shows and asks; who holds the prices answers (PriceController).
class PricesView final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PricesView)
public:
    explicit PricesView(QWidget *parent = nullptr);

    void setLines(std::vector<PriceLine> lines);
    /// Of the book's openrouter table, the models that calls are priced by.
    QStringList usedListedModels() const;
    /// @param generations  that are unpriced in all
    void setUnpriced(std::vector<UnpricedLine> lines);
    /// One quiet line on what the book is: its date and source.
    void setFacts(const QString &facts);
    /// Own prices cannot be kept: no store, or one that cannot be written.
    void setEditable(bool editable, const QString &why);

    void focusTable();
    void focusSearch();
    /// Selects the price of a model, whatever was searched for. @return false if there is none
    bool reveal(const QString &model, const QString &provider);

    PriceTableModel *prices() const { return m_prices; }
    PriceTableProxy *proxy() const { return m_proxy; }
    UnpricedModel *unpriced() const { return m_unpriced; }
    QTableView *table() const { return m_table; }
    QTableView *unpricedTable() const { return m_unpricedTable; }
    QLineEdit *search() const { return m_search; }
    ChoiceButton *source() const { return m_source; }
    QAction *addAction() const { return m_add; }
    QAction *editAction() const { return m_edit; }
    QAction *endAction() const { return m_end; }
    QAction *deleteAction() const { return m_delete; }
    QAction *importAction() const { return m_import; }
    QAction *exportAction() const { return m_export; }
    QAction *updateAction() const { return m_update; }
    QString facts() const;
    QString countText() const;

Q_SIGNALS:
    void priceThis(const genscope::UnpricedLine &line);
    void editRequested(const genscope::PriceLine &line);
    void endRequested(const genscope::PriceLine &line);
    void deleteRequested(const std::vector<genscope::PriceLine> &lines);
    /// The calls that a price priced.
    void callsRequested(const genscope::PriceLine &line);
    void unpricedCallsRequested(const genscope::UnpricedLine &line);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeActions();
    QWidget *makeHead();
    QWidget *makeUnpriced();
    void makeTable();
    void showMenu(const QPoint &at);
    void showCount();
    void updateActions();
    void fitUnpriced();
    std::vector<PriceLine> selectedLines() const;
    const PriceLine *currentLine() const;

    PriceTableModel *m_prices;
    PriceTableProxy *m_proxy;
    UnpricedModel *m_unpriced;
    QTableView *m_table;
    QTableView *m_unpricedTable;
    QWidget *m_unpricedBox = nullptr;
    QLabel *m_unpricedTitle;
    QLabel *m_facts;
    QLabel *m_count;
    QLineEdit *m_search;
    ChoiceButton *m_source;
    QAction *m_add = nullptr;
    QAction *m_edit = nullptr;
    QAction *m_end = nullptr;
    QAction *m_delete = nullptr;
    QAction *m_import = nullptr;
    QAction *m_export = nullptr;
    QAction *m_update = nullptr;
    QAction *m_calls = nullptr;
    bool m_editable = true;
};

} // namespace genscope
