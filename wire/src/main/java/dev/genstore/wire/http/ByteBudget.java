package dev.genstore.wire.http;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The bytes that all connections of a server together may hold: of bodies as far as they have come,
 * and of answers that are not sent yet. Without it many peers that send slowly or do not read could
 * fill the memory, each within its own limits.
 *
 * <p>One client may hold no more than a part of it, by however many connections, so a few of them can't
 * have all. What is small is always taken and not counted, so where many have filled the budget, the
 * others lose only what is large. And what is held alone is never refused, however much it is.
 *
 * <p>Thread-safe.
 */
public final class ByteBudget {
    private static final int SMALL_BODY_BYTES = 4 << 10;

    /** More than for a body: an answer that repeats a body, and adds a little, always follows it. */
    private static final int SMALL_ANSWER_BYTES = 2 * SMALL_BODY_BYTES;

    /** One client may hold so large a part of it. */
    static final int CLIENT_PART = 4;

    private final long bytesMax;
    private final Account total = new Account();

    public ByteBudget(long bytesMax) {
        if (bytesMax < 1) {
            throw new IllegalArgumentException("bytesMax must be at least 1: " + bytesMax);
        }
        this.bytesMax = bytesMax;
    }

    /** How many bytes are held now, without what is small. */
    public long heldBytes() {
        return total.heldBytes.get();
    }

    /** A share in it, which has nothing yet. */
    public Share share() {
        return new Share();
    }

    /** How much is held of it by one client, or by all. Thread-safe. */
    public static final class Account {
        private final AtomicLong heldBytes = new AtomicLong();

        /** Whether nothing is held. */
        public boolean isEmpty() {
            return heldBytes.get() == 0;
        }

        /** Less is always taken; more when it fits, or when nobody else holds anything. */
        private boolean exchange(long fromBytes, long toBytes, long bytesMax) {
            while (true) {
                long held = heldBytes.get();
                long others = held - fromBytes;
                if (toBytes > fromBytes && others > 0 && others + toBytes > bytesMax) {
                    return false;
                }
                if (heldBytes.compareAndSet(held, others + toBytes)) {
                    return true;
                }
            }
        }
    }

    /**
     * What one connection holds, for one purpose at a time. Whoever is done gives it back.
     *
     * <p>Confined to the thread that the request is with.
     */
    public final class Share {
        private List<Account> clients = List.of();
        private long bytes;

        private Share() {}

        /**
         * What it holds is these clients' from now on, and nobody else's. Whether they may have so much is
         * looked at when it becomes more.
         */
        public Share of(List<Account> others) {
            clients.forEach(client -> client.heldBytes.addAndGet(-bytes));
            others.forEach(client -> client.heldBytes.addAndGet(bytes));
            clients = others;
            return this;
        }

        /** Holds this much of a request from now on, and nothing else; false when it has no room. */
        public boolean holdRequest(long requestBytes) {
            return hold(requestBytes - SMALL_BODY_BYTES);
        }

        /** Holds an answer of this length from now on, and nothing else; false when it has no room. */
        public boolean holdAnswer(long answerBytes) {
            return hold(answerBytes - SMALL_ANSWER_BYTES);
        }

        /** Holds nothing any more. */
        public void giveBack() {
            hold(0);
        }

        private boolean hold(long wantedBytes) {
            long counted = Math.max(0, wantedBytes);
            boolean fits = counted == bytes || exchange(counted);
            bytes = fits ? counted : bytes;
            return fits;
        }

        /** All of them or none. */
        private boolean exchange(long toBytes) {
            if (!total.exchange(bytes, toBytes, bytesMax)) {
                return false;
            }
            for (int i = 0; i < clients.size(); i++) {
                if (!clients.get(i).exchange(bytes, toBytes, bytesMax / CLIENT_PART)) {
                    Stream.concat(Stream.of(total), clients.stream().limit(i))
                            .forEach(done -> done.exchange(toBytes, bytes, bytesMax));
                    return false;
                }
            }
            return true;
        }
    }
}
