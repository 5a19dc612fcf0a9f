package dev.genstore.wire.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.hub.Batch;
import dev.genstore.hub.Sender;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A sender, connections to oneself, and for each what was taken and so must arrive. */
final class SendRig implements AutoCloseable {
    static final int MEMORY_BYTES = 1 << 16;

    /** Small, so that sockets are full soon. The kernel rounds up. */
    private static final int BUFFER_BYTES = 8 << 10;

    private final Arena arena = Arena.ofConfined();
    private final byte[] bytes = new byte[MEMORY_BYTES];
    private final MemorySegment memory = arena.allocate(MEMORY_BYTES);
    private final List<LoopbackPair> pairs = new ArrayList<>();
    private final List<ByteArrayOutputStream> taken = new ArrayList<>();
    private final Batch batch = new Batch();
    private final List<int[]> offered = new ArrayList<>();
    private final Sender sender;

    SendRig(SenderKind kind, int connections) throws IOException {
        new Random(1).nextBytes(bytes);
        memory.copyFrom(MemorySegment.ofArray(bytes));
        sender = SenderChoice.open(kind).orElseThrow();
        try (var listener = new ServerSocket()) {
            listener.setReceiveBufferSize(BUFFER_BYTES);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            for (int i = 0; i < connections; i++) {
                var pair = LoopbackPair.open(listener);
                pair.near().setSendBufferSize(BUFFER_BYTES);
                pairs.add(pair);
                taken.add(new ByteArrayOutputStream());
            }
        }
    }

    int size() {
        return pairs.size();
    }

    LoopbackPair pair(int connection) {
        return pairs.get(connection);
    }

    /** Puts a piece of the memory into the next batch. */
    SendRig offer(int connection, int from, int lengthBytes) {
        return offer(connection, pair(connection).descriptor(), from, lengthBytes);
    }

    /** The same for something that should take nothing. */
    SendRig offerElsewhere(int descriptor, int lengthBytes) {
        return offer(-1, descriptor, 0, lengthBytes);
    }

    private SendRig offer(int connection, int descriptor, int from, int lengthBytes) {
        batch.add(descriptor, memory.address() + from, lengthBytes);
        offered.add(new int[] {connection, from});
        return this;
    }

    /** Sends the batch; how many bytes of each entry were taken. */
    List<Integer> send() {
        sender.send(batch);
        List<Integer> counts = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            int count = batch.taken(i);
            int connection = offered.get(i)[0];
            assertThat(count).as("taken of entry %s", i).isBetween(0, batch.lengthBytes(i));
            if (connection >= 0) {
                taken.get(connection).write(bytes, offered.get(i)[1], count);
            }
            counts.add(count);
        }
        batch.clear();
        offered.clear();
        return counts;
    }

    /** Sends one piece; how many bytes of it were taken. */
    int send(int connection, int from, int lengthBytes) {
        return offer(connection, from, lengthBytes).send().getFirst();
    }

    /** Sends until the socket takes no more. */
    void fill(int connection) {
        while (send(connection, 0, MEMORY_BYTES) > 0) {}
    }

    /** Reads what has come, so that there is room again; all of it must have been taken. */
    void drain(int connection) throws IOException {
        ByteArrayOutputStream expected = taken.get(connection);
        byte[] arrived = pair(connection).read(expected.size());
        assertThat(arrived).as("what arrived at %s", connection).isEqualTo(expected.toByteArray());
        expected.reset();
    }

    /** Fails unless just what was taken arrives, and then the end. */
    void verify(int connection) throws IOException {
        LoopbackPair pair = pair(connection);
        pair.near().shutdown(false, true);
        assertThat(pair.far().getInputStream().readAllBytes())
                .as("what arrived at %s", connection)
                .isEqualTo(taken.get(connection).toByteArray());
    }

    void verifyAll() throws IOException {
        for (int connection = 0; connection < pairs.size(); connection++) {
            verify(connection);
        }
    }

    @Override
    public void close() throws IOException {
        sender.close();
        for (LoopbackPair pair : pairs) {
            pair.close();
        }
        arena.close();
    }
}
