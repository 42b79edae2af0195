// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analytics/field.h"
#include "app/filtercompletion.h"

#include <QObject>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace genscope {

class Workspace;

/// Finds the names and values of the open store's data on a worker and remembers them until the data changes.
class CompletionSource final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CompletionSource)
public:
    explicit CompletionSource(Workspace *workspace, QObject *parent = nullptr);

    /// The properties in the store, most frequent first. Empty until they are found.
    const std::vector<PropertyFact> &properties();
    /// The values known of @p field; null while they are being found.
    const std::vector<ValueCount> *values(const Field &field);

Q_SIGNALS:
    void found(); ///< something asked for before is known now

private:
    void forgetIfDataChanged();

    Workspace *m_workspace;
    std::shared_ptr<const Snapshot> m_snapshot; ///< that the answers are about
    std::vector<PropertyFact> m_properties;
    bool m_askedProperties = false;
    std::map<std::string, std::vector<ValueCount>> m_values; ///< by field text
    std::string m_counted;                                   ///< the field whose values are being found
};

} // namespace genscope
