// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/theme.h"

#include "charts/celltext.h"

#include <QGuiApplication>

#include <algorithm>
#include <cmath>

namespace genscope {

namespace {

Theme makeLight()
{
    Theme t;
    t.dark = false;
    t.window = QColor(0xf4f5f7);
    t.surface = QColor(0xffffff);
    t.raised = QColor(0xebedf0);
    t.text = QColor(0x1c1f24);
    t.mutedText = QColor(0x5c6470);
    t.hairline = QColor(0xdde0e5);
    t.grid = QColor(0xe8eaee);
    t.axis = QColor(0x767d87);
    t.accent = QColor(0x2563c9);
    t.accentText = QColor(0xffffff);
    t.error = QColor(0xc4232f);
    t.warning = QColor(0x8f5a00);
    t.unpriced = QColor(0x8f5a00);
    t.other = QColor(0x868d97);
    t.missing = QColor(0x5c6470);
    // Okabe-Ito, darkened where a hue would not reach 3:1 on white, extended by violet, gold, navy and sage.
    // Neighbouring ranks differ most, in lightness too, so that they stay apart without red-green sight.
    t.categories = {QColor(0x2b56b0), QColor(0xdf6a0c), QColor(0x0b8062), QColor(0xba5ba0), QColor(0x1891d0),
                    QColor(0x6e2b0c), QColor(0x8450de), QColor(0x8a6400), QColor(0x0c2460), QColor(0x868e63)};
    return t;
}

Theme makeDark()
{
    Theme t;
    t.dark = true;
    t.window = QColor(0x15181c);
    t.surface = QColor(0x1e2228);
    t.raised = QColor(0x2a2f37);
    t.text = QColor(0xe6e8eb);
    t.mutedText = QColor(0x9aa3af);
    t.hairline = QColor(0x343a43);
    t.grid = QColor(0x2a2f37);
    t.axis = QColor(0x7d8590);
    t.accent = QColor(0x6aa8ff);
    t.accentText = QColor(0x0d1117);
    t.error = QColor(0xff7b7b);
    t.warning = QColor(0xe5b04a);
    t.unpriced = QColor(0xe5b04a);
    t.other = QColor(0x7d8590);
    t.missing = QColor(0xb4bcc7);
    t.categories = {QColor(0x4fa8ff), QColor(0xf17a14), QColor(0x3fb088), QColor(0xff9cc4), QColor(0xa5e9fb),
                    QColor(0xb65f3f), QColor(0xa468e8), QColor(0xf0ec8c), QColor(0x3f7f98), QColor(0xb3c61f)};
    return t;
}

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double relativeLuminance(const QColor &c)
{
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}

QColor mixed(const QColor &a, const QColor &b, double share)
{
    const auto mix = [share](int from, int to) {
        return static_cast<int>(std::lround(from + (to - from) * share));
    };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

QFont scaled(const QFont &base, double factor)
{
    QFont font = base;
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * factor);
    else
        font.setPixelSize(std::max(1, static_cast<int>(std::lround(font.pixelSize() * factor))));
    return font;
}

} // namespace

const Theme &Theme::lightTheme()
{
    static const Theme theme = makeLight();
    return theme;
}

const Theme &Theme::darkTheme()
{
    static const Theme theme = makeDark();
    return theme;
}

const Theme &Theme::of(const QPalette &palette)
{
    return genscope::isDark(palette) ? darkTheme() : lightTheme();
}

QColor Theme::faint(const QColor &color) const
{
    constexpr double kShare = 0.3;
    const auto mix = [](int part, int ground) { return static_cast<int>(ground + (part - ground) * kShare); };
    return {mix(color.red(), surface.red()), mix(color.green(), surface.green()),
            mix(color.blue(), surface.blue())};
}

QColor Theme::sequential(double share) const
{
    // Viridis by Nathaniel Smith and Stéfan van der Walt (CC0), at nine even steps.
    static const std::array<QColor, 9> kStops = {QColor(0x440154), QColor(0x472d7b), QColor(0x3b528b),
                                                 QColor(0x2c728e), QColor(0x21918c), QColor(0x28ae80),
                                                 QColor(0x5ec962), QColor(0xaddc30), QColor(0xfde725)};
    const double position = std::clamp(share, 0.0, 1.0) * static_cast<double>(kStops.size() - 1);
    const auto index = std::min(static_cast<std::size_t>(position), kStops.size() - 2);
    return mixed(kStops[index], kStops[index + 1], position - static_cast<double>(index));
}

QPalette Theme::palette() const
{
    QPalette p;
    p.setColor(QPalette::Window, window);
    p.setColor(QPalette::WindowText, text);
    p.setColor(QPalette::Base, surface);
    p.setColor(QPalette::AlternateBase, window);
    p.setColor(QPalette::ToolTipBase, surface);
    p.setColor(QPalette::ToolTipText, text);
    p.setColor(QPalette::PlaceholderText, mutedText);
    p.setColor(QPalette::Text, text);
    p.setColor(QPalette::Button, raised);
    p.setColor(QPalette::ButtonText, text);
    p.setColor(QPalette::BrightText, error);
    p.setColor(QPalette::Highlight, accent);
    p.setColor(QPalette::HighlightedText, accentText);
    p.setColor(QPalette::Link, accent);
    p.setColor(QPalette::LinkVisited, accent);
    p.setColor(QPalette::Light, dark ? mixed(raised, Qt::white, 0.08) : surface);
    p.setColor(QPalette::Midlight, mixed(raised, surface, 0.5));
    p.setColor(QPalette::Mid, hairline);
    p.setColor(QPalette::Dark, axis);
    p.setColor(QPalette::Shadow, dark ? QColor(Qt::black) : mutedText);
    const QColor faint = mixed(mutedText, window, 0.3);
    for (const auto role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::PlaceholderText})
        p.setColor(QPalette::Disabled, role, faint);
    p.setColor(QPalette::Disabled, QPalette::Highlight, hairline);
    p.setColor(QPalette::Disabled, QPalette::HighlightedText, text);
    return p;
}

bool isDark(const QPalette &palette)
{
    return relativeLuminance(palette.color(QPalette::WindowText)) >
           relativeLuminance(palette.color(QPalette::Window));
}

bool isApplicationDark()
{
    return isDark(QGuiApplication::palette());
}

double contrastRatio(const QColor &a, const QColor &b)
{
    const auto [dark, light] = std::minmax({relativeLuminance(a), relativeLuminance(b)});
    return (light + 0.05) / (dark + 0.05);
}

QFont titleFont(const QFont &base)
{
    QFont font = base;
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont smallFont(const QFont &base)
{
    return scaled(base, 0.9);
}

QFont numberFont(const QFont &base)
{
    QFont font = scaled(base, 2.0);
    font.setWeight(QFont::DemiBold);
    return font;
}

namespace {

constexpr std::size_t kShades = 2; ///< of each colour, before one is given twice

/// How far a second shade is on the way to the text, so that it stands out from the ground even more.
constexpr double kShade = 0.42;

} // namespace

CategoryColors &CategoryColors::session()
{
    static CategoryColors colors;
    return colors;
}

void CategoryColors::rank(std::string_view dimension, std::span<const Cell> values)
{
    auto found = m_dimensions.find(dimension);
    if (found == m_dimensions.end())
        found = m_dimensions.emplace(std::string(dimension), Slots{}).first;
    Slots &assigned = found->second;

    // A colour already on this list costs more than any number of uses elsewhere.
    constexpr std::size_t kHere = 1'000'000;
    std::array<std::size_t, kShades * Theme::kCategoryCount> uses{};
    for (const auto &[value, slot] : assigned)
        ++uses[slot];
    for (const Cell &value : values) {
        if (const auto known = assigned.find(cellKey(value)); known != assigned.end())
            uses[known->second] += kHere;
    }
    for (const Cell &value : values) {
        if (isMissing(value) || isOther(value))
            continue;
        const std::string key = cellKey(value);
        if (assigned.contains(key))
            continue;
        const auto slot = static_cast<std::size_t>(std::min_element(uses.begin(), uses.end()) - uses.begin());
        uses[slot] += kHere + 1;
        assigned.emplace(key, slot);
    }
}

QColor CategoryColors::color(std::string_view dimension, const Cell &value, const Theme &theme)
{
    if (isMissing(value))
        return theme.missing;
    if (isOther(value))
        return theme.other;
    const std::string key = cellKey(value);
    auto known = m_dimensions.find(dimension);
    if (known == m_dimensions.end() || !known->second.contains(key)) {
        rank(dimension, std::span(&value, 1));
        known = m_dimensions.find(dimension);
    }
    const std::size_t slot = known->second.at(key);
    const QColor &pure = theme.categories[slot % Theme::kCategoryCount];
    return slot < Theme::kCategoryCount ? pure : mixed(pure, theme.text, kShade);
}

void CategoryColors::clear()
{
    m_dimensions.clear();
}

} // namespace genscope
