package dev.genstore.server.cli;

import dev.genstore.server.config.SettingsReader;
import dev.genstore.server.config.UsageError;
import dev.genstore.server.remote.Answered;
import dev.genstore.server.remote.Call;
import dev.genstore.server.remote.Place;
import dev.genstore.server.remote.Remote;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.concurrent.Callable;

/** {@code genstore get}. Confined to the thread that uses it. */
final class GetCommand implements Callable<Integer> {
    private final Model model = new Model(this, "get", "Shows a resource.");
    private final Terminal terminal;
    private final PositionalParamSpec place = model.argument(
            "PLACE", "The resource, for example notes/7, or any other path of the server.");
    private final OptionSpec at =
            model.option("--at", "POSITION", "Shows it as it was at this position or time.");
    private final OptionSpec output = Output.option(model, Output.JSON);
    private final ClientOptions client;

    GetCommand(SettingsReader reader, Terminal terminal) {
        this.terminal = terminal;
        client = new ClientOptions(reader, model);
        model.example("genstore get notes/7", "genstore get notes/7 --at 2026-11-21T09:30:00Z");
    }

    CommandSpec spec() {
        return model.spec();
    }

    @Override
    public Integer call() {
        Output form = Output.of(output, Output.JSON);
        Place wanted = Place.of(Model.required(place)).with("at", Model.text(at));
        try (Remote remote = client.remote()) {
            Answered answer = remote.send(Call.of("GET", wanted));
            if (form == Output.JSON) {
                model.out().println(answer.text());
            } else {
                table(tree(answer)).print(model.out());
            }
            return ExitCode.OK;
        }
    }

    private static JsonNode tree(Answered answer) {
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (!type.matches("application/([a-z.]+\\+)?json.*")) {
            throw new UsageError("What the server answers is no JSON, and so no table.");
        }
        return answer.tree();
    }

    private Table table(JsonNode resource) {
        var table = new Table(terminal.paint(), List.of("MEMBER", "VALUE"));
        resource.properties()
                .forEach(member ->
                        table.add(List.of(member.getKey(), ListedTable.text(member.getValue()))));
        return table;
    }
}
