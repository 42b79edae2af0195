// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytics/searchedtexts.h"

#include "analytics/filterast.h"

#include <algorithm>

namespace genscope {

namespace {

void collect(const Filter::Node &node, std::vector<std::string> &texts)
{
    using Kind = Filter::Node::Kind;
    if (node.kind == Kind::And || node.kind == Kind::Or) {
        for (const auto &child : node.children)
            collect(*child, texts);
    } else if (node.kind == Kind::Compare && node.subject.content && node.op == FilterOp::Contains) {
        const std::string &text = node.values.front().text;
        if (!text.empty() && std::find(texts.begin(), texts.end(), text) == texts.end())
            texts.push_back(text);
    }
}

} // namespace

std::vector<std::string> searchedTexts(const Filter &filter)
{
    std::vector<std::string> texts;
    if (filter.root() != nullptr)
        collect(*filter.root(), texts);
    return texts;
}

} // namespace genscope
