package dev.genstore.server.config;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Several values of one kind with commas between them. Immutable.
 *
 * @param all the values, each once
 */
record Words<T>(Set<T> all) {
    Words {
        all = Set.copyOf(all);
    }

    /** The values that a text has, in small letters; nothing when one of them is wrong. */
    static <T> Optional<Words<T>> parse(String text, Function<String, Optional<T>> form) {
        if (text.isEmpty()) {
            return Optional.of(new Words<>(Set.of()));
        }
        var values = new HashSet<T>();
        for (String word : text.toLowerCase(Locale.ROOT).split(",", -1)) {
            Optional<T> value = form.apply(word.strip());
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get());
        }
        return Optional.of(new Words<>(values));
    }
}
