package dev.genstore.wire.send;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Set;

/**
 * The few functions of libc that senders call, on 64-bit Linux. Pointers are passed as plain longs,
 * which travel in the same registers there and make no objects.
 *
 * <p>Thread-safe. {@link #require} comes before anything else: it is what keeps the JVM from warning
 * of native access that nobody has enabled.
 */
final class Libc {
    /** From sys/socket.h: never wait, and no SIGPIPE for a peer that is gone. See send(2). */
    static final int MSG_DONTWAIT = 0x40;

    static final int MSG_NOSIGNAL = 0x4000;

    /** Where the calls that can tell an error number put it. */
    static final MemoryLayout CALL_STATE = Linker.Option.captureStateLayout();

    private static final Set<String> MACHINES = Set.of("amd64", "aarch64");

    private Libc() {}

    /**
     * Makes sure that libc can be called.
     *
     * @throws IOException when it can't; the message says why
     */
    static void require() throws IOException {
        String system = System.getProperty("os.name", "");
        String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        if (!system.equals("Linux") || !MACHINES.contains(machine)) {
            throw new IOException("libc is not called on " + system + " " + machine);
        }
        if (!Libc.class.getModule().isNativeAccessEnabled()) {
            throw new IOException("native access is not enabled (--enable-native-access)");
        }
        try {
            Functions.link();
        } catch (LinkageError failure) {
            throw new IOException("libc can't be linked here", failure);
        }
    }

    /**
     * Offers bytes to a socket and never waits.
     *
     * @return how many were taken, or -1
     */
    static long send(int descriptor, long address, long lengthBytes) {
        try {
            return (long) Functions.SEND.invokeExact(
                    descriptor, address, lengthBytes, MSG_DONTWAIT | MSG_NOSIGNAL);
        } catch (Throwable failure) {
            throw broken(failure);
        }
    }

    /**
     * A system call with two arguments or up to six; those it does not have are 0. See syscall(2).
     *
     * @param state of {@link #CALL_STATE}
     * @return what it returned, or the error number below zero
     */
    static long syscall(
            MemorySegment state, long number, long a, long b, long c, long d, long e, long f) {
        try {
            long result = (long) Functions.SYSCALL.invokeExact(state, number, a, b, c, d, e, f);
            return result == -1 ? -state.get(JAVA_INT, Functions.ERRNO_AT) : result;
        } catch (Throwable failure) {
            throw broken(failure);
        }
    }

    /**
     * Maps memory that is shared with the kernel. See mmap(2).
     *
     * @return its address, or the error number below zero
     */
    static long mmap(
            MemorySegment state, long lengthBytes, int protection, int flags, int file, long at) {
        try {
            long result = (long)
                    Functions.MMAP.invokeExact(state, 0L, lengthBytes, protection, flags, file, at);
            return result == -1 ? -state.get(JAVA_INT, Functions.ERRNO_AT) : result;
        } catch (Throwable failure) {
            throw broken(failure);
        }
    }

    static void munmap(long address, long lengthBytes) {
        try {
            int ignored = (int) Functions.MUNMAP.invokeExact(address, lengthBytes);
        } catch (Throwable failure) {
            throw broken(failure);
        }
    }

    static void close(int descriptor) {
        try {
            int ignored = (int) Functions.CLOSE.invokeExact(descriptor);
        } catch (Throwable failure) {
            throw broken(failure);
        }
    }

    /** A downcall throws nothing of its own, so this is a bug here. */
    private static IllegalStateException broken(Throwable failure) {
        return new IllegalStateException("a call of libc was made wrongly", failure);
    }

    /** Linked when first used, which is after it is known that they may be. */
    @SuppressWarnings("restricted")
    private static final class Functions {
        private static final Linker LINKER = Linker.nativeLinker();
        private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");

        static final long ERRNO_AT = CALL_STATE.byteOffset(PathElement.groupElement("errno"));

        /** It never waits, so it may run as if it were Java code, without a change of state. */
        static final MethodHandle SEND = function(
                "send",
                FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT),
                Linker.Option.critical(false));

        /** Not critical: hundreds of sends in one call would hold up the garbage collector. */
        static final MethodHandle SYSCALL = function(
                "syscall",
                FunctionDescriptor.of(
                        JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                        JAVA_LONG),
                Linker.Option.firstVariadicArg(1),
                ERRNO);

        static final MethodHandle MMAP = function(
                "mmap",
                FunctionDescriptor.of(
                        JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG),
                ERRNO);

        static final MethodHandle MUNMAP =
                function("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));

        static final MethodHandle CLOSE =
                function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

        static void link() {}

        private static MethodHandle function(
                String name, FunctionDescriptor shape, Linker.Option... options) {
            MemorySegment address = LINKER.defaultLookup().findOrThrow(name);
            return LINKER.downcallHandle(address, shape, options);
        }
    }
}
