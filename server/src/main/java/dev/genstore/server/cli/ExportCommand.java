package dev.genstore.server.cli;

import dev.genstore.server.config.SettingsReader;
import dev.genstore.server.config.UsageError;
import dev.genstore.server.remote.Page;
import dev.genstore.server.remote.Place;
import dev.genstore.server.remote.Remote;
import dev.genstore.server.transfer.RowException;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code genstore export}. Confined to the thread that uses it. */
final class ExportCommand implements Callable<Integer> {
    private static final String PAGE = "1000";

    private final Model model = new Model(
            this,
            "export",
            "Writes the resources of a collection to a file, NDJSON or CSV, in the order of their ids.",
            "What the server adds (_revision, _created, _updated) is written where --fields names it.",
            "What is written meanwhile by others may be in it or not; each resource comes once.");
    private final SettingsReader reader;
    private final Terminal terminal;
    private final PositionalParamSpec collection = model.argument("COLLECTION", "The collection.");
    private final PositionalParamSpec file =
            model.optionalArgument("FILE", "The file; without it, the standard output.");
    private final FormatOption format = new FormatOption(model);
    private final OptionSpec filter =
            model.option("--filter", "CEL", "Only what this holds for, for example 'size > 3'.");
    private final OptionSpec fields = model.option(
            "--fields", "NAMES", "Only these members, with commas between them; columns in CSV.");
    private final OptionSpec resume = model.option(
            "--resume",
            "FILE",
            "Keeps how far it has come in this file. Called again, it goes on.");
    private final ClientOptions client;

    ExportCommand(SettingsReader reader, Terminal terminal) {
        this.reader = reader;
        this.terminal = terminal;
        client = new ClientOptions(reader, model);
        model.example(
                "genstore export notes notes.ndjson",
                "genstore export notes open.csv --filter 'status == \"open\"' --fields id,title",
                "genstore export notes | gzip > notes.ndjson.gz");
    }

    CommandSpec spec() {
        return model.spec();
    }

    @Override
    public Integer call() {
        Place place = Place.of(Model.required(collection));
        if (!place.isCollection()) {
            throw new UsageError("'" + Model.required(collection) + "' is no collection.");
        }
        if (Model.text(resume).isPresent() && Model.text(file).isEmpty()) {
            throw new UsageError("--resume needs a FILE to go on with.");
        }
        Place wanted = place.with("filter", Model.text(filter))
                .with("fields", Model.text(fields))
                .with("limit", PAGE);
        try (Remote remote = client.remote();
                ExportFile rows = open(place);
                var progress = new Progress(terminal)) {
            new Exporting(remote, rows, progress, named(), expected(remote, place)).run(wanted);
            progress.end("Exported", rows.rows());
            return ExitCode.OK;
        } catch (IOException failure) {
            throw new CommandFailure("The rows can't be written: " + failure.getMessage());
        } catch (RowException wrong) {
            throw new CommandFailure(String.valueOf(wrong.getMessage()));
        }
    }

    /** How many resources there are, if that is to be seen and all are wanted; else 0. */
    private long expected(Remote remote, Place place) {
        if (Model.text(filter).isPresent() || !terminal.isErrSeen()) {
            return 0;
        }
        for (JsonNode each : Page.read(remote, Place.root()).items()) {
            if (each.path("url").asString("").equals(place.path())) {
                return each.path("count").asLong(0);
            }
        }
        return 0;
    }

    private List<String> named() {
        return Model.text(fields).map(names -> List.of(names.split(",", -1))).orElse(List.of());
    }

    private ExportFile open(Place place) throws IOException {
        Optional<String> name = Model.text(file);
        return ExportFile.open(
                place,
                name.map(reader::path),
                model.out(),
                format.of(name),
                Model.text(resume).map(state -> new ResumeFile(reader.path(state))));
    }
}
