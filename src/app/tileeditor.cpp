// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tileeditor.h"

#include "app/filtercompletion.h"
#include "charts/celltext.h"
#include "charts/charttile.h"
#include "workspace/workspace.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace genscope {

namespace {

using Display = TileSpec::Display;

QString toQt(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString displayText(Display display)
{
    switch (display) {
    case Display::Number:
        return TileEditor::tr("Number with sparkline");
    case Display::Lines:
        return TileEditor::tr("Lines over time");
    case Display::Area:
        return TileEditor::tr("Areas over time, stacked");
    case Display::StackedBars:
        return TileEditor::tr("Bars over time, stacked");
    case Display::Bars:
        return TileEditor::tr("Bars");
    case Display::Table:
        return TileEditor::tr("Table");
    case Display::Percentiles:
        return TileEditor::tr("Percentile bands over time");
    case Display::Histogram:
        return TileEditor::tr("Histogram");
    case Display::Distributions:
        return TileEditor::tr("Distributions");
    case Display::Heatmap:
        return TileEditor::tr("Heat map");
    case Display::Scatter:
        return TileEditor::tr("Scatter");
    }
    return {};
}

constexpr std::array kDisplays = {Display::Number,      Display::Lines,   Display::Area,
                                  Display::StackedBars, Display::Bars,    Display::Table,
                                  Display::Histogram,   Display::Heatmap, Display::Scatter};

/// Fields that calls are broken down by; properties come on top.
constexpr std::array kFields = {"model",
                                "provider",
                                "customer",
                                "user",
                                "trace",
                                "session",
                                "span_name",
                                "http_status",
                                "error",
                                "is_error",
                                "stream",
                                "kind",
                                "lib",
                                "tool",
                                "hour_of_day",
                                "day_of_week",
                                "latency",
                                "ttft",
                                "tokens_per_second",
                                "cost",
                                "input_tokens",
                                "output_tokens",
                                "total_tokens",
                                "cache_read_tokens",
                                "reasoning_tokens"};

/// A field that is written; nothing where it cannot be read.
std::optional<Field> fieldOf(const QComboBox *box)
{
    const auto field = Field::parse(box->currentText().trimmed().toStdString());
    return field ? std::optional(*field) : std::nullopt;
}

} // namespace

TileEditor::TileEditor(Workspace *workspace, const OwnTile &tile, QWidget *parent)
    : QDialog(parent),
      m_workspace(workspace),
      m_title(new QLineEdit(tile.title, this)),
      m_display(new QComboBox(this)),
      m_measures(new QListWidget(this)),
      m_by(new QComboBox(this)),
      m_second(new QComboBox(this)),
      m_top(new QSpinBox(this)),
      m_filter(new QLineEdit(toQt(tile.filter.toString()), this)),
      m_problem(new QLabel(this)),
      m_room(new QWidget(this)),
      m_form(new QFormLayout)
{
    setWindowTitle(tr("Tile"));
    setAttribute(Qt::WA_DeleteOnClose);
    makeFields(tile);

    m_form->addRow(tr("&Title"), m_title);
    m_form->addRow(tr("&Show as"), m_display);
    m_form->addRow(tr("&Measures"), m_measures);
    m_form->addRow(QStringLiteral("by"), m_by);
    m_form->addRow(QStringLiteral("and"), m_second);
    m_form->addRow(tr("&Largest values"), m_top);
    m_form->addRow(tr("&Only where"), m_filter);
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    auto *left = new QVBoxLayout;
    left->addLayout(m_form);
    left->addWidget(m_problem);
    left->addStretch(1);
    m_room->setMinimumSize(400, 280);
    auto *room = new QVBoxLayout(m_room);
    room->setContentsMargins(0, 0, 0, 0);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(20);
    columns->addLayout(left, 2);
    columns->addWidget(m_room, 3);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    connect(buttons, &QDialogButtonBox::accepted, this, &TileEditor::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 16);
    layout->addLayout(columns, 1);
    layout->addWidget(buttons);
    resize(940, 520);
    setFieldNames();
    onChanged();
}

void TileEditor::makeFields(const OwnTile &tile)
{
    m_title->setMaxLength(200);
    m_title->setPlaceholderText(tr("after what it shows"));
    for (const Display display : kDisplays)
        m_display->addItem(displayText(display), static_cast<int>(display));
    if (tile.display == Display::Percentiles)
        m_display->addItem(displayText(tile.display), static_cast<int>(tile.display));
    m_display->setCurrentIndex(std::max(0, m_display->findData(static_cast<int>(tile.display))));
    m_display->setAccessibleName(tr("Show as"));
    m_measures->setAccessibleName(tr("Measures"));
    m_measures->setMaximumHeight(150);
    const auto addMeasure = [&](Measure measure, bool chosen) {
        const std::string name(measureName(measure));
        auto *item = new QListWidgetItem(columnTitle(name), m_measures);
        item->setData(Qt::UserRole, toQt(name));
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState(chosen ? Qt::Checked : Qt::Unchecked);
    };
    for (const Measure measure : tile.measures) // in their order, before all others
        addMeasure(measure, true);
    for (const std::string_view name : measureNames()) {
        const auto measure = measureFromName(name);
        if (measure && std::find(tile.measures.begin(), tile.measures.end(), *measure) == tile.measures.end())
            addMeasure(*measure, false);
    }
    m_measures->setCurrentRow(0);
    m_by->setObjectName(QStringLiteral("by"));
    m_second->setObjectName(QStringLiteral("second"));
    listFields();
    m_by->setCurrentText(tile.by ? toQt(tile.by->text) : QString());
    m_second->setCurrentText(tile.second ? toQt(tile.second->text) : QString());
    m_top->setRange(1, 1000);
    m_top->setValue(tile.top);
    m_filter->setPlaceholderText(tr("everything that the window's filter leaves"));
    for (QLineEdit *edit : {m_title, m_filter})
        connect(edit, &QLineEdit::textChanged, this, &TileEditor::onChanged);
    connect(m_display, &QComboBox::currentIndexChanged, this, &TileEditor::onDisplay);
    for (QComboBox *box : {m_by, m_second})
        connect(box, &QComboBox::currentTextChanged, this, &TileEditor::onChanged);
    connect(m_measures, &QListWidget::itemChanged, this, &TileEditor::onChanged);
    connect(m_top, &QSpinBox::valueChanged, this, &TileEditor::onChanged);
}

/// The fixed fields at once; properties are found on a worker.
void TileEditor::listFields()
{
    for (QComboBox *box : {m_by, m_second}) {
        box->setEditable(true);
        box->setInsertPolicy(QComboBox::NoInsert);
        box->addItem(QString());
        for (const char *field : kFields)
            box->addItem(QLatin1String(field));
    }
    m_workspace->compute<std::vector<PropertyPath>>(
        this, QStringLiteral("properties"),
        [](const Selection &selection) {
            auto names = selection.reader ? selection.reader->propertyNames()
                                          : Result<std::vector<PropertyPath>>(std::vector<PropertyPath>());
            return names ? std::move(*names) : std::vector<PropertyPath>();
        },
        [this](const std::vector<PropertyPath> &names) {
            for (QComboBox *box : {m_by, m_second}) {
                const QSignalBlocker quiet(box);
                const QString text = box->currentText();
                for (const PropertyPath &path : names)
                    box->addItem(toQt(fieldText(path)));
                box->setCurrentText(text);
            }
        });
}

/// What the two fields are to the chart.
void TileEditor::setFieldNames()
{
    QString by = tr("Broken down &by");
    QString second;
    switch (display()) {
    case Display::Histogram:
        by = tr("&Bins of");
        second = tr("S&plit by");
        break;
    case Display::Heatmap:
        by = tr("&Upwards");
        second = tr("To the &right");
        break;
    case Display::Scatter:
        by = tr("To the &right");
        second = tr("&Upwards");
        break;
    default:
        break;
    }
    const auto name = [this](QComboBox *box, const QString &text) {
        qobject_cast<QLabel *>(m_form->labelForField(box))->setText(text);
        box->setAccessibleName(QString(text).remove(QLatin1Char('&')));
    };
    name(m_by, by);
    name(m_second, second);
    m_second->lineEdit()->setPlaceholderText(display() == Display::Heatmap ? tr("time") : QString());
    m_form->setRowVisible(m_second, !second.isEmpty());
}

/// Fields that suit the chart take the place of those that do not.
void TileEditor::onDisplay()
{
    setFieldNames();
    OwnTile now;
    now.display = display();
    now.by = fieldOf(m_by);
    now.second = fieldOf(m_second);
    if (!problemOf(now).isEmpty()) {
        const QSignalBlocker quietBy(m_by);
        const QSignalBlocker quietSecond(m_second);
        const bool scatter = now.display == Display::Scatter;
        const bool heatmap = now.display == Display::Heatmap;
        m_by->setCurrentText(scatter                             ? QStringLiteral("output_tokens")
                             : heatmap                           ? QStringLiteral("day_of_week")
                             : now.display == Display::Histogram ? QStringLiteral("latency")
                                                                 : QStringLiteral("model"));
        m_second->setCurrentText(scatter   ? QStringLiteral("latency")
                                 : heatmap ? QStringLiteral("hour_of_day")
                                           : QString());
    }
    onChanged();
}

TileSpec::Display TileEditor::display() const
{
    return static_cast<Display>(m_display->currentData().toInt());
}

QString TileEditor::problem() const
{
    for (const QComboBox *box : {m_by, m_second}) {
        const QString text = box->currentText().trimmed();
        if (box->isVisibleTo(this) && !text.isEmpty() && !fieldOf(box))
            return tr("“%1” is no field. Properties are written event.NAME, person.NAME or group.TYPE.NAME.")
                .arg(text);
    }
    OwnTile now;
    now.display = display();
    now.by = fieldOf(m_by);
    now.second = fieldOf(m_second);
    if (const QString problem = problemOf(now); !problem.isEmpty())
        return problem;
    if (const auto filter = Filter::parse(m_filter->text().toStdString()); !filter)
        return filter.error().message;
    bool any = false;
    for (int row = 0; row < m_measures->count(); ++row)
        any = any || m_measures->item(row)->checkState() == Qt::Checked;
    return any ? QString() : tr("Choose at least one measure.");
}

std::optional<OwnTile> TileEditor::tile() const
{
    if (!problem().isEmpty())
        return std::nullopt;
    OwnTile tile;
    tile.display = display();
    tile.measures.clear();
    QStringList titles;
    for (int row = 0; row < m_measures->count(); ++row) {
        const QListWidgetItem *item = m_measures->item(row);
        const auto measure = measureFromName(item->data(Qt::UserRole).toString().toStdString());
        if (item->checkState() != Qt::Checked || !measure || tile.measures.size() == 8)
            continue;
        tile.measures.push_back(*measure);
        titles << item->text();
    }
    tile.by = fieldOf(m_by);
    const bool hasSecond = m_second->isVisibleTo(this);
    if (hasSecond)
        tile.second = fieldOf(m_second);
    tile.top = m_top->value();
    tile.filter = *Filter::parse(m_filter->text().toStdString());
    tile.title = m_title->text().trimmed();
    if (tile.title.isEmpty()) {
        const bool one = tile.by && tile.display != Display::Table;
        const QString what = one ? titles.front() : titles.join(QStringLiteral(", "));
        if (tile.by && tile.second)
            tile.title =
                tr("%1 by %2 and %3").arg(what, columnTitle(tile.by->text), columnTitle(tile.second->text));
        else
            tile.title = tile.by ? tr("%1 by %2").arg(what, columnTitle(tile.by->text)) : what;
    }
    return tile;
}

void TileEditor::accept()
{
    const auto made = tile();
    if (!made)
        return;
    Q_EMIT chosen(*made);
    QDialog::accept();
}

void TileEditor::onChanged()
{
    const QString wrong = problem();
    m_problem->setText(wrong);
    m_ok->setEnabled(wrong.isEmpty());
    const bool splits = display() == Display::Histogram
                            ? !m_second->currentText().trimmed().isEmpty()
                            : display() != Display::Heatmap && display() != Display::Scatter;
    m_top->setEnabled(splits && !m_by->currentText().trimmed().isEmpty() && display() != Display::Number);
    m_by->setEnabled(display() != Display::Number && display() != Display::Percentiles);
    if (const auto made = tile())
        showPreview(*made);
}

void TileEditor::showPreview(const OwnTile &tile)
{
    const auto selection = m_workspace->selection();
    const TimeRange covered = selection->covered();
    const TimeRange &range = selection->scope.range;
    const TimeRange shown{range.from ? range.from : covered.from, range.to ? range.to : covered.to};
    const TileSpec spec =
        specOf(tile, QStringLiteral("preview"), intervalFor(shown, m_workspace->view().interval));
    if (m_preview != nullptr && m_preview->spec().display == spec.display) {
        m_preview->setSpec(spec);
    } else {
        delete m_preview;
        m_preview = makeTile(spec, m_room);
        m_preview->setFocusPolicy(Qt::NoFocus);
        m_room->layout()->addWidget(m_preview);
    }
    m_preview->setLoading();
    ChartContext context;
    context.range = shown;
    context.asked = range;
    m_workspace->compute<std::shared_ptr<const TileAnswer>>(
        this, QStringLiteral("preview"),
        [spec](const Selection &current) {
            return std::make_shared<const TileAnswer>(std::move(runTiles({spec}, current).front()));
        },
        [this, context](const std::shared_ptr<const TileAnswer> &answer) {
            if (!answer->table) {
                m_preview->setError(answer->table.error());
                return;
            }
            m_preview->setTotals(answer->totals.now, answer->totals.before);
            ChartContext full = context;
            full.matched = answer->table->matched;
            m_preview->setResult(*answer->table, full);
        });
}

} // namespace genscope
