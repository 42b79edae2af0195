// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/propertyreader.h"

#include "analytics/binreader.h"

#include "analytics/issueindex.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <tuple>

namespace genscope {

namespace {

using ReaderPtr = std::shared_ptr<const FieldReader>;

/// Texts of a property. An empty text is a value here and has a code of its own.
class PropertyReader final : public FieldReader
{
public:
    explicit PropertyReader(std::size_t rows) : m_codes(rows, 0) {}

    void set(std::size_t row, std::string_view text)
    {
        if (row < m_codes.size())
            m_codes[row] = text.empty() ? emptyCode() : m_texts.intern(text);
    }

    Type type() const override { return Type::Text; }
    std::uint32_t valueCount() const override { return m_texts.size(); }
    std::string_view value(std::uint32_t code) const override { return m_texts.at(code); }
    std::span<const std::uint32_t> codes(std::size_t segment, std::vector<std::uint32_t> &) const override
    {
        const std::size_t begin = segment * Segment::kRows;
        return std::span(m_codes).subspan(begin, std::min(Segment::kRows, m_codes.size() - begin));
    }
    std::uint32_t codeAt(std::size_t row) const override { return m_codes[row]; }

private:
    std::uint32_t emptyCode()
    {
        if (m_emptyCode == 0) {
            m_emptyCode = m_texts.size();
            m_texts.append({});
        }
        return m_emptyCode;
    }

    Dictionary m_texts;
    std::vector<std::uint32_t> m_codes;
    std::uint32_t m_emptyCode = 0;
};

} // namespace

Result<std::shared_ptr<const FieldReader>> readPropertyField(const PropertyPath &path,
                                                             const DataContext &context)
{
    const std::size_t rows = context.snapshot->rows();
    auto reader = std::make_shared<PropertyReader>(rows);
    if (context.source != nullptr) {
        const auto status = context.source->readProperty(
            path, rows, [&reader](std::size_t row, std::string_view text) { reader->set(row, text); },
            context.stop);
        if (!status)
            return status.error();
    }
    return ReaderPtr(std::move(reader));
}

struct FieldCache::Data
{
    using Key = std::tuple<Field::Id, int, std::string, std::string>;
    struct Entry
    {
        std::mutex mutex; ///< held while the field is opened, so that it is opened once
        ReaderPtr reader;
    };

    StopToken stop;
    std::mutex mutex;
    std::map<Key, std::shared_ptr<Entry>> entries;

    std::mutex issuesMutex; ///< held while they are looked for
    std::shared_ptr<const IssueIndex> issues;
    std::shared_ptr<const IssueIndex> readIssues; ///< that issuesReader reads
    ReaderPtr issuesReader;

    Result<ReaderPtr> openIssues(const Result<std::shared_ptr<const IssueIndex>> &index)
    {
        if (!index)
            return index.error();
        const std::lock_guard lock(issuesMutex);
        if (readIssues != *index) {
            issuesReader = issueReader(*index);
            readIssues = *index;
        }
        return issuesReader;
    }

    std::shared_ptr<Entry> entryOf(const Field &field)
    {
        const std::lock_guard lock(mutex);
        auto &entry =
            entries[Key(field.id, static_cast<int>(field.path.scope), field.path.groupType, field.path.name)];
        if (!entry)
            entry = std::make_shared<Entry>();
        return entry;
    }
};

FieldCache::FieldCache(StopToken stop) : m_data(std::make_unique<Data>())
{
    m_data->stop = std::move(stop);
}

FieldCache::~FieldCache() = default;

Result<std::shared_ptr<const FieldReader>> FieldCache::open(const Field &field, const DataContext &context)
{
    if (field.bins) {
        auto numbers = open(field.unbinned(), context);
        return numbers ? binReader(field, std::move(*numbers), context) : numbers;
    }
    if (field.id == Field::Id::Customer && context.customer && context.customer->id != Field::Id::Customer)
        return open(*context.customer, context);
    if (field.id == Field::Id::Issue)
        return m_data->openIssues(issues(kAllIssues, context));
    // Only what does not depend on cost mode and zone is remembered, and is worth it.
    const bool kept =
        field.id == Field::Id::Property || field.id == Field::Id::Tool || field.id == Field::Id::Uuid;
    if (!kept)
        return openField(field, context);
    const auto entry = m_data->entryOf(field);
    const std::lock_guard lock(entry->mutex);
    if (!entry->reader) {
        DataContext shared = context;
        shared.stop = m_data->stop;
        auto opened = openField(field, shared);
        if (!opened)
            return opened;
        entry->reader = std::move(*opened);
    }
    return entry->reader;
}

Result<std::shared_ptr<const IssueIndex>> FieldCache::issues(std::uint32_t wanted, const DataContext &context)
{
    const std::lock_guard lock(m_data->issuesMutex);
    // The same events at other prices have other costs missing.
    if (m_data->issues && m_data->issues->snapshot() != context.snapshot)
        m_data->issues = nullptr;
    if (m_data->issues && (wanted & ~m_data->issues->searched()) == 0)
        return m_data->issues;
    DataContext shared = context;
    shared.stop = m_data->stop;
    auto index = IssueIndex::make(wanted, shared, m_data->issues);
    if (index)
        m_data->issues = *index;
    return index;
}

} // namespace genscope
