package dev.genstore.wire.send;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * How many bytes a socket's peer has confirmed, as the kernel knows it: so nobody has to count. See
 * tcp(7) and {@code tcpi_bytes_acked} in linux/tcp.h. Thread-safe.
 */
public final class SentBytes {
    private static final int TCP = 6;
    private static final int TCP_INFO = 11;
    private static final long ACKED_AT = 120;
    private static final long INFO_BYTES = 256;

    /** The number of getsockopt(2), which is not the same on all machines. */
    private static final long GETSOCKOPT =
            System.getProperty("os.arch", "").equals("aarch64") ? 209 : 55;

    private SentBytes() {}

    /** Null where the kernel does not say. */
    public static @Nullable Long by(int descriptor) {
        return Reachable.IS_SO ? ask(descriptor) : null;
    }

    private static @Nullable Long ask(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Libc.CALL_STATE);
            MemorySegment info = arena.allocate(INFO_BYTES, Long.BYTES);
            MemorySegment length = arena.allocate(JAVA_INT);
            length.set(JAVA_INT, 0, (int) INFO_BYTES);
            long result = Libc.syscall(
                    state,
                    GETSOCKOPT,
                    descriptor,
                    TCP,
                    TCP_INFO,
                    info.address(),
                    length.address(),
                    0);
            boolean isTold = result == 0 && length.get(JAVA_INT, 0) >= ACKED_AT + Long.BYTES;
            return isTold ? info.get(JAVA_LONG, ACKED_AT) : null;
        }
    }

    /** Found out when somebody first asks. */
    private static final class Reachable {
        private static final boolean IS_SO = isSo();

        private static boolean isSo() {
            try {
                Libc.require();
                return true;
            } catch (IOException elsewhere) {
                return false;
            }
        }
    }
}
