package dev.genstore.server.config;

import dev.genstore.wire.http.HostPolicy;
import dev.genstore.wire.proxy.AddressRange;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A kind of value: which texts it has and what they mean. Immutable.
 *
 * @param allowed what a text must be, for example {@code a duration from 1s to 1h}
 * @param example one such text, for settings without a default
 * @param form from a text to the value, or to nothing when the text is not allowed
 */
record Kind(String allowed, String example, Function<String, ? extends Optional<?>> form) {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%-]{1,253}");

    /** A whole number, which is a {@link Long}. */
    static Kind number(String min, String max) {
        return range("a whole number", min, max, Kind::parseNumber);
    }

    /** A {@link java.time.Duration}. */
    static Kind duration(String min, String max) {
        return range("a duration", min, max, Durations::parse);
    }

    /** A number of bytes, which is a {@link Long}. */
    static Kind size(String min, String max) {
        return range("a size", min, max, ByteSizes::parse);
    }

    /** A {@link Path}, perhaps a relative one. */
    static Kind path() {
        return new Kind("a path", "data", Kind::parsePath);
    }

    /** {@link PathOrNone}. */
    static Kind pathOrNone(String example) {
        return new Kind("a path", example, PathOrNone::parse);
    }

    /** {@link UrlOrNone}. */
    static Kind urlOrNone() {
        return new Kind("an http or https URL", "http://127.0.0.1:4318", UrlOrNone::parse);
    }

    /** A name or an address, not looked up yet. */
    static Kind host() {
        return new Kind(
                "a host name or an IP address",
                "127.0.0.1",
                text -> Optional.of(text).filter(host -> HOST.matcher(host).matches()));
    }

    /** {@link Words} of origins, each a text. */
    static Kind origins() {
        return new Kind(
                "a list of origins with commas between them",
                "https://app.example,http://localhost:5173",
                text -> Words.parse(text, Origins::parse));
    }

    /** {@link Words} of names, each a text. */
    static Kind hosts() {
        return new Kind(
                "a list of host names with commas between them",
                "store.example,store",
                text -> Words.parse(text, host -> Optional.of(host).filter(HostPolicy::isName)));
    }

    /** {@link Words} of {@link AddressRange}. */
    static Kind addresses() {
        return new Kind(
                "a list of IP addresses and ranges with commas between them",
                "127.0.0.1,10.0.0.0/8",
                text -> Words.parse(text, AddressRange::parse));
    }

    /** A {@link Switch}. */
    static Kind onOrOff() {
        return oneOf(Switch.values());
    }

    /** {@link Issuers}. */
    static Kind issuers() {
        return new Kind(
                "a list of issuers with commas between them, each with spaces between its name, the"
                        + " URL of its keys, the audience, and its algorithms",
                "https://id.example https://id.example/keys my-api RS256+ES256",
                Issuers::parse);
    }

    /** The constants of an enum, in either case. */
    static Kind oneOf(Enum<?>... constants) {
        String names = Arrays.stream(constants).map(Kind::word).collect(Collectors.joining(", "));
        return new Kind(
                "one of " + names,
                word(constants[0]),
                text -> Arrays.stream(constants)
                        .filter(constant -> word(constant).equals(text.toLowerCase(Locale.ROOT)))
                        .findFirst());
    }

    /** The bounds belong to the range and are written like its values. */
    private static <T extends Comparable<T>> Kind range(
            String what, String min, String max, Function<String, Optional<T>> form) {
        T least = form.apply(min).orElseThrow();
        T most = form.apply(max).orElseThrow();
        return new Kind(
                what + " from " + min + " to " + max,
                min,
                text -> form.apply(text)
                        .filter(value ->
                                value.compareTo(least) >= 0 && value.compareTo(most) <= 0));
    }

    private static Optional<Long> parseNumber(String text) {
        return text.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    private static Optional<Path> parsePath(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException failure) {
            return Optional.empty();
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
