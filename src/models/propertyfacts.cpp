// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/propertyfacts.h"

#include "core/format.h"
#include "store/propertycounts.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

namespace genscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(genscope::PropertyFact)
};

constexpr std::size_t kSampledEvents = 48;
constexpr std::size_t kLargestSampled = 4'000'000; ///< bytes of JSON

using Seen = std::map<std::string, PropertyFact, std::less<>>; ///< by name; only type and mixed are set

void note(Seen &seen, const JsonValue &object)
{
    for (int i = 0; i < object.size(); ++i) {
        const JsonValue value = object.at(i);
        if (value.isNull())
            continue;
        PropertyFact &fact = seen[value.key().toStdString()];
        fact.mixed = fact.mixed || (fact.type != JsonType::Missing && fact.type != value.type());
        fact.type = value.type();
    }
}

/// Of events that are spread over the whole store. What cannot be read is left out.
void sample(const Selection &selection, Seen &event, Seen &person)
{
    const std::size_t rows = selection.snapshot->rows();
    std::vector<std::uint32_t> sampled;
    for (std::size_t i = 0; i < std::min(rows, kSampledEvents); ++i)
        sampled.push_back(static_cast<std::uint32_t>(rows * i / std::min(rows, kSampledEvents)));
    static_cast<void>(selection.reader->readRawEvents(sampled, [&](std::uint32_t, std::string raw) {
        if (raw.size() > kLargestSampled)
            return;
        const auto tree = JsonTree::parse(std::move(raw));
        if (!tree)
            return;
        JsonValue properties;
        const auto holder = propertiesTree(*tree, properties);
        if (!holder)
            return;
        note(event, properties);
        note(person, (*tree)->root()["person_properties"]);
        note(person, properties["$set"]);
    }));
}

QString typeWord(const PropertyFact &fact)
{
    if (fact.mixed)
        return Text::tr("mixed");
    switch (fact.type) {
    case JsonType::Boolean:
        return Text::tr("true or false");
    case JsonType::Number:
        return Text::tr("number");
    case JsonType::String:
        return Text::tr("text");
    case JsonType::Object:
        return Text::tr("object");
    case JsonType::Array:
        return Text::tr("list");
    case JsonType::Null:
    case JsonType::Missing:
        break;
    }
    return {};
}

} // namespace

Result<std::vector<PropertyFact>> propertyFacts(const Selection &selection)
{
    std::vector<PropertyFact> facts;
    if (!selection.reader)
        return facts;
    const auto counts = propertyCounts(selection.reader->path());
    if (!counts)
        return counts.error();
    Seen event;
    Seen person;
    sample(selection, event, person);
    const auto events = static_cast<double>(std::max<std::size_t>(selection.snapshot->rows(), 1));
    for (const PropertyCount &count : *counts) {
        PropertyFact fact;
        fact.path = count.path;
        if (count.events > 0)
            fact.fill = std::min(1.0, static_cast<double>(count.events) / events);
        if (count.path.scope != PropertyPath::Scope::Group) {
            const Seen &seen = count.path.scope == PropertyPath::Scope::Event ? event : person;
            if (const auto found = seen.find(count.path.name); found != seen.end()) {
                fact.type = found->second.type;
                fact.mixed = found->second.mixed;
            }
        }
        facts.push_back(std::move(fact));
    }
    return facts;
}

QString describedFact(const PropertyFact &fact, const QLocale &locale)
{
    QStringList words{fact.path.scope == PropertyPath::Scope::Group    ? Text::tr("group property")
                      : fact.path.scope == PropertyPath::Scope::Person ? Text::tr("person property")
                                                                       : Text::tr("event property")};
    if (const QString type = typeWord(fact); !type.isEmpty())
        words += type;
    if (fact.fill >= 0)
        words += formatRatio(fact.fill, locale);
    return words.join(QStringLiteral(" · "));
}

} // namespace genscope
