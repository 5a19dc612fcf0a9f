package dev.genstore.wire.rates;

/**
 * What one client may do. A client is an address, an IPv6 one by its first 64 bits, as one machine has
 * all the others; and who has said who he is is one more client, wherever he is. Of each limit 0 means
 * that there is none.
 *
 * <p>A rate may be exceeded for a while: what is not used is saved up for {@value #SAVED_SECONDS}
 * seconds. Immutable.
 *
 * @param connectionsPerAddress how many connections an address may have
 * @param watchesPerClient how many watches a client may have
 * @param requestsPerSecond how many requests of a client are answered in a second; a fifth of that is
 *     how many connections and how many watches it may begin
 * @param writesPerSecond how many writes of a client are done in a second; one counts as one more for
 *     each KiB of its body
 * @param countsLoopback whether clients on this machine are counted as well
 */
public record ClientLimits(
        int connectionsPerAddress,
        int watchesPerClient,
        int requestsPerSecond,
        int writesPerSecond,
        boolean countsLoopback) {
    /** How many seconds' worth of a rate may be used at once. */
    public static final int SAVED_SECONDS = 10;

    /** Enough for a hundred people behind one address, and no limit on the own machine. */
    public static final ClientLimits DEFAULT = new ClientLimits(1_000, 10_000, 1_000, 500, false);

    public ClientLimits {
        require(connectionsPerAddress, "connectionsPerAddress");
        require(watchesPerClient, "watchesPerClient");
        require(requestsPerSecond, "requestsPerSecond");
        require(writesPerSecond, "writesPerSecond");
    }

    private static void require(int value, String name) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " is at least 0, not " + value);
        }
    }
}
