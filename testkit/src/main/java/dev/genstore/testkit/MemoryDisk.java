package dev.genstore.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import org.jspecify.annotations.Nullable;

import java.util.random.RandomGenerator;

/**
 * What a crash leaves: the disk under a {@link MemoryStorage}. Of a commit that failed, nobody knows
 * whether it has been written until somebody looks. Thread-safe.
 */
public final class MemoryDisk {
    private static final int EPOCHS = 36 * 36 * 36 * 36;

    private final String epoch;
    private final RandomGenerator random;

    @GuardedBy("this") private MemoryTables written = new MemoryTables();

    @GuardedBy("this") private @Nullable MemoryTables perhaps;

    @GuardedBy("this") private boolean inUse;

    /** An empty disk; {@code random} makes its epoch and decides what became of failed commits. */
    public MemoryDisk(RandomGenerator random) {
        this.random = random;
        this.epoch = "m" + Integer.toString(random.nextInt(EPOCHS), Character.MAX_RADIX);
    }

    /** Opens the storage that is on it, which must not be open. */
    public MemoryStorage open() {
        take();
        return new MemoryStorage(this);
    }

    String epoch() {
        return epoch;
    }

    /** What readers see. */
    synchronized MemoryTables written() {
        return written;
    }

    synchronized void write(MemoryTables tables) {
        written = tables;
    }

    /** Writes it, or not: see {@link #settle}. */
    synchronized void writePerhaps(MemoryTables tables) {
        perhaps = tables;
    }

    /** Looks what became of the last failed commit. */
    synchronized void settle() {
        if (perhaps != null && random.nextBoolean()) {
            written = perhaps;
        }
        perhaps = null;
    }

    synchronized void free() {
        settle();
        inUse = false;
    }

    private synchronized void take() {
        if (inUse) {
            throw new IllegalStateException("the disk is in use by another storage");
        }
        inUse = true;
    }
}
