// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of DashboardPage that changes which tiles there are and where.

#include "app/dashboardpage.h"
#include "app/layoutbar.h"
#include "app/tileeditor.h"
#include "app/tilegrid.h"
#include "charts/charttile.h"

#include <QJsonDocument>
#include <QMenu>
#include <QSettings>

#include <algorithm>

namespace genscope {

namespace {

const QString kLayoutKey = QStringLiteral("dashboard/layout"); // absent: the standard

} // namespace

void DashboardPage::restoreLayout()
{
    if (m_settings == nullptr)
        return;
    const QByteArray kept = m_settings->value(kLayoutKey).toByteArray();
    const auto layout = layoutFromJson(QJsonDocument::fromJson(kept).object());
    if (layout)
        m_layout = *layout;
}

void DashboardPage::makeLayoutBar()
{
    m_bar->hide();
    connect(m_bar, &LayoutBar::finished, this, [this] { setEditing(false); });
    connect(m_bar, &LayoutBar::cancelled, this, [this] {
        setTileLayout(m_layoutBefore);
        setEditing(false);
    });
    connect(m_bar, &LayoutBar::standardRequested, this, [this] { setTileLayout(standardLayout()); });
    connect(m_bar->addMenu(), &QMenu::aboutToShow, this, &DashboardPage::fillAddMenu);
}

void DashboardPage::connectGrid()
{
    connect(m_grid, &TileGrid::moveRequested, this, &DashboardPage::moveTile);
    connect(m_grid, &TileGrid::resizeRequested, this, &DashboardPage::resizeTile);
    connect(m_grid, &TileGrid::removeRequested, this, &DashboardPage::removeTile);
    connect(m_grid, &TileGrid::editRequested, this, &DashboardPage::editTile);
}

Status DashboardPage::setLayoutJson(const QJsonObject &json)
{
    const auto layout = layoutFromJson(json);
    if (!layout)
        return layout.error();
    setTileLayout(*layout);
    return Done{};
}

void DashboardPage::setTileLayout(const DashboardLayout &layout)
{
    if (layout == m_layout)
        return;
    m_layout = layout;
    if (m_settings != nullptr) {
        if (layout == standardLayout())
            m_settings->remove(kLayoutKey);
        else
            m_settings->setValue(kLayoutKey,
                                 QJsonDocument(layoutToJson(layout)).toJson(QJsonDocument::Compact));
    }
    if (isVisible())
        refresh();
    else
        m_stale = true;
    Q_EMIT layoutChanged();
}

void DashboardPage::setEditing(bool editing)
{
    if (editing == isEditing())
        return;
    if (editing)
        m_layoutBefore = m_layout;
    m_grid->setEditing(editing);
    m_bar->setVisible(editing);
    placeBar();
    if (!editing)
        setFocus();
}

bool DashboardPage::isEditing() const
{
    return m_grid->isEditing();
}

void DashboardPage::placeBar()
{
    const int height = isEditing() ? m_bar->sizeHint().height() : 0;
    setViewportMargins(0, height, 0, 0);
    m_bar->setGeometry(0, 0, width(), height);
}

void DashboardPage::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    m_bar->setGeometry(0, 0, width(), m_bar->height());
}

void DashboardPage::fillAddMenu()
{
    QMenu *menu = m_bar->addMenu();
    menu->clear();
    connect(menu->addAction(tr("New tile…")), &QAction::triggered, this, &DashboardPage::addOwnTile);
    menu->addSeparator();
    const DashboardLayout standard = standardLayout();
    for (const auto &[id, title] : standardTiles()) {
        const auto hasId = [&id = id](const PlacedTile &tile) { return tile.id == id; };
        if (std::any_of(m_layout.tiles.begin(), m_layout.tiles.end(), hasId))
            continue;
        connect(menu->addAction(title), &QAction::triggered, this, [this, standard, hasId] {
            DashboardLayout layout = m_layout;
            layout.tiles.push_back(*std::find_if(standard.tiles.begin(), standard.tiles.end(), hasId));
            setTileLayout(layout);
        });
    }
}

void DashboardPage::moveTile(int tile, int to)
{
    DashboardLayout layout = m_layout;
    const auto begin = layout.tiles.begin();
    if (to > tile)
        std::rotate(begin + tile, begin + tile + 1, begin + to + 1);
    else
        std::rotate(begin + to, begin + tile, begin + tile + 1);
    setTileLayout(layout);
}

void DashboardPage::resizeTile(int tile, int columns, int rows)
{
    DashboardLayout layout = m_layout;
    PlacedTile &placed = layout.tiles[static_cast<std::size_t>(tile)];
    placed.columns = std::clamp(columns, kLeastTileColumns, kGridColumns);
    placed.rows = std::clamp(rows, 1, kMostTileRows);
    setTileLayout(layout);
}

void DashboardPage::removeTile(int tile)
{
    if (m_layout.tiles.size() == 1)
        return; // an empty dashboard could not be changed any more
    DashboardLayout layout = m_layout;
    layout.tiles.erase(layout.tiles.begin() + tile);
    setTileLayout(layout);
}

/// A standard tile that is changed becomes one of the user's.
void DashboardPage::editTile(int tile)
{
    const PlacedTile &placed = m_layout.tiles[static_cast<std::size_t>(tile)];
    const OwnTile own = placed.own ? *placed.own : ownTileOf(m_tiles[static_cast<std::size_t>(tile)]->spec());
    auto *editor = new TileEditor(m_workspace, own, this);
    connect(editor, &TileEditor::chosen, this, [this, id = placed.id](const OwnTile &changed) {
        DashboardLayout layout = m_layout;
        for (PlacedTile &each : layout.tiles) {
            if (each.id != id)
                continue;
            if (!each.own)
                each.id = freeTileId(layout);
            each.own = changed;
        }
        setTileLayout(layout);
    });
    editor->open();
}

void DashboardPage::addOwnTile()
{
    auto *editor = new TileEditor(m_workspace, OwnTile{}, this);
    connect(editor, &TileEditor::chosen, this, [this](const OwnTile &made) {
        DashboardLayout layout = m_layout;
        const bool number = made.display == TileSpec::Display::Number;
        layout.tiles.push_back({freeTileId(layout), number ? 2 : 4, 1, false, made});
        setTileLayout(layout);
    });
    editor->open();
}

} // namespace genscope
