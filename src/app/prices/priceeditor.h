// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog> // before <compare>, which moc of Qt 6.4 cannot read first

#include "models/pricedraft.h"

#include <array>
#include <vector>

class QCheckBox;
class QComboBox;
class QDateEdit;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;

namespace genscope {

/// A known price that may be close to what is asked for.
struct PriceSuggestion
{
    QString name; ///< the row it is from, for people
    Rates rates;
};

/// Adds or edits one price. Says what is wrong while typing; accepted() comes only with a sound draft. Does
/// not block.
class PriceEditor final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PriceEditor)
public:
    enum class Purpose { Add, Edit };
    PriceEditor(Purpose purpose, const PriceDraft &draft, QWidget *parent = nullptr);

    /// Offers the rates of a known price at the click of a button.
    void setSuggestion(const PriceSuggestion &suggestion);
    /// Edit: the first day that is proposed for a new price.
    void setToday(Timestamp today);
    PriceDraft draft() const;
    QString problem() const; ///< as shown
    QPushButton *okButton() const { return m_ok; }

private:
    struct RateField
    {
        PriceUnit unit;
        QLineEdit *edit;
    };
    QWidget *makeNames(const PriceDraft &draft);
    QWidget *makeRates(const PriceDraft &draft);
    QWidget *makeTier(const PriceDraft &draft);
    QWidget *makePeriod(const PriceDraft &draft);
    QWidget *makeChange();
    QLineEdit *addRate(QGridLayout *grid, int row, int column, PriceUnit unit, const Amount &rate,
                       const QString &prefix);
    void fillRates(const RateSet &rates);
    /// @return the name of the first field that is no number, or empty
    QString readRates(const std::vector<RateField> &fields, RateSet &into) const;
    void setPeriod(const TimeRange &valid);
    void check();

    Purpose m_purpose;
    TimeRange m_originalValid;
    Rates m_original; ///< with the tiers that this dialog does not show
    QLineEdit *m_model = nullptr;
    QLineEdit *m_provider = nullptr;
    QComboBox *m_serviceTier = nullptr;
    std::vector<RateField> m_rates;
    QCheckBox *m_hasTier = nullptr;
    QLineEdit *m_tierFrom = nullptr;
    std::vector<RateField> m_tierRates;
    QCheckBox *m_hasFrom = nullptr;
    QDateEdit *m_from = nullptr;
    QCheckBox *m_hasTo = nullptr;
    QDateEdit *m_to = nullptr;
    QRadioButton *m_newPrice = nullptr;
    QRadioButton *m_replace = nullptr;
    QWidget *m_suggestion = nullptr;
    QLabel *m_suggestionText = nullptr;
    QPushButton *m_useSuggestion = nullptr;
    QLabel *m_problem = nullptr;
    QPushButton *m_ok = nullptr;
};

} // namespace genscope
