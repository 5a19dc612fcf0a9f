package dev.genstore.router;

import java.util.List;
import java.util.Objects;

/**
 * One of the answers that an action may give.
 *
 * <p>Immutable.
 *
 * @param status its status
 * @param meaning what it says, in a sentence
 * @param content the forms of its body; none when it has no body
 * @param headers the headers that it may have, besides those that every answer has
 */
public record Answer(int status, String meaning, List<Content> content, List<Parameter> headers) {
    public Answer {
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("a status is 100 to 599, not " + status);
        }
        Objects.requireNonNull(meaning, "meaning");
        content = List.copyOf(content);
        headers = List.copyOf(headers);
    }

    /** An answer with a body in one of these forms, or without a body. */
    public static Answer of(int status, String meaning, Content... content) {
        return new Answer(status, meaning, List.of(content), List.of());
    }

    /** The same, with these headers. */
    public Answer with(Parameter... more) {
        return new Answer(status, meaning, content, List.of(more));
    }
}
