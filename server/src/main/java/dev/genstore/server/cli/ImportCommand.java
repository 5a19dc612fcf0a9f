package dev.genstore.server.cli;

import dev.genstore.server.config.SettingsReader;
import dev.genstore.server.config.UsageError;
import dev.genstore.server.remote.Place;
import dev.genstore.server.remote.Remote;
import dev.genstore.server.remote.RemoteFailure;
import dev.genstore.server.transfer.Importing;
import dev.genstore.server.transfer.RowException;
import dev.genstore.server.transfer.Rows;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code genstore import}. Confined to the thread that uses it. */
final class ImportCommand implements Callable<Integer> {
    private static final int BATCH = 500;
    private static final int BATCH_MAX = 1000;

    private final Model model = new Model(
            this,
            "import",
            "Writes the rows of a file into a collection, NDJSON or CSV.",
            "A row with an id replaces the resource of that id; one without becomes a new resource.",
            "In CSV the first row has the names. A cell that is JSON means that: 12, true, [1,2];"
                    + " any other is a text, an empty one nothing.");
    private final SettingsReader reader;
    private final Terminal terminal;
    private final PositionalParamSpec collection =
            model.argument("COLLECTION", "The collection; the first row makes it.");
    private final PositionalParamSpec file =
            model.optionalArgument("FILE", "The file; without it, the standard input.");
    private final FormatOption format = new FormatOption(model);
    private final OptionSpec resume = model.option(
            "--resume",
            "FILE",
            "Keeps how far it has come in this file. Called again, it goes on there, and no row is"
                    + " written twice.");
    private final OptionSpec batch = model.option(
            "--batch", "COUNT", "How many rows are written as one; without it " + BATCH + ".");
    private final ClientOptions client;

    ImportCommand(SettingsReader reader, Terminal terminal) {
        this.reader = reader;
        this.terminal = terminal;
        client = new ClientOptions(reader, model);
        model.example(
                "genstore import notes notes.ndjson",
                "genstore import people people.csv --resume people.progress",
                "zcat notes.ndjson.gz | genstore import notes");
    }

    CommandSpec spec() {
        return model.spec();
    }

    @Override
    public Integer call() throws InterruptedException {
        Place place = Place.of(Model.required(collection));
        if (!place.isCollection()) {
            throw new UsageError("'" + Model.required(collection) + "' is no collection.");
        }
        try (Remote remote = client.remote();
                var bytes = CountedInput.open(terminal.in(), Model.text(file).map(reader::path))) {
            Optional<ResumeFile> kept =
                    Model.text(resume).map(name -> new ResumeFile(reader.path(name)));
            ImportState begin = kept.flatMap(ResumeFile::read)
                    .map(text -> ImportState.of(text, place.path()))
                    .orElseGet(() -> ImportState.begin(place.path(), batchSize()));
            var importing = new Importing(remote, place, begin.run(), begin.rows(), begin.batch());
            Rows rows = format.of(Model.text(file)).reading(bytes);
            run(rows, importing, begin, kept, bytes);
            return ExitCode.OK;
        } catch (IOException failure) {
            throw new CommandFailure("The rows can't be read: " + failure.getMessage());
        } catch (RowException wrong) {
            throw new CommandFailure(String.valueOf(wrong.getMessage()));
        }
    }

    private int batchSize() {
        int size = Numbers.positive("--batch", Model.text(batch), BATCH);
        if (size > BATCH_MAX) {
            throw new UsageError("--batch is " + size + "; it must be at most " + BATCH_MAX + ".");
        }
        return size;
    }

    private void run(
            Rows rows,
            Importing importing,
            ImportState begin,
            Optional<ResumeFile> kept,
            CountedInput bytes)
            throws IOException, InterruptedException {
        kept.ifPresent(state -> state.write(begin.toString()));
        try (var progress = new Progress(terminal)) {
            progress.begin(begin.rows());
            progress.show(begin.rows(), bytes.part());
            skip(rows, begin.rows());
            for (@Nullable JsonNode row = rows.next(); row != null; row = rows.next()) {
                if (importing.add(rows.line(), row)) {
                    keep(kept, begin, importing);
                    progress.show(importing.done(), bytes.part());
                }
            }
            importing.flush();
            kept.ifPresent(ResumeFile::delete);
            progress.end("Imported", importing.done());
        } catch (RowException | RemoteFailure failure) {
            keep(kept, begin, importing);
            model.err()
                    .println("The first " + importing.done()
                            + " rows are written, the others are not.");
            throw failure;
        }
    }

    private static void keep(Optional<ResumeFile> kept, ImportState begin, Importing importing) {
        kept.ifPresent(state -> state.write(begin.withRows(importing.done()).toString()));
    }

    private static void skip(Rows rows, long count) throws IOException {
        for (long i = 0; i < count; i++) {
            if (rows.next() == null) {
                throw new UsageError("The file of --resume is of another import: it has " + count
                        + " rows, and there are only " + i + ".");
            }
        }
    }
}
