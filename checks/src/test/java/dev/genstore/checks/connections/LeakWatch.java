package dev.genstore.checks.connections;

import static org.awaitility.Awaitility.await;

import dev.genstore.checks.harness.LogWatch;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;

import java.util.List;

/**
 * Has Netty follow every buffer, and tells of those that were dropped without being released. Confined
 * to one thread.
 */
final class LeakWatch implements AutoCloseable {
    private static final String SENTINEL = "dropped on purpose";

    private final Level before = ResourceLeakDetector.getLevel();
    private final LogWatch log = new LogWatch(ResourceLeakDetector.class.getName());

    LeakWatch() {
        ResourceLeakDetector.setLevel(Level.PARANOID);
    }

    /**
     * The reports of leaks. One buffer is dropped here on purpose: when it is reported, so are those
     * that were dropped before.
     */
    List<String> leaks() {
        UnpooledByteBufAllocator.DEFAULT.directBuffer(8).touch(SENTINEL);
        await().atMost(CountedServer.PATIENCE).until(() -> {
            System.gc();
            collect();
            return log.messages().stream().anyMatch(message -> message.contains(SENTINEL));
        });
        return log.messages().stream()
                .filter(message -> !message.contains(SENTINEL))
                .toList();
    }

    /** Netty looks for leaks when it makes buffers. */
    private static void collect() {
        for (int i = 0; i < 100; i++) {
            ByteBuf buffer = PooledByteBufAllocator.DEFAULT.buffer(8);
            buffer.release();
        }
    }

    @Override
    public void close() {
        ResourceLeakDetector.setLevel(before);
        log.close();
    }
}
