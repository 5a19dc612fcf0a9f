package dev.genstore.server.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Origins as a browser names them: scheme, host and perhaps a port (RFC 6454, 6.2). Immutable. */
record Origins(Set<String> all) {
    private static final Pattern ORIGIN =
            Pattern.compile("[a-z][a-z0-9+.-]*://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

    Origins {
        all = Set.copyOf(all);
    }

    /** The origins between commas, in lower case, or nothing when one of them is none. */
    static Optional<Origins> parse(String text) {
        if (text.isEmpty()) {
            return Optional.of(new Origins(Set.of()));
        }
        List<String> origins = Arrays.stream(text.toLowerCase(Locale.ROOT).split(",", -1))
                .map(String::strip)
                .toList();
        boolean allFit =
                origins.stream().allMatch(origin -> ORIGIN.matcher(origin).matches());
        return allFit ? Optional.of(new Origins(Set.copyOf(origins))) : Optional.empty();
    }
}
