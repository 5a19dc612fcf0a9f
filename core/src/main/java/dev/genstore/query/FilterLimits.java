package dev.genstore.query;

/**
 * What bounds the cost of a filter. The first part is checked when a filter is compiled, and one that
 * is beyond it is refused. The second part is counted while it is evaluated: a resource that would
 * cost more does not match. Only loops ({@code exists} and the like) and {@code matches} can reach it.
 */
public final class FilterLimits {
    /** Length of an expression, in characters. */
    public static final int LENGTH_MAX = 2_000;

    /** Names, constants, operators and calls in an expression. */
    public static final int NODES_MAX = 200;

    /** How deep these may stand inside one another. */
    public static final int DEPTH_MAX = 64;

    /** How deep {@code exists}, {@code all} and {@code exists_one} may stand inside one another. */
    public static final int LOOPS_MAX = 2;

    /** Length of the pattern of {@code matches}, in characters. */
    public static final int PATTERN_LENGTH_MAX = 200;

    /** Length of a pattern times all of its counts, such as the 5 in {@code a{5}}. */
    public static final int PATTERN_COUNTS_MAX = 200_000;

    /** Instructions of the program that a pattern becomes. */
    public static final int PATTERN_SIZE_MAX = 500;

    /** Steps that any resource may cost. A step is up to ten nanoseconds. */
    public static final int STEPS_MAX = 50_000;

    /** Steps that it may cost besides, for each byte of it. */
    public static final int STEPS_PER_BYTE_MAX = 16;

    /** Length of a text that {@code +} makes; a longer one is an error. */
    public static final int TEXT_LENGTH_MAX = 65_536;

    private FilterLimits() {}
}
