package dev.genstore.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the name that somebody meant who mistyped it: the one with the fewest slips between them,
 * as long as at most a third of it is wrong.
 *
 * <p>A slip is a letter too many, missing, wrong, or exchanged with the next one (optimal string
 * alignment). Upper and lower case are the same.
 */
public final class Nearest {
    private Nearest() {}

    /** The name that is meant, or nothing when none is near. The first wins where two are as near. */
    public static Optional<String> to(String mistyped, Collection<String> names) {
        return names.stream()
                .filter(name -> isNear(mistyped, name))
                .min(Comparator.comparingInt(name -> slips(mistyped, name)));
    }

    /**
     * The sentence on a name that does not exist.
     *
     * @param what what it should name, for example {@code option}
     * @param name the name as it was said
     * @param meant the name that was perhaps meant
     */
    public static String unknown(String what, String name, Optional<String> meant) {
        String end = meant.map(nearest -> "; did you mean " + nearest + "?").orElse(".");
        return "Unknown " + what + " " + name + end;
    }

    private static boolean isNear(String mistyped, String name) {
        int length = Math.max(mistyped.length(), name.length());
        return Math.abs(mistyped.length() - name.length()) * 3 <= length
                && slips(mistyped, name) * 3 <= length;
    }

    private static int slips(String mistyped, String name) {
        String from = mistyped.toLowerCase(Locale.ROOT);
        String to = name.toLowerCase(Locale.ROOT);
        // slips[i][j] lie between the first i characters of one and the first j of the other.
        int[][] slips = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                slips[i][j] = i == 0 || j == 0 ? i + j : fewest(slips, from, to, i, j);
            }
        }
        return slips[from.length()][to.length()];
    }

    private static int fewest(int[][] slips, String from, String to, int i, int j) {
        int wrong = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        int fewest = Math.min(slips[i - 1][j], slips[i][j - 1]) + 1;
        fewest = Math.min(fewest, slips[i - 1][j - 1] + wrong);
        if (isExchange(from, to, i, j)) {
            fewest = Math.min(fewest, slips[i - 2][j - 2] + 1);
        }
        return fewest;
    }

    private static boolean isExchange(String from, String to, int i, int j) {
        return i > 1
                && j > 1
                && from.charAt(i - 1) == to.charAt(j - 2)
                && from.charAt(i - 2) == to.charAt(j - 1);
    }
}
