package dev.genstore.checks.contract;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The constants of the code, as a person writes them. */
final class Figures {
    private static final Pattern CONSTANT = Pattern.compile(
            "([a-z.]+)\\.([A-Z][A-Za-z0-9]+(?:\\$[A-Za-z]+)?)" + "\\.([A-Z_]+)(?:\\.([a-zA-Z]+))?");

    private static final Pattern SETTING = Pattern.compile("([0-9]+)(s|d|MiB)?");

    private Figures() {}

    /**
     * The ways to write a constant.
     *
     * @param name such as {@code core.Some.FIGURE_MAX}, or {@code core.Some.DEFAULT.figureMax}
     */
    static Set<String> of(String name) {
        Matcher parts = CONSTANT.matcher(name);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not the name of a constant: " + name);
        }
        try {
            Class<?> type = Class.forName("dev.genstore." + parts.group(1) + '.' + parts.group(2));
            Field field = type.getDeclaredField(parts.group(3));
            field.setAccessible(true);
            return written(member(field.get(null), parts.group(4)));
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

    private static Set<String> written(Object value) {
        return switch (value) {
            case Duration duration -> written(duration);
            case Number number -> written(number.longValue());
            default -> setting(value.toString());
        };
    }

    private static Set<String> written(Duration duration) {
        return Set.of(
                duration.toSeconds() + " s",
                duration.toHours() + " hours",
                duration.toDays() + " days");
    }

    private static Set<String> written(long number) {
        Set<String> ways = new TreeSet<>(List.of(String.format(Locale.ROOT, "%,d", number)));
        if (number % (1 << 10) == 0) {
            ways.add((number >> 10) + " KiB");
        }
        if (number % (1 << 20) == 0) {
            ways.add((number >> 20) + " MiB");
        }
        return ways;
    }

    private static Set<String> setting(String text) {
        Matcher parts = SETTING.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a figure: " + text);
        }
        return switch (parts.group(2)) {
            case null -> written(Long.parseLong(text));
            case "d" -> Set.of(parts.group(1) + " days");
            case String unit -> Set.of(parts.group(1) + ' ' + unit);
        };
    }

    /** Whether a text has this figure, and not as a part of a longer one. */
    static boolean has(String text, String figure) {
        return Pattern.compile("(?<![0-9,])" + Pattern.quote(figure) + "(?!,?[0-9]| [KM]iB)")
                .matcher(text)
                .find();
    }
}
