// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/textdiff.h"

#include <QHash>
#include <QStringList>

#include <dtl/dtl.hpp>

#include <algorithm>

namespace genscope {

namespace {

/// Time and memory grow with the product of length and difference.
constexpr qsizetype kMostLines = 3'000;

/// What was removed and what was added between two lines that are the same.
class Gap
{
public:
    explicit Gap(std::vector<DiffLine> &out) : m_out(out) {}
    void remove(const QString &line) { m_removed += line; }
    void add(const QString &line) { m_added += line; }
    void close()
    {
        const qsizetype pairs = std::min(m_removed.size(), m_added.size());
        for (qsizetype i = 0; i < pairs; ++i)
            m_out.push_back({DiffLine::Kind::Changed, m_removed.at(i), m_added.at(i)});
        for (qsizetype i = pairs; i < m_removed.size(); ++i)
            m_out.push_back({DiffLine::Kind::Left, m_removed.at(i), {}});
        for (qsizetype i = pairs; i < m_added.size(); ++i)
            m_out.push_back({DiffLine::Kind::Right, {}, m_added.at(i)});
        m_removed.clear();
        m_added.clear();
    }

private:
    std::vector<DiffLine> &m_out;
    QStringList m_removed;
    QStringList m_added;
};

/// Lines as numbers, so that comparing them is cheap.
std::vector<int> numbered(const QStringList &lines, QHash<QString, int> &numbers)
{
    std::vector<int> found;
    found.reserve(static_cast<std::size_t>(lines.size()));
    for (const QString &line : lines) {
        auto number = numbers.constFind(line);
        if (number == numbers.cend())
            number = numbers.insert(line, static_cast<int>(numbers.size()));
        found.push_back(*number);
    }
    return found;
}

} // namespace

std::vector<DiffLine> diffLines(const QString &left, const QString &right)
{
    QStringList a = left.isEmpty() ? QStringList() : left.split(QLatin1Char('\n'));
    QStringList b = right.isEmpty() ? QStringList() : right.split(QLatin1Char('\n'));
    std::vector<DiffLine> lines;
    qsizetype head = 0;
    while (head < a.size() && head < b.size() && a.at(head) == b.at(head)) {
        lines.push_back({DiffLine::Kind::Same, a.at(head), b.at(head)});
        ++head;
    }
    qsizetype tail = 0;
    while (tail < a.size() - head && tail < b.size() - head &&
           a.at(a.size() - 1 - tail) == b.at(b.size() - 1 - tail))
        ++tail;
    const QStringList middleA = a.mid(head, a.size() - head - tail);
    const QStringList middleB = b.mid(head, b.size() - head - tail);
    Gap gap(lines);
    if (middleA.isEmpty() || middleB.isEmpty() || std::max(middleA.size(), middleB.size()) > kMostLines) {
        for (const QString &line : middleA)
            gap.remove(line);
        for (const QString &line : middleB)
            gap.add(line);
    } else {
        QHash<QString, int> numbers;
        const std::vector<int> x = numbered(middleA, numbers);
        const std::vector<int> y = numbered(middleB, numbers);
        dtl::Diff<int, std::vector<int>> diff(x, y);
        diff.compose();
        for (const auto &[number, info] : diff.getSes().getSequence()) {
            // Indices count from 1; 0: not in that text.
            if (info.type == dtl::SES_DELETE) {
                gap.remove(middleA.at(static_cast<qsizetype>(info.beforeIdx) - 1));
            } else if (info.type == dtl::SES_ADD) {
                gap.add(middleB.at(static_cast<qsizetype>(info.afterIdx) - 1));
            } else {
                gap.close();
                lines.push_back({DiffLine::Kind::Same, middleA.at(static_cast<qsizetype>(info.beforeIdx) - 1),
                                 middleB.at(static_cast<qsizetype>(info.afterIdx) - 1)});
            }
        }
    }
    gap.close();
    for (qsizetype i = a.size() - tail; i < a.size(); ++i)
        lines.push_back({DiffLine::Kind::Same, a.at(i), a.at(i)});
    return lines;
}

} // namespace genscope
