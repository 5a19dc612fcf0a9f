package dev.genstore.router;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A URL path whose segments are literal or a variable, for example {@code
 * /api/orders/{id}/ship}. A variable stands for one whole segment that is not empty. Only the
 * last literal may be empty, where the path ends with a slash.
 *
 * <p>Immutable.
 */
public final class Template {
    private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:@-]+");
    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_]*)}");

    private final String text;
    private final List<Segment> segments;

    private record Segment(boolean isVariable, String name) {
        boolean takes(String decoded) {
            return isVariable ? !decoded.isEmpty() : name.equals(decoded);
        }

        boolean meets(Segment other) {
            return isVariable || other.isVariable || name.equals(other.name);
        }
    }

    private Template(String text, List<Segment> segments) {
        this.text = text;
        this.segments = segments;
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException when it has another form, with a sentence that says why
     */
    public static Template parse(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException(
                    "The template '" + text + "' must start with a slash.");
        }
        var segments = new ArrayList<Segment>();
        Set<String> variables = new HashSet<>();
        String[] parts = text.substring(1).split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean isEnd = i == parts.length - 1 && parts[i].isEmpty();
            Segment segment = isEnd ? new Segment(false, "") : segment(text, parts[i]);
            if (segment.isVariable && !variables.add(segment.name)) {
                throw new IllegalArgumentException("The template '" + text + "' has the variable '"
                        + segment.name + "' twice.");
            }
            segments.add(segment);
        }
        return new Template(text, List.copyOf(segments));
    }

    private static Segment segment(String text, String part) {
        var variable = VARIABLE.matcher(part);
        if (variable.matches()) {
            return new Segment(true, variable.group(1));
        }
        if (!LITERAL.matcher(part).matches()) {
            throw new IllegalArgumentException("The template '" + text + "' has the segment '"
                    + part + "'; a segment is plain text or one {variable}.");
        }
        return new Segment(false, part);
    }

    /**
     * The request with the variables that its path gives to this template, or empty when it does not
     * fit.
     *
     * @throws dev.genstore.resource.Problem 400 when the path is malformed
     */
    public Optional<Request> read(Request request) {
        return match(segments(request.path())).map(request::with);
    }

    /** The decoded segments of a path. */
    static List<String> segments(String path) {
        var segments = new ArrayList<String>();
        for (String segment : path.substring(1).split("/", -1)) {
            segments.add(Percent.decode(segment, false));
        }
        return segments;
    }

    /** The variables' values in this path of decoded segments, or empty when it does not fit. */
    Optional<Map<String, String>> match(List<String> path) {
        if (path.size() != segments.size()) {
            return Optional.empty();
        }
        var values = new LinkedHashMap<String, String>();
        for (int i = 0; i < path.size(); i++) {
            Segment segment = segments.get(i);
            if (!segment.takes(path.get(i))) {
                return Optional.empty();
            }
            if (segment.isVariable) {
                values.put(segment.name, path.get(i));
            }
        }
        return Optional.of(values);
    }

    /** The names of the variables, in their order. */
    public List<String> variables() {
        return segments.stream().filter(Segment::isVariable).map(Segment::name).toList();
    }

    /** Whether some path fits both and neither is more specific: then nobody could tell which is meant. */
    boolean conflictsWith(Template other) {
        return meets(other) && !isMoreSpecificThan(other) && !other.isMoreSpecificThan(this);
    }

    /** Whether it fits only a part of the paths that the other one fits. */
    boolean isMoreSpecificThan(Template other) {
        boolean narrower = false;
        for (int i = 0; i < segments.size(); i++) {
            boolean mine = segments.get(i).isVariable;
            boolean its = other.segments.get(i).isVariable;
            if (mine && !its) {
                return false;
            }
            narrower |= its && !mine;
        }
        return narrower;
    }

    private boolean meets(Template other) {
        if (segments.size() != other.segments.size()) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            if (!segments.get(i).meets(other.segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return text;
    }
}
