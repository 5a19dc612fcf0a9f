package dev.genstore.embedded.audit;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.genstore.router.ClientAddress;
import dev.genstore.router.Principal;

import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Bounds how much is written of each who was let in: nobody must be able to fill the files alone until
 * nothing is left in them of the others. Everybody has so many bytes in each minute of the clock, some
 * for each {@link Purse}; how many lines did not fit is told when that is over.
 *
 * <p>Thread-safe.
 */
final class Shares {
    /** So many have shares of their own in a minute; all further ones have one together. */
    static final int OWNERS_MAX = 10_000;

    private static final long MINUTE_MILLIS = 60_000;
    private static final Owner OTHERS = new Owner("principal", "others");

    private final InstantSource clock;
    private final long partBytes;

    @GuardedBy("this") private final Map<Owner, Share> shares = new HashMap<>();

    @GuardedBy("this") private long minute;

    /**
     * Whose share it is: somebody's, or, where nobody has to say who he is, an address's; of IPv6 that
     * of all addresses that one machine may have.
     *
     * @param member by which name it is told
     */
    record Owner(String member, String name) {
        static Owner of(Principal principal, ClientAddress address) {
            return principal.isNobody()
                    ? new Owner("address", address.network())
                    : new Owner("principal", principal.id());
        }
    }

    /** What did not fit. */
    record LeftOut(Owner owner, long lines) {}

    private static final class Share {
        private final Map<Purse, Long> bytes = new EnumMap<>(Purse.class);
        private long linesLeftOut;
    }

    /**
     * Shares of this minute, which all are empty.
     *
     * @param partBytes of how many bytes each purse has one or more
     */
    Shares(InstantSource clock, long partBytes) {
        this.clock = clock;
        this.partBytes = partBytes;
        this.minute = clock.millis() / MINUTE_MILLIS;
    }

    /** Whether a line of this many bytes may be written. */
    synchronized boolean take(Owner owner, Purse purse, int bytes) {
        boolean hasRoom = shares.containsKey(owner) || shares.size() < OWNERS_MAX;
        Share share = shares.computeIfAbsent(hasRoom ? owner : OTHERS, each -> new Share());
        long sum = share.bytes.getOrDefault(purse, 0L) + bytes;
        if (sum > purse.bytesMax(partBytes)) {
            share.linesLeftOut++;
            return false;
        }
        share.bytes.put(purse, sum);
        return true;
    }

    /** What did not fit in a minute that is over, once; mostly nothing. */
    synchronized List<LeftOut> leftOut() {
        return clock.millis() / MINUTE_MILLIS == minute ? List.of() : end();
    }

    /** The minute is over. */
    synchronized List<LeftOut> end() {
        minute = clock.millis() / MINUTE_MILLIS;
        List<LeftOut> leftOut = shares.entrySet().stream()
                .filter(each -> each.getValue().linesLeftOut > 0)
                .map(each -> new LeftOut(each.getKey(), each.getValue().linesLeftOut))
                .toList();
        shares.clear();
        return leftOut;
    }
}
