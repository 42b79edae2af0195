// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/filter.h"
#include "analytics/lists.h"
#include "models/jsontree.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QHBoxLayout;
class QLabel;

namespace genscope {

class FactGrid;
class PropertyView;
class ListModel;
class SessionView;

/// What is known of a user, customer, session, error or tool: the row's numbers, the lists behind it, for
/// persons and groups their newest known properties, and for sessions their conversation.
class SummaryPane final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SummaryPane)
public:
    explicit SummaryPane(QWidget *parent = nullptr);

    void setRow(const ListModel &model, int row);
    void setProperties(std::shared_ptr<const JsonTree> tree, const PropertyPath &scope); ///< null: none known
    SessionView *sessionView() const { return m_session; } ///< shown for sessions
    FactGrid *facts() const { return m_facts; }

Q_SIGNALS:
    void openListRequested(genscope::ListKind list, const genscope::Filter &toAdd);
    void filterRequested(const genscope::Filter &toAdd);

private:
    QLabel *m_title;
    FactGrid *m_facts;
    QHBoxLayout *m_links;
    QLabel *m_propertiesTitle;
    PropertyView *m_properties;
    SessionView *m_session;
};

/// The lists that show what is behind a row of @p kind, nearest first.
std::vector<ListKind> listsBehind(ListKind kind);

} // namespace genscope
