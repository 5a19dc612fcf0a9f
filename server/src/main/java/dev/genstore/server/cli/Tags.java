package dev.genstore.server.cli;

import java.util.regex.Pattern;

/** Positions as entity tags. */
final class Tags {
    private static final Pattern BARE = Pattern.compile("[^\"*,\\s]+");

    private Tags() {}

    /** Quotes are of no use to a person, and hard to type. */
    static String of(String position) {
        return BARE.matcher(position).matches() ? '"' + position + '"' : position;
    }
}
