package dev.genstore.server.cli;

import dev.genstore.server.config.SettingsReader;
import dev.genstore.server.config.UsageError;
import dev.genstore.server.remote.Call;
import dev.genstore.server.remote.Place;
import dev.genstore.server.remote.Remote;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import java.util.List;
import java.util.concurrent.Callable;

/** {@code genstore rm}, which ends at the first that it can't delete. Confined to the thread that uses it. */
final class RmCommand implements Callable<Integer> {
    private final Model model = new Model(this, "rm", "Deletes resources.");
    private final PositionalParamSpec places =
            model.arguments("PLACE", "The resources, for example notes/7 notes/8.");
    private final OptionSpec ifMatch = model.option(
            "--if-match", "POSITION", "Deletes it only if this made it what it is: its _revision.");
    private final ClientOptions client;

    RmCommand(SettingsReader reader) {
        client = new ClientOptions(reader, model);
        model.example("genstore rm notes/7 --if-match 16", "genstore rm notes/8 notes/9");
    }

    CommandSpec spec() {
        return model.spec();
    }

    @Override
    public Integer call() {
        List<String> named = places.getValue();
        if (named.size() > 1 && Model.text(ifMatch).isPresent()) {
            throw new UsageError("--if-match is for one resource, and several are given.");
        }
        try (Remote remote = client.remote()) {
            for (String name : named) {
                remote.send(Call.of("DELETE", Place.of(name))
                        .with("If-Match", Model.text(ifMatch).map(Tags::of)));
            }
            return ExitCode.OK;
        }
    }
}
