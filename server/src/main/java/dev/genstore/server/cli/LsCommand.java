package dev.genstore.server.cli;

import dev.genstore.resource.Json;
import dev.genstore.server.config.SettingsReader;
import dev.genstore.server.config.UsageError;
import dev.genstore.server.remote.Page;
import dev.genstore.server.remote.Place;
import dev.genstore.server.remote.Remote;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code genstore ls}. Confined to the thread that uses it. */
final class LsCommand implements Callable<Integer> {
    private static final int PAGE_MAX = 1000;
    private static final long DEFAULT_LIMIT = 100;

    private final Model model = new Model(
            this,
            "ls",
            "Lists the collections, or the resources of one, in columns or a JSON a line.");
    private final Terminal terminal;
    private final PositionalParamSpec collection = model.optionalArgument(
            "COLLECTION", "The collection; without it, all collections are listed.");
    private final SelectionOptions selection = new SelectionOptions(model);
    private final OptionSpec sort =
            model.option("--sort", "MEMBERS", "The order, for example -priority,title.");
    private final OptionSpec limit =
            model.option("--limit", "COUNT", "How many at most; without it " + DEFAULT_LIMIT + ".");
    private final OptionSpec output = Output.option(model, Output.TABLE);
    private final ClientOptions client;

    LsCommand(SettingsReader reader, Terminal terminal) {
        this.terminal = terminal;
        client = new ClientOptions(reader, model);
        model.example(
                "genstore ls",
                "genstore ls notes --filter 'status == \"open\"' --sort -_updated",
                "genstore ls notes --limit 100000 --output json");
    }

    CommandSpec spec() {
        return model.spec();
    }

    @Override
    public Integer call() {
        Output form = Output.of(output, Output.TABLE);
        long most = Numbers.positive("--limit", Model.text(limit), DEFAULT_LIMIT);
        try (Remote remote = client.remote()) {
            Place place = Model.text(collection).map(this::selected).orElse(Place.root());
            list(remote, place, most, form);
            return ExitCode.OK;
        }
    }

    private Place selected(String named) {
        Place place = Place.of(named);
        if (!place.isCollection()) {
            throw new UsageError(
                    "'" + named + "' is no collection; 'genstore get' shows a resource.");
        }
        return selection.in(place).with("sort", Model.text(sort));
    }

    /** A table has to know all of its rows; what goes out as JSON need not be kept. */
    private void list(Remote remote, Place place, long most, Output form) {
        List<JsonNode> kept = new ArrayList<>();
        Optional<Place> next =
                Optional.of(place.with("limit", String.valueOf(Math.min(most, PAGE_MAX))));
        long left = most;
        while (next.isPresent() && left > 0) {
            Page page = Page.read(remote, next.get());
            for (JsonNode item : page.items()) {
                if (left-- > 0) {
                    kept.add(item);
                }
            }
            if (form == Output.JSON) {
                show(kept, form);
                kept.clear();
            }
            next = page.next();
        }
        show(kept, form);
        if (next.isPresent() || left < 0) {
            model.err().println("There are more; --limit says how many are shown.");
        }
    }

    private void show(Iterable<JsonNode> objects, Output form) {
        if (form == Output.JSON) {
            objects.forEach(object ->
                    model.out().println(new String(Json.write(object), StandardCharsets.UTF_8)));
        } else {
            List<JsonNode> all = new ArrayList<>();
            objects.forEach(all::add);
            ListedTable.of(all, terminal.paint()).print(model.out());
        }
    }
}
