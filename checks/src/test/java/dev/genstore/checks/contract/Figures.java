package dev.genstore.checks.contract;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The constants of the code, as a person writes them. */
final class Figures {
    private static final Pattern CONSTANT =
            Pattern.compile("([a-z0-9.]+)\\.([A-Z][A-Za-z0-9]+(?:\\$[A-Za-z]+)?)"
                    + "\\.([A-Z0-9_]+)(?:\\.([a-zA-Z]+))?");
    private static final Pattern SETTING = Pattern.compile("([0-9]+)(s|d|MiB)?");

    /** Of which the ones have a name in words. */
    private static final Map<Long, List<String>> WORDS = Map.of(
            2L, List.of("twice"),
            4L, List.of("a quarter"),
            5L, List.of("five", "a fifth"),
            8L, List.of("an eighth"));

    private static final Pattern FIGURE = Pattern.compile(
            "(?<!/)[0-9](?:[0-9,]*[0-9])?(?: (?:KiB|MiB|ms|s|hours|days)\\b)?|twice|five|a (?:quarter|fifth)|an eighth");

    /** What is between these is a name. */
    private static final Pattern NAMES = Pattern.compile("`[^`]*`|\\([^)]*\\)");

    private Figures() {}

    /** The figures in a text, in their order. */
    static List<String> in(String text) {
        return FIGURE.matcher(NAMES.matcher(text).replaceAll(""))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    /**
     * The ways to write a constant.
     *
     * @param name such as {@code core.Some.FIGURE_MAX}, or {@code core.Some.DEFAULT.figureMax}
     */
    static Set<String> of(String name) {
        return switch (value(name)) {
            case Duration duration ->
                Set.of(
                        duration.toMillis() + " ms",
                        duration.toSeconds() + " s",
                        duration.toHours() + " hours",
                        duration.toDays() + " days");
            case Number number -> written(number.longValue());
            case Object text -> setting(text.toString());
        };
    }

    /** The ways in which a test that goes beyond a constant may speak of it. */
    static Pattern code(String name) {
        Stream<String> ways = switch (value(name)) {
            case Duration duration ->
                Stream.of(duration.toSeconds(), duration.toHours(), duration.toDays())
                        .filter(number -> number > 0)
                        .flatMap(Figures::code);
            case Number number -> code(number.longValue());
            case Object text -> code(number(text.toString()));
        };
        String last = name.substring(name.lastIndexOf('.') + 1);
        Stream<String> names =
                last.equals(last.toUpperCase(Locale.ROOT)) ? Stream.of(last) : Stream.of();
        List<String> quoted = Stream.concat(ways, names).map(Pattern::quote).toList();
        return Pattern.compile(
                "(?<![A-Za-z0-9_])(" + String.join("|", quoted) + ")(?![A-Za-z0-9_])");
    }

    /** It, or one more. */
    private static Stream<String> code(long figure) {
        Stream<String> plain = LongStream.of(figure, figure + 1)
                .boxed()
                .flatMap(number -> Stream.of(
                        "" + number,
                        String.format(Locale.ROOT, "%,d", number),
                        String.format(Locale.ROOT, "%,d", number).replace(',', '_')));
        Stream<String> shifted = Stream.of(10, 20)
                .filter(bits -> figure % (1L << bits) == 0)
                .map(bits -> (figure >> bits) + " << " + bits);
        return Stream.concat(plain, shifted);
    }

    /** The names of the code begin where those of its modules do; those of others are whole. */
    private static Object value(String name) {
        Matcher parts = CONSTANT.matcher(name);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not the name of a constant: " + name);
        }
        String home = name.startsWith("io.") ? "" : "dev.genstore.";
        try {
            Class<?> type = Class.forName(home + parts.group(1) + '.' + parts.group(2));
            Field field = type.getDeclaredField(parts.group(3));
            field.setAccessible(true);
            return timed(parts.group(3), member(field.get(null), parts.group(4)));
        } catch (ReflectiveOperationException missing) {
            throw new LinkageError(name + " is not there", missing);
        }
    }

    private static Object member(Object value, @Nullable String name)
            throws ReflectiveOperationException {
        if (name == null) {
            return value;
        }
        Method accessor = value.getClass().getDeclaredMethod(name);
        accessor.setAccessible(true);
        return accessor.invoke(value);
    }

    /** A number that has its unit in its name is a time. */
    private static Object timed(String name, Object value) {
        if (!(value instanceof Number number)) {
            return value;
        }
        if (isIn("SECONDS", name)) {
            return Duration.ofSeconds(number.longValue());
        }
        if (isIn("MILLIS", name)) {
            return Duration.ofMillis(number.longValue());
        }
        return isIn("NANOS", name) ? Duration.ofNanos(number.longValue()) : value;
    }

    private static boolean isIn(String unit, String name) {
        return List.of(name.split("_")).contains(unit);
    }

    private static Set<String> written(long number) {
        Set<String> ways = new TreeSet<>(WORDS.getOrDefault(number, List.of()));
        ways.add(String.format(Locale.ROOT, "%,d", number));
        if (number % (1 << 10) == 0) {
            ways.add((number >> 10) + " KiB");
        }
        if (number % (1 << 20) == 0) {
            ways.add((number >> 20) + " MiB");
        }
        return ways;
    }

    private static Set<String> setting(String text) {
        Matcher parts = parsed(text);
        return switch (parts.group(2)) {
            case null -> written(Long.parseLong(text));
            case "d" -> Set.of(parts.group(1) + " days");
            case String unit -> Set.of(parts.group(1) + ' ' + unit);
        };
    }

    private static long number(String text) {
        Matcher parts = parsed(text);
        long number = Long.parseLong(parts.group(1));
        return "MiB".equals(parts.group(2)) ? number << 20 : number;
    }

    private static Matcher parsed(String text) {
        Matcher parts = SETTING.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a figure: " + text);
        }
        return parts;
    }
}
