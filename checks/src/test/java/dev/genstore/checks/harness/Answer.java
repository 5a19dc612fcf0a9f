package dev.genstore.checks.harness;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An answer as it came over the wire.
 *
 * <p>Immutable, as long as nobody writes into {@link #body()}.
 */
public final class Answer {
    private final int status;
    private final List<Field> headers;
    private final byte[] body;

    Answer(int status, List<Field> headers, byte[] body) {
        this.status = status;
        this.headers = List.copyOf(headers);
        this.body = body;
    }

    Answer with(byte[] content) {
        return new Answer(status, headers, content);
    }

    public int status() {
        return status;
    }

    /** The values of all fields of this name, with commas between them; empty when there is none. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .collect(Collectors.collectingAndThen(
                        Collectors.toList(),
                        values -> values.isEmpty()
                                ? Optional.empty()
                                : Optional.of(String.join(", ", values))));
    }

    /** All fields, in their order. */
    public List<Field> headers() {
        return headers;
    }

    public byte[] body() {
        return body;
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        return Trees.read(text());
    }

    @Override
    public String toString() {
        return status + " " + headers + "\n" + text();
    }
}
