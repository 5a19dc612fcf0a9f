package dev.genstore.wire.send;

import dev.genstore.hub.Batch;
import dev.genstore.hub.Sender;

import io.netty.channel.ChannelException;
import io.netty.channel.unix.Socket;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Arrays;

/**
 * A {@code send()} for each socket, through Netty's JNI. It waits on a socket that blocks, which
 * Netty's never do; SIGPIPE the JVM ignores.
 *
 * <p>Netty wants an object to send by, though it only wraps the descriptor's number. So the objects
 * are kept by number, whatever socket has it at the time, and never closed.
 *
 * <p>Confined to one loop.
 */
final class SocketSender implements Sender {
    /** Sockets with higher numbers than this are wrapped anew for each send. */
    private static final int KEPT_MAX = 1 << 16;

    private @Nullable Socket[] kept = new Socket[1 << 8];

    private SocketSender() {}

    static SocketSender open() throws IOException {
        return new SocketSender();
    }

    @Override
    public void send(Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            batch.took(i, send(batch.descriptor(i), batch.address(i), batch.lengthBytes(i)));
        }
    }

    private int send(int descriptor, long address, int lengthBytes) {
        try {
            return socket(descriptor).sendAddress(address, 0, lengthBytes);
        } catch (IOException | ChannelException | IllegalArgumentException goneOrNoSocket) {
            return 0;
        }
    }

    private Socket socket(int descriptor) {
        if (descriptor < 0 || descriptor >= KEPT_MAX) {
            return new Socket(descriptor);
        }
        if (descriptor >= kept.length) {
            kept = Arrays.copyOf(kept, Integer.highestOneBit(descriptor) * 2);
        }
        Socket socket = kept[descriptor];
        if (socket == null) {
            socket = new Socket(descriptor);
            kept[descriptor] = socket;
        }
        return socket;
    }

    @Override
    public void close() {}
}
