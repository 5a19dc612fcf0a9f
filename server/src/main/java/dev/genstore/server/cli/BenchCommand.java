package dev.genstore.server.cli;

import dev.genstore.server.config.SettingsReader;
import dev.genstore.server.remote.Remote;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code genstore bench}. Confined to the thread that uses it. */
final class BenchCommand implements Callable<Integer> {
    private static final int SECONDS = 5;
    private static final int WRITERS = 8;
    private static final int WATCHERS = 10;

    private final Model model = new Model(
            this,
            "bench",
            "Measures what a running server does: writes and deliveries a second, and how long they take.",
            "It writes into a collection of its own and empties that again. Client and network are part"
                    + " of what is measured.");
    private final Terminal terminal;
    private final OptionSpec seconds =
            model.option("--seconds", "COUNT", "How long; without it " + SECONDS + ".");
    private final OptionSpec writers = model.option(
            "--writers", "COUNT", "How many write at the same time; without it " + WRITERS + ".");
    private final OptionSpec watchers = model.option(
            "--watchers",
            "COUNT",
            "How many watch all that is written; without it " + WATCHERS + ".");
    private final ClientOptions client;

    BenchCommand(SettingsReader reader, Terminal terminal) {
        this.terminal = terminal;
        client = new ClientOptions(reader, model);
        model.example("genstore bench", "genstore bench --seconds 30 --writers 64 --watchers 1000");
    }

    CommandSpec spec() {
        return model.spec();
    }

    @Override
    public Integer call() throws InterruptedException {
        var duration =
                Duration.ofSeconds(Numbers.positive("--seconds", Model.text(seconds), SECONDS));
        int writing = Numbers.positive("--writers", Model.text(writers), WRITERS);
        int watching = Numbers.positive("--watchers", Model.text(watchers), WATCHERS);
        try (Remote remote = client.remote();
                var bench = new Bench(remote, writing, watching)) {
            Bench.Result result = bench.run(duration);
            var table = new Table(
                    terminal.paint(),
                    List.of("WHAT", "COUNT", "A SECOND", "MEDIAN", "99 %", "LONGEST"));
            table.add(row("writes", result.writes(), result.seconds()));
            table.add(row("deliveries", result.deliveries(), result.seconds()));
            table.print(model.out());
            if (bench.isLimited()) {
                model.err()
                        .println("It ended early: the server takes no more writes of one client a"
                                + " second. What it can do is measured with --writes-per-second 0 and"
                                + " --requests-per-second 0 at the server.");
            }
            return ExitCode.OK;
        }
    }

    private static List<String> row(String what, Latencies latencies, double seconds) {
        return List.of(
                what,
                String.valueOf(latencies.count()),
                String.valueOf(Math.round(latencies.count() / seconds)),
                millis(latencies.at(0.5)),
                millis(latencies.at(0.99)),
                millis(latencies.at(1)));
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
    }
}
