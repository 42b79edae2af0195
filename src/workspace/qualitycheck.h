// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject> // before <compare>, which moc of Qt 6.4 cannot read first

#include "analytics/dataissues.h"

#include <memory>
#include <vector>

namespace genscope {

class Workspace;
struct Selection;

/// What looks wrong in the open store, looked for when somebody asks, on a worker. Answers hold until the
/// data changes.
/// @thread GUI
class QualityCheck final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(QualityCheck)
public:
    explicit QualityCheck(Workspace *workspace, QObject *parent = nullptr);
    ~QualityCheck() override; ///< stops looking

    enum class Depth {
        Columns,    ///< what columns say, in a moment
        Everything, ///< also what only the kept events say, after that
    };
    /// Makes sure that findings() is of the newest data, or will be after changed(). While an import runs,
    /// known findings stay.
    void ask(Depth depth);
    const std::vector<DataFinding> &findings() const { return m_findings; }
    std::int64_t events() const { return m_events; } ///< that findings() is about
    /// False before the first answer for the open store.
    bool isKnown() const { return m_snapshot != nullptr; }
    bool isPending() const { return m_asking != nullptr; } ///< more may be found

Q_SIGNALS:
    void changed(); ///< findings(), whether they are complete, or the data that they should be of
    /// The first findings after an import that brought something.
    void importChecked();
    void failed(const genscope::Error &error);

private:
    void start(Depth depth);
    void take(const Result<std::vector<DataFinding>> &found, Depth depth);
    void forget();
    void settleImport();

    Workspace *m_workspace;
    std::shared_ptr<const Snapshot> m_snapshot; ///< that m_findings is of; null: not known
    Depth m_depth = Depth::Columns;             ///< of m_findings
    std::shared_ptr<const Snapshot> m_asking;   ///< that is being looked at
    Depth m_wanted = Depth::Columns;            ///< of what is being looked at
    std::shared_ptr<const Snapshot> m_failed;   ///< that could not be looked at: not tried again
    StopToken m_stop;
    std::vector<DataFinding> m_findings;
    std::int64_t m_events = 0;
    bool m_importDue = false; ///< an import ended whose data has not been looked at
};

} // namespace genscope
