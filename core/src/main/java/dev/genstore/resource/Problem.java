package dev.genstore.resource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A failure that a client can cause or must know of, in the form of RFC 9457.
 *
 * <p>It is thrown where it is found and becomes the answer where the request came in. It carries no
 * stack trace, as it is an answer and not a bug. Immutable.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final transient List<FieldError> errors;
    private final transient Map<String, String> headers;

    /**
     * One member that is at fault.
     *
     * @param pointer where it is, as a JSON Pointer (RFC 6901)
     * @param detail what is wrong with it
     */
    public record FieldError(String pointer, String detail) {}

    Problem(ProblemType type, String detail, List<FieldError> errors, Map<String, String> headers) {
        super(detail, null, false, false);
        this.type = type;
        this.errors = List.copyOf(errors);
        this.headers = Map.copyOf(headers);
    }

    public ProblemType type() {
        return type;
    }

    /** What happened and what the client can do. */
    public String detail() {
        String message = getMessage();
        return message == null ? type.title() : message;
    }

    public List<FieldError> errors() {
        return errors;
    }

    /** Headers that the answer must carry, for example {@code Allow} or {@code Retry-After}. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The same problem, whose answer also carries this header. */
    public Problem with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Problem(type, detail(), errors, more);
    }

    /**
     * The same problem of something larger, in which what it is about is found by {@code pointer}.
     * Headers are left out: they would be about the whole.
     */
    public Problem inside(String pointer) {
        List<FieldError> moved = errors.isEmpty()
                ? List.of(new FieldError(pointer, detail()))
                : errors.stream()
                        .map(error -> new FieldError(pointer + error.pointer(), error.detail()))
                        .toList();
        return new Problem(type, detail(), moved, Map.of());
    }

    /** The {@code application/problem+json} body. */
    public byte[] json() {
        return Json.write(generator -> {
            generator.writeStartObject();
            generator.writeStringProperty("type", type.uri());
            generator.writeStringProperty("title", type.title());
            generator.writeNumberProperty("status", type.status());
            generator.writeStringProperty("detail", detail());
            if (!errors.isEmpty()) {
                generator.writeArrayPropertyStart("errors");
                errors.forEach(error -> {
                    generator.writeStartObject();
                    generator.writeStringProperty("pointer", error.pointer());
                    generator.writeStringProperty("detail", error.detail());
                    generator.writeEndObject();
                });
                generator.writeEndArray();
            }
            generator.writeEndObject();
        });
    }
}
