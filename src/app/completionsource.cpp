// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/completionsource.h"

#include "workspace/workspace.h"

namespace genscope {

namespace {

constexpr std::size_t kMostValues = 1000;

} // namespace

CompletionSource::CompletionSource(Workspace *workspace, QObject *parent)
    : QObject(parent), m_workspace(workspace)
{
}

void CompletionSource::forgetIfDataChanged()
{
    const auto snapshot = m_workspace->selection()->snapshot;
    if (snapshot == m_snapshot)
        return;
    m_snapshot = snapshot;
    m_askedProperties = false;
    m_values.clear();
    m_counted.clear();
}

const std::vector<PropertyFact> &CompletionSource::properties()
{
    forgetIfDataChanged();
    if (!m_askedProperties) {
        m_askedProperties = true;
        m_workspace->compute<std::vector<PropertyFact>>(
            this, QStringLiteral("properties"),
            [](const Selection &selection) {
                auto facts = propertyFacts(selection);
                return facts ? std::move(*facts) : std::vector<PropertyFact>();
            },
            [this](std::vector<PropertyFact> names) {
                m_properties = std::move(names);
                Q_EMIT found();
            });
    }
    return m_properties;
}

const std::vector<ValueCount> *CompletionSource::values(const Field &field)
{
    forgetIfDataChanged();
    const auto known = m_values.find(field.text);
    if (known != m_values.end())
        return &known->second;
    if (m_counted == field.text) // asked for at the key before
        return nullptr;
    m_counted = field.text;
    m_workspace->compute<std::vector<ValueCount>>(
        this, QStringLiteral("values"),
        [field](const Selection &selection) { return frequentValues(selection, field, kMostValues); },
        [this, name = field.text, snapshot = m_snapshot](std::vector<ValueCount> values) {
            if (snapshot != m_snapshot)
                return;
            m_values[name] = std::move(values);
            m_counted.clear();
            Q_EMIT found();
        });
    return nullptr;
}

} // namespace genscope
