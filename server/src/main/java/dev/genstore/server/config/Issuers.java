package dev.genstore.server.config;

import dev.genstore.auth.Algorithm;
import dev.genstore.auth.Issuer;

import java.net.URI;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Issuers as they are written: {@code <name> <URL of its keys> <audience> <algorithms>}, and perhaps
 * {@code at+jwt}. Immutable.
 */
record Issuers(List<Issuer> all) {
    private static final int WORDS = 4;
    private static final String ACCESS_TOKENS = "at+jwt";

    Issuers {
        all = List.copyOf(all);
    }

    /** The issuers between commas, or nothing when one of them is none or is there twice. */
    static Optional<Issuers> parse(String text) {
        if (text.isEmpty()) {
            return Optional.of(new Issuers(List.of()));
        }
        try {
            List<Issuer> issuers = Arrays.stream(text.split(",", -1))
                    .map(each -> issuer(each.strip().split("\\s+")))
                    .toList();
            Set<String> names = issuers.stream().map(Issuer::name).collect(Collectors.toSet());
            return names.size() == issuers.size()
                    ? Optional.of(new Issuers(issuers))
                    : Optional.empty();
        } catch (IllegalArgumentException wrong) {
            return Optional.empty();
        }
    }

    private static Issuer issuer(String... words) {
        boolean saysType = words.length == WORDS + 1 && words[WORDS].equals(ACCESS_TOKENS);
        if (words.length != WORDS && !saysType) {
            throw new IllegalArgumentException("an issuer is four words, or at+jwt behind them");
        }
        var algorithms = new HashSet<Algorithm>();
        for (String name : words[3].split("\\+", -1)) {
            algorithms.add(Algorithm.named(name).orElseThrow(IllegalArgumentException::new));
        }
        return new Issuer(words[0], URI.create(words[1]), Set.of(words[2]), algorithms, saysType);
    }
}
