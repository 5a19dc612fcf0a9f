package dev.genstore.wire.rates;

/**
 * What came of taking something. Immutable.
 *
 * @param isTaken whether there was enough
 * @param left how many there are now
 * @param enoughNanos when there will be enough; 0 where there was
 * @param fullNanos when there will be as many as there can be
 */
record Taken(boolean isTaken, long left, long enoughNanos, long fullNanos) {
    /** Of what is not limited. */
    static final Taken UNLIMITED = new Taken(true, Long.MAX_VALUE, 0, 0);
}
