// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/listmodel.h"

#include "models/copytext.h"

#include <QThreadPool>

#include <algorithm>
#include <limits>
#include <unordered_set>
#include <utility>

namespace genscope {

namespace {

/// The destructor of a million rows takes longer than a frame.
void disposeElsewhere(std::shared_ptr<const ListRows> rows)
{
    QThreadPool::globalInstance()->start([old = std::move(rows)]() mutable { old.reset(); });
}

/// Views add up the heights of rows in an int.
int shownCount(const ListRows &rows)
{
    return static_cast<int>(
        std::min<std::size_t>(rows.size(), static_cast<std::size_t>(std::numeric_limits<int>::max() / 64)));
}

bool isNumber(const Cell &cell)
{
    return std::holds_alternative<Money>(cell) || std::holds_alternative<std::int64_t>(cell) ||
           std::holds_alternative<double>(cell);
}

} // namespace

ListModel::ListModel(Workspace *workspace, ListKind kind, QObject *parent)
    : QAbstractTableModel(parent), m_workspace(workspace), m_rows(std::make_shared<ListRows>())
{
    m_request.kind = kind;
    m_request.columns = shownByDefault(kind);
    const ListSort sort = defaultListSort(kind);
    setSort(sort.column, sort.descending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

ListModel::~ListModel() = default;

Qt::SortOrder ListModel::sortOrder() const
{
    return m_request.sort.front().descending ? Qt::DescendingOrder : Qt::AscendingOrder;
}

void ListModel::setSelection(std::shared_ptr<const Selection> selection,
                             const std::optional<TimeRange> &compared)
{
    m_request.selection = std::move(selection);
    m_request.compared = compared;
    load();
}

void ListModel::setColumns(const std::vector<std::string> &names)
{
    if (m_request.columns == names)
        return;
    m_request.columns = names;
    load();
}

void ListModel::setSort(const std::string &column, Qt::SortOrder order)
{
    m_request.sort = {{column, order == Qt::DescendingOrder}};
}

void ListModel::setSorting(std::vector<ListSort> sorting)
{
    if (!sorting.empty())
        m_request.sort = std::move(sorting);
}

int ListModel::sortPlace(const std::string &name) const
{
    for (std::size_t i = 0; i < m_request.sort.size(); ++i)
        if (m_request.sort[i].column == name)
            return static_cast<int>(i);
    return -1;
}

void ListModel::sortBy(const std::string &name, bool also)
{
    const int place = sortPlace(name);
    const CellStyle style = tableColumn(kind(), name).style;
    const bool descending = place >= 0 ? !m_request.sort[static_cast<std::size_t>(place)].descending
                                       : style == CellStyle::Number || style == CellStyle::Instant;
    if (!also)
        m_request.sort = {{name, descending}};
    else if (place < 0)
        m_request.sort.push_back({name, descending});
    else
        m_request.sort[static_cast<std::size_t>(place)].descending = descending;
    Q_EMIT sortingChanged();
    load();
}

void ListModel::clear()
{
    ++m_question;
    m_request.selection.reset();
    m_largest.clear();
    setRows(std::make_shared<ListRows>());
    if (std::exchange(m_loading, false))
        Q_EMIT loadingChanged(false);
}

void ListModel::locate(QObject *context, std::vector<std::uint32_t> ids,
                       std::function<void(std::vector<int>)> done)
{
    constexpr std::size_t kAtOnce = 200'000; // a millisecond
    const auto find = [rows = m_rows, wanted = std::unordered_set(ids.begin(), ids.end())] {
        std::vector<int> found;
        for (std::size_t position = 0; position < rows->size() && found.size() < wanted.size(); ++position)
            if (wanted.count(rows->rowId(position)) > 0)
                found.push_back(static_cast<int>(position));
        return found;
    };
    if (m_rows->size() <= kAtOnce)
        return done(find());
    m_workspace->compute<std::vector<int>>(
        context, QStringLiteral("locate"), [find](const Selection &) { return find(); },
        [this, rows = m_rows, done = std::move(done)](std::vector<int> found) {
            if (rows == m_rows)
                done(std::move(found));
        });
}

CellMark ListModel::markOf(const std::string &name) const
{
    return m_marks.value(QString::fromStdString(name), CellMark::None);
}

void ListModel::setMark(const std::string &name, CellMark mark)
{
    m_marks[QString::fromStdString(name)] = mark;
    if (rowCount() > 0 && columnCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), {MarkRole, ShareRole});
}

void ListModel::setLargest(QHash<QString, double> largest)
{
    m_largest = std::move(largest);
    if (!m_marks.isEmpty() && rowCount() > 0 && columnCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), {ShareRole});
}

void ListModel::sort(int section, Qt::SortOrder order)
{
    if (section < 0 || section >= columnCount())
        return;
    setSort(column(section).name, order);
    Q_EMIT sortingChanged();
    load();
}

void ListModel::load()
{
    if (!m_request.selection)
        return; // columns and order are taken along by the first selection
    ListRequest request = m_request;
    request.previous = m_rows;
    if (!m_loading) {
        m_loading = true;
        Q_EMIT loadingChanged(true);
    }
    using Answer = Result<std::shared_ptr<const ListRows>>;
    m_workspace->compute<Answer>(
        this, QStringLiteral("rows"), [request](const Selection &) { return loadRows(request); },
        [this, question = ++m_question](Answer answer) {
            if (question == m_question)
                accept(std::move(answer));
        });
}

void ListModel::accept(Result<std::shared_ptr<const ListRows>> rows)
{
    m_loading = false;
    if (rows)
        setRows(std::move(*rows));
    Q_EMIT loadingChanged(false);
    if (rows)
        Q_EMIT rowsLoaded();
    else if (rows.error().kind != Error::Kind::Cancelled)
        Q_EMIT failed(rows.error());
}

void ListModel::setRows(std::shared_ptr<const ListRows> rows)
{
    const auto sameColumn = [](const TableColumn &a, const TableColumn &b) { return a.name == b.name; };
    const bool sameColumns = std::equal(m_rows->columns().begin(), m_rows->columns().end(),
                                        rows->columns().begin(), rows->columns().end(), sameColumn);
    Q_EMIT rowsAboutToChange();
    if (sameColumns) {
        replaceRows(std::move(rows));
    } else {
        beginResetModel();
        m_rows.swap(rows);
        m_count = shownCount(*m_rows);
        endResetModel();
        disposeElsewhere(std::move(rows));
    }
    Q_EMIT rowsChanged();
}

/// Each step leaves a table that is whole: first fewer rows, then other ones, then more.
void ListModel::replaceRows(std::shared_ptr<const ListRows> rows)
{
    const int wanted = shownCount(*rows);
    if (wanted < m_count) {
        beginRemoveRows({}, wanted, m_count - 1);
        m_count = wanted;
        endRemoveRows();
    }
    m_rows.swap(rows);
    if (m_count > 0 && columnCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(m_count - 1, columnCount() - 1));
    if (wanted > m_count) {
        beginInsertRows({}, m_count, wanted - 1);
        m_count = wanted;
        endInsertRows();
    }
    disposeElsewhere(std::move(rows));
}

int ListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_count;
}

int ListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows->columns().size());
}

CellText ListModel::textAt(const QModelIndex &index) const
{
    const auto position = static_cast<std::size_t>(index.row());
    const auto section = static_cast<std::size_t>(index.column());
    CellText text =
        cellText(m_rows->cells(position, section), column(index.column()), m_rows->zone(), m_locale);
    const TableColumn &shown = column(index.column());
    const bool failed = m_rows->failed(position);
    if (text.text.isEmpty() && shown.style == CellStyle::Error && isEventList(kind()) && failed)
        text.text = tr("failed");
    // Never 0 where the price is not known; a failed call without tokens costs nothing, and says nothing.
    if (text.text.isEmpty() && shown.unit == Unit::Usd && shown.name == "cost" && !failed)
        text.text = tr("unpriced");
    return text;
}

QVariant ListModel::rawAt(const QModelIndex &index) const
{
    const Cell cell =
        m_rows->cell(static_cast<std::size_t>(index.row()), static_cast<std::size_t>(index.column()));
    if (const auto *money = std::get_if<Money>(&cell))
        return money->usd();
    if (const auto *count = std::get_if<std::int64_t>(&cell))
        return static_cast<qlonglong>(*count);
    if (const auto *real = std::get_if<double>(&cell))
        return *real;
    if (const auto *instant = std::get_if<Timestamp>(&cell))
        return static_cast<qlonglong>(instant->us);
    if (const auto *flag = std::get_if<bool>(&cell))
        return *flag;
    if (std::holds_alternative<std::string>(cell))
        return plainText(cell, m_rows->zone());
    return {};
}

QVariant ListModel::shareAt(const QModelIndex &index) const
{
    const double largest = m_largest.value(QString::fromStdString(column(index.column()).name));
    const QVariant raw = rawAt(index);
    if (!(largest > 0) || !raw.isValid())
        return {};
    return std::clamp(raw.toDouble() / largest, 0.0, 1.0);
}

QVariant ListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const TableColumn &shown = column(index.column());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return textAt(index).text;
    case Qt::ToolTipRole: {
        const CellText text = textAt(index);
        return plainToolTip(text.full.isEmpty() ? text.text : text.full);
    }
    case Qt::TextAlignmentRole:
        return cellAlignment(shown.style == CellStyle::Number);
    case SortRole:
        return rawAt(index);
    case UnitRole: {
        const CellText text = textAt(index);
        return text.text.right(text.unitLength);
    }
    case FullTextRole:
        return plainText(
            m_rows->cell(static_cast<std::size_t>(index.row()), static_cast<std::size_t>(index.column())),
            m_rows->zone());
    case RowIdRole:
        return m_rows->rowId(static_cast<std::size_t>(index.row()));
    case StyleRole: // a count of errors is marked where there are any
        return static_cast<int>(shown.name == "errors" && rawAt(index).toLongLong() > 0 ? CellStyle::Error
                                                                                        : shown.style);
    case MarkRole:
        return static_cast<int>(markOf(shown.name));
    case ShareRole:
        return shareAt(index);
    case ErrorRole:
        return m_rows->failed(static_cast<std::size_t>(index.row()));
    default:
        return {};
    }
}

QVariant ListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical || section < 0 || section >= columnCount())
        return {};
    const TableColumn &shown = column(section);
    switch (role) {
    case Qt::DisplayRole:
        return shown.title;
    case Qt::ToolTipRole:
        return plainToolTip(shown.hint.isEmpty() ? shown.title : shown.hint);
    case Qt::TextAlignmentRole:
        return cellAlignment(shown.style == CellStyle::Number);
    case Qt::InitialSortOrderRole: // the largest and the newest are what one looks for
        return static_cast<int>(shown.style == CellStyle::Number || shown.style == CellStyle::Instant
                                    ? Qt::DescendingOrder
                                    : Qt::AscendingOrder);
    default:
        return {};
    }
}

std::optional<Filter> ListModel::cellFilter(const QModelIndex &index, Match match) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return std::nullopt;
    const Cell cell =
        m_rows->cell(static_cast<std::size_t>(index.row()), static_cast<std::size_t>(index.column()));
    return valueFilter(column(index.column()), cell, match);
}

std::optional<Filter> ListModel::valueFilter(const TableColumn &shown, const Cell &cell, Match match) const
{
    const bool missing = std::holds_alternative<std::monostate>(cell);
    // The numbers of a summary are sums: no event's field compares with them.
    if (!shown.field || (!isEventList(kind()) && !missing && !std::holds_alternative<std::string>(cell)))
        return std::nullopt;
    if (match == Match::AtLeast || match == Match::AtMost) {
        if (!isNumber(cell))
            return std::nullopt;
        const QString text = QString::fromStdString(shown.field->text) +
                             (match == Match::AtLeast ? QStringLiteral(" >= ") : QStringLiteral(" <= ")) +
                             plainNumber(cell);
        const auto filter = Filter::parse(text.toStdString());
        return filter ? std::optional(*filter) : std::nullopt;
    }
    if (std::holds_alternative<Timestamp>(cell) || std::holds_alternative<Money>(cell) ||
        std::holds_alternative<double>(cell))
        return std::nullopt;
    std::vector<Filter> filters;
    if (missing)
        filters.push_back(Filter::isMissing(*shown.field));
    else if (shown.field->id == Field::Id::Tool || shown.field->id == Field::Id::Issue)
        for (const QString &tool : plainText(cell, {}).split(QLatin1Char(',')))
            filters.push_back(Filter::equals(*shown.field, tool.toStdString()));
    else
        filters.push_back(Filter::equals(*shown.field, plainText(cell, {}).toStdString()));
    const Filter equal = Filter::all(filters);
    return match == Match::Equal ? equal : equal.negated();
}

std::optional<Filter> ListModel::rowFilter(int row) const
{
    if (row < 0 || row >= rowCount())
        return std::nullopt;
    const std::string name = isEventList(kind()) ? "trace_id" : keyColumnOf(kind());
    const auto field = tableColumn(kind(), name).field;
    if (!field)
        return std::nullopt;
    const auto condition = [this, row](const Field &of, const std::string &part) {
        const Cell cell = m_rows->value(static_cast<std::size_t>(row), part);
        return std::holds_alternative<std::monostate>(cell)
                   ? Filter::isMissing(of)
                   : Filter::equals(of, plainText(cell, {}).toStdString());
    };
    if (isEventList(kind()) && rowText(row, name).isEmpty())
        return std::nullopt;
    const Filter filter = condition(*field, name);
    if (kind() != ListKind::Errors)
        return filter;
    // Where there is no message, rows that did not fail have none either.
    const auto status = tableColumn(kind(), "http_status").field;
    const auto failed = Filter::parse("is_error");
    return status && failed ? Filter::all({*failed, filter, condition(*status, "http_status")}) : filter;
}

QString ListModel::rowText(int row, const std::string &name) const
{
    if (row < 0 || row >= rowCount())
        return {};
    return plainText(m_rows->value(static_cast<std::size_t>(row), name), m_rows->zone());
}

} // namespace genscope
