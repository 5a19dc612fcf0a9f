package dev.genstore.wire.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import dev.genstore.hub.Batch;
import dev.genstore.hub.Sender;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.List;

/** A send to thousands of sockets, many times a second, must leave nothing to collect. */
class SenderAllocationTest {
    private static final int WARM_UP_BATCHES = 400;
    private static final int BATCHES = 200;
    private static final int FRAME_BYTES = 64;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static List<SenderKind> kinds() {
        return Kinds.withSender();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("kinds")
    void a_send_allocates_nothing(SenderKind kind) throws IOException {
        try (Sender sender = SenderChoice.open(kind).orElseThrow();
                Arena arena = Arena.ofConfined();
                LoopbackPair pair = LoopbackPair.open()) {
            long address = arena.allocate(FRAME_BYTES).address();
            var batch = new Batch();
            for (int i = 0; i < Batch.SIZE_MAX; i++) {
                batch.add(pair.descriptor(), address, FRAME_BYTES);
            }
            allocatedBytes(sender, batch, pair, WARM_UP_BATCHES);
            long bytes = allocatedBytes(sender, batch, pair, BATCHES);
            assertThat((double) bytes / BATCHES / Batch.SIZE_MAX)
                    .as("bytes per send")
                    .isLessThan(1);
        }
    }

    private long allocatedBytes(Sender sender, Batch batch, LoopbackPair pair, int batches)
            throws IOException {
        long allocated = 0;
        for (int i = 0; i < batches; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            sender.send(batch);
            allocated += threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(batch.taken(Batch.SIZE_MAX - 1)).isEqualTo(FRAME_BYTES);
            pair.read(Batch.SIZE_MAX * FRAME_BYTES);
        }
        return allocated;
    }
}
