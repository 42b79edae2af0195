// SPDX-FileCopyrightText: 2026 The Genscope developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/prices/pricespage.h"

#include "app/prices/costcheckview.h"
#include "app/prices/enddatedialog.h"
#include "app/prices/pricechangesdialog.h"
#include "app/prices/priceeditor.h"
#include "app/prices/pricesview.h"
#include "core/format.h"
#include "models/pricechanges.h"
#include "store/pricetable.h"
#include "sync/openrouterclient.h"
#include "workspace/workspace.h"

#include <QAction>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QShowEvent>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace genscope {

namespace {

Timestamp startOfDay(Timestamp instant)
{
    return {instant.us / kMicrosPerDay * kMicrosPerDay};
}

Result<PriceFile> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return makeError(Error::Kind::Io,
                         PricesPage::tr("%1 could not be read: %2").arg(path, file.errorString()));
    const QString name = QFileInfo(path).fileName();
    return readPriceFile(file.readAll(), name, name.toStdString());
}

Status writeFile(const QString &path, const std::string &bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes.data(), static_cast<qint64>(bytes.size())) < 0 ||
        !file.commit())
        return makeError(Error::Kind::Io,
                         PricesPage::tr("%1 could not be written: %2").arg(path, file.errorString()));
    return Done{};
}

/// Of @p models those that a list names; one that is gone has no providers to ask for.
QStringList listedOf(const OpenRouterPrices &list, const QStringList &models)
{
    QStringList listed;
    for (const std::string &model : list.models) {
        if (models.contains(QString::fromStdString(model)))
            listed += QString::fromStdString(model);
    }
    return listed;
}

Filter equalsOrMissing(const char *field, const QString &value)
{
    const Field parsed = *Field::parse(field);
    return value.isEmpty() ? Filter::isMissing(parsed) : Filter::equals(parsed, value.toStdString());
}

} // namespace

PricesPage::PricesPage(Workspace *workspace, const Services &services, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_services(services),
      m_view(new PricesView),
      m_check(new CostCheckView(workspace, services)),
      m_tabs(new QTabWidget)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_tabs);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_view, tr("Prices"));
    m_tabs->addTab(m_check, tr("Reported against recomputed"));
    connect(m_check, &CostCheckView::message, this, &PricesPage::message);
    connect(m_check, &CostCheckView::callsRequested, this, &PricesPage::callsRequested);
    connect(m_check, &CostCheckView::unpricedActivated, this, &PricesPage::showPrices);
    connectView();
    connect(workspace, &Workspace::opened, this, [this] {
        m_own.reset({});
        m_loading = m_saving = false; // answers about another store do not come
        Q_EMIT undoChanged();
        markStale();
    });
    const auto showAccess = [this] {
        m_view->setEditable(!m_workspace->isReadOnly(), m_workspace->readOnlyReason());
        Q_EMIT undoChanged();
    };
    connect(workspace, &Workspace::accessChanged, this, showAccess);
    connect(workspace, &Workspace::opened, this, showAccess);
    // A new range or filter changes nothing here; new data and another cost view do.
    connect(workspace, &Workspace::selectionChanged, this, &PricesPage::markStale);
}

void PricesPage::connectView()
{
    connect(m_view->addAction(), &QAction::triggered, this, [this] {
        PriceDraft draft;
        addPrice(draft, false);
    });
    connect(m_view, &PricesView::priceThis, this, [this](const UnpricedLine &line) {
        PriceDraft draft;
        draft.model = line.model;
        addPrice(draft, true);
    });
    connect(m_view, &PricesView::editRequested, this, &PricesPage::editPrice);
    connect(m_view, &PricesView::endRequested, this, &PricesPage::endPrice);
    connect(m_view, &PricesView::deleteRequested, this, [this](const std::vector<PriceLine> &lines) {
        apply(withoutPrices(m_own.rows(), lines),
              tr("delete %n price(s)", nullptr, static_cast<int>(lines.size())));
    });
    connect(m_view, &PricesView::callsRequested, this, [this](const PriceLine &line) {
        const Filter filters[] = {equalsOrMissing("cost_model", line.model),
                                  equalsOrMissing("cost_provider", QString::fromStdString(line.providerKey))};
        Q_EMIT callsRequested(Filter::all({filters[0], filters[1]}),
                              {}); // over all time, as they are counted
    });
    connect(m_view, &PricesView::unpricedCallsRequested, this, [this](const UnpricedLine &line) {
        Q_EMIT callsRequested(
            Filter::all({equalsOrMissing("model", line.model), equalsOrMissing("provider", line.provider),
                         *Filter::parse("not priced")}),
            {});
    });
    connect(m_view->importAction(), &QAction::triggered, this, &PricesPage::importPrices);
    connect(m_view->updateAction(), &QAction::triggered, this, &PricesPage::offerUpdate);
    connect(m_view->exportAction(), &QAction::triggered, this, &PricesPage::exportPrices);
}

// --- Loading

void PricesPage::showPrices()
{
    m_tabs->setCurrentWidget(m_view);
    m_view->focusTable();
}

void PricesPage::showCostCheck()
{
    m_tabs->setCurrentWidget(m_check);
    m_check->table()->setFocus(Qt::OtherFocusReason);
}

void PricesPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    load();
}

void PricesPage::markStale()
{
    m_stale = true;
    load();
}

void PricesPage::load()
{
    if (!m_stale || !isVisible() || !m_workspace->isOpen())
        return;
    m_stale = false;
    m_loading = true;
    const QString path = m_workspace->storePath();
    m_workspace->compute<Result<Loaded>>(
        this, QStringLiteral("prices"),
        [path](const Selection &selection) -> Result<Loaded> {
            auto own = readPrices(path);
            if (!own)
                return own.error();
            auto book = priceBookOf(path);
            if (!book)
                return book.error();
            auto overview = priceOverview(selection, **book);
            if (!overview)
                return overview.error();
            auto lines = linesOf(*book, overview->uses);
            return Loaded{std::move(*own), std::move(*book), std::move(lines), std::move(overview->unpriced)};
        },
        [this](Result<Loaded> loaded) {
            m_loading = false;
            // What was read while prices are written may be from before or after: taken for another
            // program's change, it would end the history of edits. The end of the writing loads anew.
            if (m_saving)
                return;
            if (loaded)
                show(std::move(*loaded));
            else if (loaded.error().kind != Error::Kind::Cancelled)
                fail(loaded.error(), tr("The prices could not be read."));
        });
}

void PricesPage::show(Loaded loaded)
{
    if (loaded.own != m_own.rows()) { // another program, or an import
        m_own.reset(loaded.own);
        Q_EMIT undoChanged();
    }
    m_book = loaded.book;
    int own = 0;
    for (const PriceLine &line : loaded.lines)
        own += line.isOwn;
    QStringList facts = {
        tr("Bundled prices of %1, in USD per million tokens").arg(PriceBook::bundled()->date())};
    facts +=
        own == 0 ? tr("none of your own in this store") : tr("%n of your own in this store", nullptr, own);
    m_view->setFacts(facts.join(QStringLiteral("  ·  ")));
    m_view->setLines(std::move(loaded.lines));
    m_view->setUnpriced(std::move(loaded.unpriced));
    if (const auto next = std::exchange(m_afterLoad, nullptr))
        next();
}

void PricesPage::reveal(const QString &model, const QString &provider)
{
    showPrices();
    m_afterLoad = [this, model, provider] {
        if (m_view->reveal(model, provider))
            return;
        PriceDraft draft;
        draft.model = model;
        addPrice(draft, true);
    };
    if (!m_stale && !m_loading)
        std::exchange(m_afterLoad, nullptr)();
}

// --- Editing

void PricesPage::save(std::vector<PriceRow> rows, std::function<void()> done)
{
    if (m_saving || !m_workspace->isOpen())
        return;
    m_saving = true;
    Q_EMIT undoChanged();
    const QString path = m_workspace->storePath();
    m_workspace->compute<Result<std::vector<PriceRow>>>(
        this, QStringLiteral("save"),
        [path, rows = std::move(rows), expected = m_own.rows()](const Selection &selection) {
            return editPrices(
                path,
                [&](const std::vector<PriceRow> &stored) -> Result<std::vector<PriceRow>> {
                    if (stored != expected)
                        return makeError(Error::Kind::Usage,
                                         tr("Another program changed this store's prices meanwhile. They are "
                                            "shown now: look again, then repeat the change."));
                    return rows;
                },
                {}, selection.context.data.stop);
        },
        [this, done = std::move(done)](const Result<std::vector<PriceRow>> &saved) {
            m_saving = false;
            if (saved)
                done();
            else
                fail(saved.error(), tr("The prices were not changed."));
            m_workspace->reloadPrices(); // all costs follow
            m_stale = true;
            load();
            Q_EMIT undoChanged();
        });
}

void PricesPage::apply(const Result<std::vector<PriceRow>> &rows, const QString &what)
{
    if (!rows) {
        fail(rows.error(), tr("The prices were not changed."));
        return;
    }
    if (*rows == m_own.rows()) {
        Q_EMIT message({Message::Severity::Notice, tr("These prices are there already."), {}, {}, {}});
        return;
    }
    save(*rows, [this, rows = *rows, what] { m_own.push(rows, what); });
}

bool PricesPage::canUndo() const
{
    return !m_saving && !m_workspace->isReadOnly() && m_own.canUndo();
}

bool PricesPage::canRedo() const
{
    return !m_saving && !m_workspace->isReadOnly() && m_own.canRedo();
}

void PricesPage::undo()
{
    if (!canUndo())
        return;
    OwnPrices before = m_own;
    before.undo();
    save(before.rows(), [this] { m_own.undo(); });
}

void PricesPage::redo()
{
    if (!canRedo())
        return;
    OwnPrices after = m_own;
    after.redo();
    save(after.rows(), [this] { m_own.redo(); });
}

void PricesPage::add(const std::vector<PriceRow> &rows, PriceEdit mode, const QString &what)
{
    const auto edited = withPrices(m_own.rows(), rows, mode);
    if (edited) {
        apply(edited->rows, what);
        return;
    }
    Message question{Message::Severity::Warning, edited.error().message, {}, {}, {}};
    if (mode == PriceEdit::KeepHistory) {
        question.actionText = tr("Replace the old ones");
        question.action = [this, rows, what] { add(rows, PriceEdit::Replace, what); };
    }
    Q_EMIT message(question);
}

std::string PricesPage::handSource() const
{
    return std::string(kHandSource) + ", " + isoTime(m_services.now()).substr(0, 10);
}

void PricesPage::addPrice(const PriceDraft &draft, bool suggest)
{
    if (m_workspace->isReadOnly()) { // where a link led here
        Q_EMIT message({Message::Severity::Notice, m_workspace->readOnlyReason(), {}, {}, {}});
        return;
    }
    auto *editor = new PriceEditor(PriceEditor::Purpose::Add, draft, this);
    if (const auto nearest = suggest && m_book ? nearestPrice(*m_book, draft.model) : std::nullopt)
        editor->setSuggestion({nearest->model, *nearest->rates});
    connect(editor, &QDialog::accepted, this, [this, editor] {
        const PriceDraft made = editor->draft();
        add(rowsOf(made, handSource()), PriceEdit::KeepHistory, tr("add %1").arg(made.model));
    });
    editor->open();
}

void PricesPage::editPrice(const PriceLine &line)
{
    PriceDraft draft = draftOf(line);
    auto *editor = new PriceEditor(PriceEditor::Purpose::Edit, draft, this);
    editor->setToday(startOfDay(m_services.now()));
    connect(editor, &QDialog::accepted, this, [this, editor] {
        const PriceDraft made = editor->draft();
        add(rowsOf(made, handSource()),
            made.change == PriceDraft::Change::NewPrice ? PriceEdit::KeepHistory : PriceEdit::Replace,
            tr("edit %1").arg(made.model));
    });
    editor->open();
}

void PricesPage::endPrice(const PriceLine &line)
{
    auto *dialog = new EndDateDialog(line.model, startOfDay(m_services.now()), line.valid, this);
    connect(dialog, &QDialog::accepted, this, [this, dialog, line] {
        apply(withEnd(m_own.rows(), line, dialog->end()), tr("end %1").arg(line.model));
    });
    dialog->open();
}

// --- Files

void PricesPage::importPrices()
{
    m_services.dialogs->openFiles(
        this, tr("Import prices"), m_services.documentsFolder,
        {tr("Prices (*.csv *.json)"), tr("All files (*)")}, [this](const QStringList &paths) {
            m_workspace->compute<Result<PriceFile>>(
                this, QStringLiteral("read"),
                [path = paths.front()](const Selection &) { return readFile(path); },
                [this, path = paths.front()](const Result<PriceFile> &file) {
                    if (file)
                        previewImport(*file, QFileInfo(path).fileName());
                    else
                        fail(file.error(),
                             tr("%1 was not imported: nothing was changed.").arg(QFileInfo(path).fileName()));
                });
        });
}

void PricesPage::previewImport(const PriceFile &file, const QString &name)
{
    const PricePreview preview =
        previewOf(file.rows, m_own.rows(), m_book ? *m_book : *PriceBook::bundled(), m_services.now());
    auto *dialog =
        new PriceChangesDialog({tr("Import %1").arg(name),
                                tr("%1: %2 rates of %3 prices. Nothing is changed before you apply it.")
                                    .arg(file.format, formatCount(qsizetype(file.rows.size()), locale()))
                                    .arg(preview.prices),
                                file.notes, preview.lines},
                               this);
    connect(dialog, &QDialog::accepted, this, [this, dialog, rows = file.rows, preview, name] {
        add(chosenRows(rows, preview, [&](int price) { return dialog->model()->isChosen(price); }),
            PriceEdit::KeepHistory, tr("import %1").arg(name));
    });
    dialog->open();
}

// --- OpenRouter

void PricesPage::offerUpdate()
{
    Q_EMIT message(
        {Message::Severity::Notice,
         tr("This goes online: it asks %1 for its list of prices, and for the providers' prices of the "
            "models that your calls use. It sends the names of these models and nothing else. You see "
            "what would change before it does.")
             .arg(m_services.priceServer.toString()),
         {},
         tr("Go online"),
         [this] { fetchUpdate(); }});
}

void PricesPage::fetchUpdate()
{
    if (!m_book || !m_view->updateAction()->isEnabled())
        return;
    m_view->updateAction()->setEnabled(false);
    struct Answer
    {
        PriceDiff diff;
        QStringList notes;
    };
    m_workspace->compute<Result<Answer>>(
        this, QStringLiteral("update"),
        [book = m_book, now = m_services.now(), server = m_services.priceServer,
         used = m_view->usedListedModels()](const Selection &selection) -> Result<Answer> {
            const StopToken &stop = selection.context.data.stop;
            OpenRouterClient::Options network;
            network.address = server;
            const OpenRouterClient client(network);
            auto prices = client.fetchPrices({}, stop);
            if (!prices)
                return prices.error();
            const QStringList asked = listedOf(*prices, used);
            if (!asked.isEmpty())
                prices = client.fetchPrices(asked, stop);
            if (!prices)
                return prices.error();
            const Timestamp asOf{now.us / kMicrosPerSecond * kMicrosPerSecond};
            for (PriceRow &row : prices->rows)
                row.source = std::string(kOpenRouterSource) + ' ' + isoTime(asOf).substr(0, 10);
            return Answer{diffPrices(*book, prices->rows, asOf), prices->notes};
        },
        [this](const Result<Answer> &answer) {
            m_view->updateAction()->setEnabled(true);
            if (answer)
                previewUpdate(answer->diff, answer->notes);
            else
                fail(answer.error(), tr("The prices were not updated: the book is as it was."));
        });
}

void PricesPage::previewUpdate(const PriceDiff &diff, const QStringList &notes)
{
    const QString counts = tr("%1 new prices, %2 changed, %3 unchanged; %4 models of the book are not listed "
                              "and keep theirs. Changed prices begin now; the old ones are kept.")
                               .arg(diff.newPrices)
                               .arg(diff.changedPrices)
                               .arg(diff.unchangedPrices)
                               .arg(diff.vanished.size());
    if (diff.rows.empty()) {
        Q_EMIT message({Message::Severity::Notice, tr("The prices are up to date."), counts, {}, {}});
        return;
    }
    const PricePreview preview = previewOf(diff);
    auto *dialog = new PriceChangesDialog({tr("Update from OpenRouter"), counts, notes, preview.lines}, this);
    connect(dialog, &QDialog::accepted, this, [this, dialog, rows = diff.rows, preview] {
        add(chosenRows(rows, preview, [&](int price) { return dialog->model()->isChosen(price); }),
            PriceEdit::KeepHistory, tr("update from OpenRouter"));
    });
    dialog->open();
}

void PricesPage::exportPrices()
{
    if (!m_book)
        return;
    const QString proposed = m_services.documentsFolder + QStringLiteral("/prices.csv");
    m_services.dialogs->saveFile(
        this, tr("Export prices"), proposed, {tr("CSV (*.csv)"), tr("JSON (*.json)")},
        [this](const QString &path) {
            m_workspace->compute<Status>(
                this, QStringLiteral("write"),
                [path, book = m_book](const Selection &) {
                    const auto rows = rowsOf(book->tables());
                    const bool json = path.endsWith(QLatin1String(".json"), Qt::CaseInsensitive);
                    return writeFile(path, json ? pricesAsJson(rows) : pricesAsCsv(rows));
                },
                [this, path](const Status &written) {
                    if (written)
                        Q_EMIT message(
                            {Message::Severity::Notice, tr("The prices are in %1.").arg(path), {}, {}, {}});
                    else
                        fail(written.error(), tr("The prices were not exported."));
                });
        });
}

void PricesPage::fail(const Error &error, const QString &what)
{
    Q_EMIT message({Message::Severity::Error, what, error.message, {}, {}});
}

} // namespace genscope
