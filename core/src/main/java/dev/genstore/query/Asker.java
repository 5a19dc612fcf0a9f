package dev.genstore.query;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Somebody for whom is read: it is counted what is looked through for him, and what takes long ends
 * when he is gone. All that is read on the thread that runs {@link #ask} is for him, and may be refused
 * where too many wait. What is read on other threads is for watchers, or for the program itself; it
 * waits as long as it takes.
 *
 * <p>Thread-safe.
 */
public final class Asker {
    private static final ScopedValue<Asker> PRESENT = ScopedValue.newInstance();

    private final Set<Runnable> endings = ConcurrentHashMap.newKeySet();
    private final AtomicLong looked = new AtomicLong();
    private final AtomicLong writtenBytes = new AtomicLong();
    private volatile List<?> clients = List.of();
    private volatile boolean hasLeft;
    private volatile boolean isGone;

    /** Who asks on this thread, or null where nobody does. */
    public static @Nullable Asker present() {
        return PRESENT.isBound() ? PRESENT.get() : null;
    }

    /** Who he is, as far as that counts: what others of the same client stand for, too. */
    public void standsFor(List<?> those) {
        clients = List.copyOf(those);
    }

    /** The clients that he stands for; none where he is not counted. */
    public List<?> clients() {
        return clients;
    }

    /** Runs this on the present thread for him. */
    public <T extends @Nullable Object> T ask(Supplier<T> question) {
        return ScopedValue.where(PRESENT, this).call(question::get);
    }

    /**
     * Perhaps he is gone: he will say nothing more. What takes a moment is still read for him, and
     * what takes long is not, since who hangs up looks the same.
     */
    public void leave() {
        hasLeft = true;
        endings.forEach(Runnable::run);
    }

    /** He is gone: nothing is read for him any more. */
    public void vanish() {
        isGone = true;
        leave();
    }

    /** Whether he will say nothing more. */
    public boolean hasLeft() {
        return hasLeft;
    }

    /** Whether nobody can tell him anything. */
    public boolean isGone() {
        return isGone;
    }

    /** Has this run when he leaves, on any thread and perhaps twice; at once if he has left. */
    public void whenLeft(Runnable ending) {
        endings.add(ending);
        if (hasLeft) {
            ending.run();
        }
    }

    /** The same is not wanted any more. */
    public void forget(Runnable ending) {
        endings.remove(ending);
    }

    /** So many more were looked at for him, beyond those that he was shown. */
    public void look(long count) {
        looked.addAndGet(count);
    }

    /** How many were looked at since this was last asked. */
    public long settle() {
        return looked.getAndSet(0);
    }

    /** So many bytes of resources, before and after, took their writer's time for him. */
    public void write(long bytes) {
        writtenBytes.addAndGet(bytes);
    }

    /** How many bytes that were since this was last asked. */
    public long settleBytes() {
        return writtenBytes.getAndSet(0);
    }
}
