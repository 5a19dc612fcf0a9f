package dev.genstore.server.cli;

import dev.genstore.server.config.SettingsReader;
import dev.genstore.server.config.UsageError;
import dev.genstore.server.remote.Following;
import dev.genstore.server.remote.Place;
import dev.genstore.server.remote.Remote;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code genstore watch}. Confined to the thread that uses it. */
final class WatchCommand implements Callable<Integer> {
    private final Model model = new Model(
            this,
            "watch",
            "Shows changes as they are made, until it is stopped.",
            "When the connection is lost it comes back and shows what it has missed.");
    private final SettingsReader reader;
    private final Terminal terminal;
    private final PositionalParamSpec place = model.optionalArgument(
            "PLACE", "What to watch, for example notes or notes/7; without it, all collections.");
    private final SelectionOptions selection = new SelectionOptions(model);
    private final OptionSpec since = model.option(
            "--since", "POSITION", "Begins behind this position or time; 0 is the beginning.");
    private final OptionSpec resume = model.option(
            "--resume", "FILE", "Keeps its position in this file, and begins there the next time.");
    private final OptionSpec exec = model.option(
            "--exec",
            "COMMAND",
            "Runs this by sh for each event, which is on its standard input, and in the variables"
                    + " EVENT_ID, EVENT_TYPE, EVENT_SOURCE and EVENT_SUBJECT."
                    + " When it fails, the watch ends in front of that event.");
    private final OptionSpec data = model.choice(
            "--data",
            "HOW",
            List.of("full", "patch", "none"),
            "What an event tells of a resource: full, patch or none.");
    private final OptionSpec untilSynced =
            model.flag("--until-synced", "Ends when all that has happened so far is shown.");
    private final OptionSpec output = Output.option(model, Output.JSON);
    private final ClientOptions client;

    WatchCommand(SettingsReader reader, Terminal terminal) {
        this.reader = reader;
        this.terminal = terminal;
        client = new ClientOptions(reader, model);
        model.example(
                "genstore watch notes --output table",
                "genstore watch notes --filter 'status == \"open\"' --since 0 --until-synced",
                "genstore watch notes --resume notes.position --exec 'jq .data >> notes.log'");
    }

    CommandSpec spec() {
        return model.spec();
    }

    @Override
    public Integer call() throws InterruptedException {
        Optional<ResumeFile> kept =
                Model.text(resume).map(file -> new ResumeFile(reader.path(file)));
        Optional<String> begin = kept.flatMap(ResumeFile::read).or(() -> Model.text(since));
        EventOutput shown = shown();
        boolean ends = Model.isSaid(untilSynced);
        Following.Listener listener = event -> {
            if (!event.isSynced()) {
                shown.show(event);
            }
            kept.ifPresent(file -> file.write(event.id()));
            return !(ends && event.isSynced());
        };
        try (Remote remote = client.remote()) {
            new Following(remote, watched(), begin, listener, model.err()::println).run();
            return ExitCode.OK;
        }
    }

    private Place watched() {
        Place typed = Place.of(Model.text(place).orElse(""));
        if (typed.url().matches(".*[?&]since=.*")) {
            throw new UsageError("Where a watch begins is said by --since, not in its URL.");
        }
        return selection.in(typed).with("data", Model.text(data));
    }

    private EventOutput shown() {
        Output form = Output.of(output, Output.JSON);
        Optional<String> command = Model.text(exec);
        if (command.isPresent() && Model.text(output).isPresent()) {
            throw new UsageError("--output says how events are shown, and --exec shows none.");
        }
        return command.<EventOutput>map(EventCommand::new)
                .orElseGet(() -> form == Output.JSON
                        ? new EventOutput.Lines(model.out())
                        : new EventOutput.Columns(model.out(), terminal.paint()));
    }
}
