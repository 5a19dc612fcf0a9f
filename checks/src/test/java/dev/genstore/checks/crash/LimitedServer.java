package dev.genstore.checks.crash;

import dev.genstore.server.Main;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * The program, with a disk that fails on demand. When it is told to on its standard input, its own
 * process may write no file any more (POSIX {@code setrlimit} of the size of files), so every write
 * fails with EFBIG; and when it is told to, it may again. That needs no rights, and is the same on
 * Linux and macOS.
 */
final class LimitedServer {
    /** What to say to have every write fail. */
    static final String FAIL = "fail";

    /** What to say to have none fail any more. */
    static final String WORK = "work";

    private static final int RLIMIT_FSIZE = 1;
    private static final Linker LINKER = Linker.nativeLinker();

    private LimitedServer() {}

    public static void main(String[] arguments) {
        Thread.ofPlatform().daemon().start(LimitedServer::listen);
        Main.main(arguments);
    }

    private static void listen() {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                limit(line.equals(FAIL));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Sets the first of the two numbers, which counts; the second bounds it. */
    private static void limit(boolean fails) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment limits = arena.allocate(ValueLayout.JAVA_LONG, 2);
            call("getrlimit", limits);
            long hard = limits.getAtIndex(ValueLayout.JAVA_LONG, 1);
            limits.setAtIndex(ValueLayout.JAVA_LONG, 0, fails ? 0 : hard);
            call("setrlimit", limits);
        }
    }

    @SuppressWarnings("restricted")
    private static void call(String name, MemorySegment limits) {
        MethodHandle function = LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        try {
            if ((int) function.invokeExact(RLIMIT_FSIZE, limits) != 0) {
                throw new IllegalStateException(name + " failed");
            }
        } catch (Throwable failure) {
            throw new IllegalStateException(name, failure);
        }
    }
}
