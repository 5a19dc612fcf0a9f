package dev.genstore.testkit;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What filters mean, said once more and as simply as it can be: values are Java's own (null, Boolean,
 * Double, String, List, Map), and an error is an exception.
 */
public final class FilterModel {
    /** By this name a part finds the resource itself, whatever a loop calls its variable. */
    static final String RESOURCE = "";

    private FilterModel() {}

    /** An error in the sense of filters. */
    public static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Failure() {
            super("an error", null, false, false);
        }
    }

    /** A part of an expression: what it comes to of a resource and the elements of loops. */
    @FunctionalInterface
    public interface Part {
        @Nullable Object of(Map<String, @Nullable Object> names);
    }

    /** What an expression comes to of these members of a resource: true, false or error. */
    public static String outcomeOf(Part expression, Map<String, @Nullable Object> members) {
        Map<String, @Nullable Object> names = new HashMap<>(members);
        names.put(RESOURCE, members);
        return outcome(expression, names);
    }

    static String outcome(Part part, Map<String, @Nullable Object> names) {
        try {
            return Boolean.toString(bool(part.of(names)));
        } catch (Failure error) {
            return "error";
        }
    }

    /** A value that must be a boolean. */
    public static boolean bool(@Nullable Object value) {
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw new Failure();
    }

    /** A value that must be a number. */
    public static double number(@Nullable Object value) {
        if (value instanceof Double number && Double.isFinite(number)) {
            return number;
        }
        throw new Failure();
    }

    /** A value that must be a text. */
    public static String text(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new Failure();
    }

    /** Both sides are looked at; a side that decides wins over an error on the other. */
    static Object both(
            Part left, Part right, boolean deciding, Map<String, @Nullable Object> names) {
        String one = outcome(left, names);
        String other = outcome(right, names);
        String decides = Boolean.toString(deciding);
        if (one.equals(decides) || other.equals(decides)) {
            return deciding;
        }
        if (one.equals("error") || other.equals("error")) {
            throw new Failure();
        }
        return !deciding;
    }

    /** Whether two values are equal. */
    public static boolean same(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Double one && right instanceof Double other) {
            return one - other == 0;
        }
        if (left instanceof List<?> one && right instanceof List<?> other) {
            boolean same = one.size() == other.size();
            for (int i = 0; same && i < one.size(); i++) {
                same = same(one.get(i), other.get(i));
            }
            return same;
        }
        if (left instanceof Map<?, ?> one && right instanceof Map<?, ?> other) {
            return one.keySet().equals(other.keySet())
                    && one.keySet().stream().allMatch(key -> same(one.get(key), other.get(key)));
        }
        return Objects.equals(left, right);
    }

    /** The order of two values. */
    public static int compare(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Double one && right instanceof Double other) {
            return (int) Math.signum(one - other);
        }
        if (left instanceof Boolean one && right instanceof Boolean other) {
            return one.compareTo(other);
        }
        return Arrays.compareUnsigned(
                text(left).getBytes(StandardCharsets.UTF_8),
                text(right).getBytes(StandardCharsets.UTF_8));
    }

    /** What stands at a place in a value, or null. */
    public static @Nullable Object at(@Nullable Object value, @Nullable Object place) {
        if (value instanceof Map<?, ?> map && place instanceof String name) {
            return map.get(name);
        }
        if (value instanceof List<?> list && place instanceof Double index) {
            for (int i = 0; i < list.size(); i++) {
                if (i == index) {
                    return list.get(i);
                }
            }
        }
        return null;
    }

    /** Whether a value has a member of this name. */
    public static boolean has(@Nullable Object value, String name) {
        return value instanceof Map<?, ?> map && map.containsKey(name);
    }

    /** Whether a value is in a container. */
    public static boolean in(@Nullable Object value, @Nullable Object container) {
        return switch (container) {
            case List<?> list -> list.stream().anyMatch(element -> same(element, value));
            case Map<?, ?> map -> map.keySet().stream().anyMatch(name -> name.equals(value));
            case null, default -> throw new Failure();
        };
    }

    /** Whether there is something in a text that is like this, in the words of Java. */
    static boolean finds(String pattern, @Nullable Object value) {
        return Pattern.compile(pattern).matcher(text(value)).find();
    }

    /** What is known of who asks: whatever is not null, at every depth. */
    public static Map<String, @Nullable Object> membersKnown(Map<?, ?> members) {
        Map<String, @Nullable Object> known = new HashMap<>();
        members.forEach((name, value) -> {
            if (value != null) {
                known.put(String.valueOf(name), known(value));
            }
        });
        return known;
    }

    private static Object known(Object value) {
        return switch (value) {
            case List<?> list -> elementsKnown(list);
            case Map<?, ?> members -> membersKnown(members);
            default -> value;
        };
    }

    private static List<Object> elementsKnown(List<?> list) {
        List<Object> known = new ArrayList<>();
        for (Object element : list) {
            if (element != null) {
                known.add(known(element));
            }
        }
        return known;
    }

    /** How much is in a value. */
    public static double size(@Nullable Object value) {
        return switch (value) {
            case String text -> text.codePoints().count();
            case List<?> list -> list.size();
            case Map<?, ?> map -> map.size();
            case null, default -> throw new Failure();
        };
    }

    /** Two numbers or two texts together. */
    public static Object sum(@Nullable Object left, @Nullable Object right) {
        return left instanceof String one
                ? one.concat(text(right))
                : number(number(left) + number(right));
    }

    /** The elements that a loop goes through. */
    public static List<?> elements(@Nullable Object value) {
        return switch (value) {
            case List<?> list -> list;
            case Map<?, ?> map -> List.copyOf(map.keySet());
            case null, default -> throw new Failure();
        };
    }
}
