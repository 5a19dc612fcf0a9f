package dev.genstore.checks.simulation;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.genstore.hub.Batch;
import dev.genstore.hub.Sender;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * The simulated kernel that the sender gives frames to. As a real one it gives a descriptor that was
 * closed to the next who comes.
 */
final class Kernel implements Sender {
    private final Map<Integer, Connection> open = new HashMap<>();

    /** The lowest descriptor that is free. */
    int open(Connection connection) {
        int descriptor = 0;
        while (open.containsKey(descriptor)) {
            descriptor++;
        }
        open.put(descriptor, connection);
        return descriptor;
    }

    void close(int descriptor) {
        open.remove(descriptor);
    }

    @Override
    public void send(Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            Connection connection = connection(batch.descriptor(i));
            batch.took(i, connection.take(bytes(batch.address(i), batch.lengthBytes(i))));
        }
    }

    private Connection connection(int descriptor) {
        Connection connection = open.get(descriptor);
        if (connection == null) {
            throw new Violation("sent to " + descriptor + ", which is closed");
        }
        return connection;
    }

    @SuppressWarnings("restricted") // the frames are at an address, as for a real kernel
    private static ByteBuffer bytes(long address, int length) {
        byte[] copy = MemorySegment.ofAddress(address).reinterpret(length).toArray(JAVA_BYTE);
        return ByteBuffer.wrap(copy);
    }

    @Override
    public void close() {}
}
