package dev.genstore.wire.send;

import static org.assertj.core.api.Assertions.assertThat;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs something where system calls fail, as container runtimes let them. The filter lies on a thread
 * of its own and ends with it. See seccomp(2) and linux/filter.h.
 */
final class Seccomp {
    static final int IO_URING_SETUP = 425;
    static final int IO_URING_ENTER = 426;
    static final int SENDTO = System.getProperty("os.arch", "").equals("amd64") ? 44 : 206;

    private static final int PR_SET_SECCOMP = 22;
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int MODE_FILTER = 2;

    private static final int LOAD = 0x20;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int RETURN = 0x06;
    private static final int ALLOW = 0x7fff_0000;
    private static final int FAIL = 0x0005_0000;

    private static final int INSTRUCTION_BYTES = 8;

    private Seccomp() {}

    /** What {@code task} returns on a thread on which these system calls fail. */
    static <T> T callWithout(Callable<T> task, int errno, int... systemCalls) throws Exception {
        var blocked = new FutureTask<>(() -> {
            block(errno, systemCalls);
            return task.call();
        });
        Thread.ofPlatform().start(blocked);
        try {
            return blocked.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw failure;
        }
    }

    /** From now on these fail on the current thread. */
    static void block(int errno, int... systemCalls) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment program = program(arena, errno, systemCalls);
            MemorySegment header = arena.allocate(16, 8);
            header.set(JAVA_SHORT, 0, (short) (program.byteSize() / INSTRUCTION_BYTES));
            header.set(ADDRESS, 8, program);
            assertThat(prctl(PR_SET_NO_NEW_PRIVS, 1, 0)).isZero();
            assertThat(prctl(PR_SET_SECCOMP, MODE_FILTER, header.address())).isZero();
        }
    }

    /** Loads the number of the call, compares it with each, and allows the others. */
    private static MemorySegment program(Arena arena, int errno, int... systemCalls) {
        int count = systemCalls.length;
        MemorySegment program = arena.allocate((count + 3L) * INSTRUCTION_BYTES, 8);
        instruction(program, 0, LOAD, 0, 0);
        for (int i = 0; i < count; i++) {
            instruction(program, i + 1, JUMP_IF_EQUAL, count - i, systemCalls[i]);
        }
        instruction(program, count + 1, RETURN, 0, ALLOW);
        instruction(program, count + 2, RETURN, 0, FAIL | errno);
        return program;
    }

    private static void instruction(
            MemorySegment program, int index, int code, int jump, int value) {
        long at = (long) index * INSTRUCTION_BYTES;
        program.set(JAVA_SHORT, at, (short) code);
        program.set(JAVA_BYTE, at + 2, (byte) jump);
        program.set(JAVA_INT, at + 4, value);
    }

    @SuppressWarnings("restricted")
    private static int prctl(int option, long first, long second) {
        Linker linker = Linker.nativeLinker();
        var shape = FunctionDescriptor.of(
                JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
        try {
            return (int) linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("prctl"),
                            shape,
                            Linker.Option.firstVariadicArg(1))
                    .invokeExact(option, first, second, 0L, 0L);
        } catch (Throwable failure) {
            throw new AssertionError(failure);
        }
    }
}
