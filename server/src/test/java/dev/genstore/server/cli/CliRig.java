package dev.genstore.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.embedded.Genstore;
import dev.genstore.embedded.GenstoreBuilder;
import dev.genstore.server.config.SettingsReader;
import dev.genstore.server.remote.Call;
import dev.genstore.server.remote.Place;
import dev.genstore.server.remote.Remote;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A server, and commands that ask it. Each command is as a process of its own would run it. */
final class CliRig implements AutoCloseable {
    private final Path folder;
    private final Genstore store;

    /** What a command has said, and what it has ended with. */
    record Said(int code, String out, String err) {
        /** The same of a command that must have gone well. */
        String well() {
            assertThat(code).as(err).isEqualTo(ExitCode.OK);
            return out;
        }
    }

    private CliRig(Path folder, Genstore store) {
        this.folder = folder;
        this.store = store;
    }

    static CliRig start(Path folder) {
        return start(folder, builder -> builder);
    }

    /** The same with a server that something is different of. */
    static CliRig start(Path folder, UnaryOperator<GenstoreBuilder> change) {
        try {
            Path data = folder.resolve("data");
            GenstoreBuilder builder = change.apply(Genstore.builder().data(data));
            return new CliRig(folder, builder.port(0).start());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String url() {
        return "http://127.0.0.1:" + store.address().getPort();
    }

    Path data() {
        return folder.resolve("data");
    }

    /** Makes so many resources, at most a batch of them at a time, with their numbers as ids. */
    void fill(String collection, int count) {
        try (var remote = new Remote(URI.create(url()), null)) {
            for (int from = 0; from < count; from += 1000) {
                String operations = IntStream.range(from, Math.min(count, from + 1000))
                        .mapToObj(i ->
                                "{\"method\":\"PUT\",\"url\":\"/api/%s/%d\",\"body\":{\"n\":%d}}"
                                        .formatted(collection, i, i))
                        .collect(Collectors.joining(","));
                String batch = "{\"operations\":[" + operations + "]}";
                remote.send(Call.of("POST", Place.of("_batch")).sending("application/json", batch));
            }
        }
    }

    Said run(String... arguments) {
        return runWith("", arguments);
    }

    Said runWith(String in, String... arguments) {
        return run(folder, in, Map.of("GENSTORE_SERVER", url()), arguments);
    }

    /** Runs a command that writes into this, which may fail. */
    Said runInto(OutputStream out, String... arguments) {
        var writer = new PrintWriter(new StandardOutput(out), true, StandardCharsets.UTF_8);
        var err = new StringWriter();
        int code = run(folder, "", Map.of("GENSTORE_SERVER", url()), writer, err, arguments);
        return new Said(code, "", err.toString());
    }

    /** Runs a command without a server of its own. */
    static Said run(Path folder, String in, Map<String, String> variables, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = run(folder, in, variables, new PrintWriter(out, true), err, arguments);
        return new Said(code, out.toString(), err.toString());
    }

    private static int run(
            Path folder,
            String in,
            Map<String, String> variables,
            PrintWriter out,
            StringWriter err,
            String... arguments) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("TERM", "dumb");
        var terminal = new Terminal(
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                out,
                new PrintWriter(err, true),
                environment);
        var reader = new SettingsReader(variables, folder);
        return new Commands(reader, settings -> ExitCode.FAILED, terminal).run(arguments);
    }

    @Override
    public void close() {
        store.close();
    }
}
