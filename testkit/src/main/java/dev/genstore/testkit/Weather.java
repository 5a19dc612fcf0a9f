package dev.genstore.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How a {@link FaultyNetwork} treats bytes at present, and what it has counted. Thread-safe. */
final class Weather {
    private static final int PIECE_BYTES_MAX = 16 << 10;
    private static final int PIECES_PER_SECOND = 20;
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    @GuardedBy("this") private final Map<Direction, Long> bytes = new EnumMap<>(Direction.class);

    @GuardedBy("this") private long delayNanos;

    @GuardedBy("this") private int bytesPerSecond = Integer.MAX_VALUE;

    @GuardedBy("this") private boolean isSilent;

    @GuardedBy("this") private long bytesUntilCut = Long.MAX_VALUE;

    /** Which way bytes go. */
    enum Direction {
        TO_SERVER,
        TO_CLIENT
    }

    synchronized void delay(Duration each) {
        delayNanos = each.toNanos();
        notifyAll();
    }

    synchronized void throttle(int rate) {
        if (rate < 1) {
            throw new IllegalArgumentException("a rate is at least one byte a second: " + rate);
        }
        bytesPerSecond = rate;
        notifyAll();
    }

    synchronized void silence() {
        isSilent = true;
    }

    synchronized void cutAfter(long count) {
        bytesUntilCut = count;
    }

    synchronized void heal() {
        delayNanos = 0;
        bytesPerSecond = Integer.MAX_VALUE;
        isSilent = false;
        bytesUntilCut = Long.MAX_VALUE;
        notifyAll();
    }

    /** How many bytes to read at once, so that a throttled connection trickles and does not burst. */
    synchronized int pieceBytes() {
        return Math.clamp(bytesPerSecond / PIECES_PER_SECOND, 1, PIECE_BYTES_MAX);
    }

    /** Keeps the caller for as long as this many bytes take; for an end it is none. */
    synchronized void hold(int count) throws InterruptedException {
        long startNanos = System.nanoTime();
        long leftNanos = waitNanos(count);
        while (isSilent || leftNanos > 0) {
            if (isSilent) {
                wait();
            } else {
                TimeUnit.NANOSECONDS.timedWait(this, leftNanos);
            }
            leftNanos = startNanos + waitNanos(count) - System.nanoTime();
        }
    }

    @GuardedBy("this") private long waitNanos(int count) {
        return delayNanos + count * NANOS_PER_SECOND / bytesPerSecond;
    }

    /** How many of these bytes may pass; when it is fewer, the network is to be cut behind them. */
    synchronized int admit(int count, Direction direction) {
        int admitted = count;
        if (direction == Direction.TO_CLIENT && bytesUntilCut < Long.MAX_VALUE) {
            admitted = (int) Math.min(count, bytesUntilCut);
            bytesUntilCut = admitted < count ? Long.MAX_VALUE : bytesUntilCut - admitted;
        }
        bytes.merge(direction, (long) admitted, Long::sum);
        return admitted;
    }

    synchronized long bytes(Direction direction) {
        return bytes.getOrDefault(direction, 0L);
    }
}
