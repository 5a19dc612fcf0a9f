package dev.genstore.checks.contract;

import dev.genstore.checks.contract.Scenario.Step;
import dev.genstore.checks.harness.Field;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Reads a file of scenarios:
 *
 * <pre>
 * = a scenario's name
 * PUT /api/notes/7 {"title":"hi"}     a request, perhaps with a body
 *   > If-None-Match: *                a header of it
 *   &lt; 201                             the answer's status, perhaps with the problem's slug
 *   &lt; Location: /api/notes/7          a header that it must have
 *   &lt; no Link                         a header that it must not have
 *   + "title":"hi"                    what the body must contain
 *   - _secret                         what the body must not contain
 * ~ created notes/7 {@1}              an event that must follow
 * ~ created notes/7 {@1} commit {@2}  one of a batch
 * </pre>
 *
 * Lines that begin with {@code #} are comments. For what stands in braces see {@link Words}.
 */
final class ScenarioFile {
    private final List<Scenario> scenarios = new ArrayList<>();

    private ScenarioFile() {}

    /** The scenarios of the file beside this class. */
    static List<Scenario> read(String name) {
        var file = new ScenarioFile();
        lines(name).forEach(file::take);
        return file.scenarios;
    }

    /** The lines of the file beside this class that are no comments, of which there must be some. */
    static List<String> lines(String name) {
        List<String> lines = text(name)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        if (lines.isEmpty()) {
            throw new IllegalArgumentException(name + " has no lines");
        }
        return lines;
    }

    private void take(String line) {
        String rest = line.strip().substring(1).strip();
        switch (line.strip().charAt(0)) {
            case '=' -> scenarios.add(new Scenario(rest, new ArrayList<>(), new ArrayList<>()));
            case '~' -> scenarios.getLast().events().add(rest);
            case '>' -> step().headers().add(field(rest));
            case '<' -> step().answer().add(rest);
            case '+' -> step().has().add(rest);
            case '-' -> step().lacks().add(rest);
            default -> scenarios.getLast().steps().add(request(line));
        }
    }

    private Step step() {
        return scenarios.getLast().steps().getLast();
    }

    private static Field field(String text) {
        int colon = text.indexOf(':');
        return new Field(text.substring(0, colon), text.substring(colon + 1).strip());
    }

    private static Step request(String line) {
        String[] parts = line.split(" ", 3);
        return new Step(
                parts[0],
                parts[1],
                new ArrayList<>(),
                parts.length == 3 ? parts[2] : "",
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
    }

    /** The text of the file beside this class. */
    static String text(String name) {
        try (InputStream in =
                Objects.requireNonNull(ScenarioFile.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
