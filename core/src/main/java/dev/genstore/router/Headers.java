package dev.genstore.router;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The header fields of a message, in their order. Names are compared without case (RFC 9110, 5.1).
 *
 * <p>Immutable.
 */
public final class Headers {
    /** No fields. */
    public static final Headers NONE = new Headers(List.of());

    private static final Set<String> SECRET = Set.of(
            "authorization",
            "proxy-authorization",
            "cookie",
            "set-cookie",
            "sec-websocket-protocol");

    private final List<Map.Entry<String, String>> fields;

    private Headers(List<Map.Entry<String, String>> fields) {
        this.fields = List.copyOf(fields);
    }

    /** These fields, in this order. */
    public static Headers of(List<Map.Entry<String, String>> fields) {
        return new Headers(fields);
    }

    /** The value of the first field of this name. */
    public Optional<String> first(String name) {
        for (var field : fields) {
            if (field.getKey().equalsIgnoreCase(name)) {
                return Optional.of(field.getValue());
            }
        }
        return Optional.empty();
    }

    /** The values of all fields of this name, in order. */
    public List<String> all(String name) {
        var values = new ArrayList<String>();
        for (var field : fields) {
            if (field.getKey().equalsIgnoreCase(name)) {
                values.add(field.getValue());
            }
        }
        return values;
    }

    /** The fields of this name as one list, as RFC 9110, 5.3 joins them; empty when there is none. */
    public Optional<String> joined(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }

    /** These fields and one more. */
    public Headers with(String name, String value) {
        var more = new ArrayList<>(fields);
        more.add(Map.entry(name, value));
        return new Headers(more);
    }

    /** These fields but for those of this name. */
    public Headers without(String name) {
        return new Headers(fields.stream()
                .filter(field -> !field.getKey().equalsIgnoreCase(name))
                .toList());
    }

    public void forEach(BiConsumer<String, String> consumer) {
        fields.forEach(field -> consumer.accept(field.getKey(), field.getValue()));
    }

    /** Whether these are the same fields in the same order, letter by letter. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Headers headers && fields.equals(headers.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /** Without what may be credentials, since this may end up in a log. */
    @Override
    public String toString() {
        return fields.stream().map(Headers::shown).toList().toString();
    }

    private static String shown(Map.Entry<String, String> field) {
        boolean isSecret = SECRET.contains(field.getKey().toLowerCase(Locale.ROOT));
        return field.getKey() + '=' + (isSecret ? "…" : field.getValue());
    }
}
