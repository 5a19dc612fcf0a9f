package dev.genstore.wire.send;

import dev.genstore.hub.Batch;
import dev.genstore.hub.Sender;

import io.netty.channel.epoll.Epoll;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Tries a kind of sender by sending a few bytes to oneself, each by itself. Only that shows it: a call may exist and
 * be blocked by the container runtime, or pass and do nothing under an emulated kernel.
 */
final class Trial {
    private static final byte[] BYTES = "a few bytes".getBytes(StandardCharsets.US_ASCII);

    private Trial() {}

    /**
     * Nothing stays open behind it.
     *
     * @throws IOException when this kind does not work here; the message is a short clause that says
     *     why
     */
    static void run(SenderKind kind) throws IOException {
        if (kind != SenderKind.CHANNEL && !Epoll.isAvailable()) {
            throw new IOException("Netty's epoll, whose sockets it needs, is not available here");
        }
        Optional<Sender> opened = SenderChoice.open(kind);
        if (opened.isPresent()) {
            try (Sender sender = opened.get()) {
                run(kind, sender);
            }
        }
    }

    private static void run(SenderKind kind, Sender sender) throws IOException {
        try (LoopbackPair pair = LoopbackPair.open();
                Arena arena = Arena.ofConfined()) {
            MemorySegment bytes =
                    arena.allocate(BYTES.length).copyFrom(MemorySegment.ofArray(BYTES));
            var batch = new Batch();
            for (int i = 0; i < BYTES.length; i++) {
                batch.add(pair.descriptor(), bytes.address() + i, 1);
            }
            sender.send(batch);
            if (taken(batch) != BYTES.length || !Arrays.equals(pair.read(BYTES.length), BYTES)) {
                throw new IOException(kind.label() + " does not send here");
            }
        }
    }

    private static int taken(Batch batch) {
        return IntStream.range(0, batch.size()).map(batch::taken).sum();
    }
}
