package dev.genstore.server.cli;

import dev.genstore.server.config.SettingsReader;
import dev.genstore.server.remote.Call;
import dev.genstore.server.remote.Place;
import dev.genstore.server.remote.Remote;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code genstore put}. Confined to the thread that uses it. */
final class PutCommand implements Callable<Integer> {
    private final Model model = new Model(
            this,
            "put",
            "Makes or replaces a resource and shows it as it is stored.",
            "In a collection without an id it makes a new one, whose id is the server's or in the JSON.");
    private final PositionalParamSpec place =
            model.argument("PLACE", "The resource, for example notes/7, or its collection.");
    private final ContentOptions content;
    private final OptionSpec ifMatch = model.option(
            "--if-match",
            "POSITION",
            "Replaces it only if this made it what it is: its _revision.");
    private final OptionSpec createOnly =
            model.flag("--create-only", "Makes it only if there is none yet.");
    private final ClientOptions client;

    PutCommand(SettingsReader reader, Terminal terminal) {
        content = new ContentOptions(reader, terminal.in(), model);
        client = new ClientOptions(reader, model);
        model.example(
                "genstore put notes/7 '{\"title\":\"milk\",\"done\":false}'",
                "genstore put notes --file note.json",
                "genstore get notes/7 | sed s/milk/bread/ | genstore put notes/7 --if-match 12");
    }

    CommandSpec spec() {
        return model.spec();
    }

    @Override
    public Integer call() {
        Place wanted = Place.of(Model.required(place));
        Optional<String> createsOnly =
                Model.isSaid(createOnly) ? Optional.of("*") : Optional.empty();
        Call call = Call.of(wanted.isCollection() ? "POST" : "PUT", wanted)
                .sending("application/json", content.text())
                .with("If-Match", Model.text(ifMatch).map(Tags::of))
                .with("If-None-Match", createsOnly);
        try (Remote remote = client.remote()) {
            model.out().println(remote.send(call).text());
            return ExitCode.OK;
        }
    }
}
