package dev.genstore.wire.send;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * An io_uring that only sends: entries that ask for it, and their completions, in two queues that are
 * shared with the kernel. Positions in a queue count up and wrap around; their low bits are the index.
 * See io_uring(7), io_uring_setup(2) and io_uring_enter(2).
 *
 * <p>An entry of an index always has the same operation, flags and mark, so only the descriptor and
 * the bytes are written for each send. The mark is the index, by which its completion is known.
 *
 * <p>Confined to the thread that makes it: the kernel refuses all others.
 */
final class Ring implements AutoCloseable {
    /** New system calls have the same number on all machines. */
    private static final long IO_URING_SETUP = 425;

    private static final long IO_URING_ENTER = 426;
    private static final long ENTER_GETEVENTS = 1;

    /** {@code struct io_uring_sqe}: an entry. */
    private static final long ENTRY_BYTES = 64;

    private static final long ENTRY_OPERATION = 0;
    private static final long ENTRY_DESCRIPTOR = 4;
    private static final long ENTRY_ADDRESS = 16;
    private static final long ENTRY_LENGTH = 24;
    private static final long ENTRY_MSG_FLAGS = 28;
    private static final long ENTRY_MARK = 32;
    private static final byte OPERATION_SEND = 26;

    /** {@code struct io_uring_cqe}: a completion, which begins with the mark. */
    private static final long COMPLETION_RESULT = 8;

    /** From sys/mman.h. */
    private static final int PROT_READ_WRITE = 3;

    private static final int MAP_SHARED_POPULATE = 0x8001;
    private static final long OFFSET_QUEUES = 0;
    private static final long OFFSET_ENTRIES = 0x1000_0000;

    private static final VarHandle INT = JAVA_INT.varHandle();

    /** What is released when it is closed: the file and the mappings as well. */
    private final Arena arena;

    private final MemorySegment callState;
    private final long file;
    private final RingLayout layout;
    private final MemorySegment queues;
    private final MemorySegment entries;
    private final int mask;

    private Ring(Arena arena, int entryCount) throws IOException {
        this.arena = arena;
        callState = arena.allocate(Libc.CALL_STATE);
        MemorySegment params = arena.allocate(RingLayout.PARAMS_BYTES, Long.BYTES);
        RingLayout.ask(params, entryCount);
        file = setUp(params, entryCount);
        layout = RingLayout.of(params, entryCount);
        queues = map(OFFSET_QUEUES, layout.bytes());
        entries = map(OFFSET_ENTRIES, entryCount * ENTRY_BYTES);
        mask = entryCount - 1;
        for (int index = 0; index < entryCount; index++) {
            prepare(index);
        }
    }

    /**
     * Makes one with so many entries, a power of two, and as many completions.
     *
     * @throws IOException when it can't be had; the message says why
     */
    static Ring open(int entryCount) throws IOException {
        Arena arena = Arena.ofConfined();
        try {
            return new Ring(arena, entryCount);
        } catch (IOException failure) {
            arena.close();
            throw failure;
        }
    }

    @SuppressWarnings("restricted")
    private long setUp(MemorySegment params, int entryCount) throws IOException {
        long opened =
                Libc.syscall(callState, IO_URING_SETUP, entryCount, params.address(), 0, 0, 0, 0);
        if (opened < 0) {
            throw new IOException("io_uring " + why((int) -opened));
        }
        MemorySegment.NULL.reinterpret(arena, _ -> Libc.close((int) opened));
        return opened;
    }

    private static String why(int errno) {
        String what = switch (errno) {
            case Errno.EPERM, Errno.EACCES -> "is not allowed here";
            case Errno.ENOSYS -> "is not in this kernel, or is blocked";
            case Errno.EINVAL -> "of this kernel is too old";
            default -> "can't be set up";
        };
        return what + " (" + Errno.name(errno) + ")";
    }

    @SuppressWarnings("restricted")
    private MemorySegment map(long offset, long bytes) throws IOException {
        long address = Libc.mmap(
                callState, bytes, PROT_READ_WRITE, MAP_SHARED_POPULATE, (int) file, offset);
        if (address < 0) {
            throw new IOException(
                    "io_uring's memory can't be mapped (" + Errno.name((int) -address) + ")");
        }
        return MemorySegment.ofAddress(address)
                .reinterpret(bytes, arena, _ -> Libc.munmap(address, bytes));
    }

    private void prepare(int index) {
        long entry = index * ENTRY_BYTES;
        entries.set(JAVA_BYTE, entry + ENTRY_OPERATION, OPERATION_SEND);
        entries.set(JAVA_INT, entry + ENTRY_MSG_FLAGS, Libc.MSG_DONTWAIT | Libc.MSG_NOSIGNAL);
        entries.set(JAVA_LONG, entry + ENTRY_MARK, index);
        queues.set(JAVA_INT, layout.submitOrder() + (long) index * Integer.BYTES, index);
    }

    /** Writes the entry at a position that the kernel has left. */
    void write(int position, int descriptor, long address, int lengthBytes) {
        long entry = (position & mask) * ENTRY_BYTES;
        entries.set(JAVA_INT, entry + ENTRY_DESCRIPTOR, descriptor);
        entries.set(JAVA_LONG, entry + ENTRY_ADDRESS, address);
        entries.set(JAVA_INT, entry + ENTRY_LENGTH, lengthBytes);
    }

    /** The position up to which the kernel has taken entries. */
    int submitHead() {
        return (int) INT.getAcquire(queues, (long) layout.submitHead());
    }

    /** Lets the kernel see the entries up to this position. */
    void submitTail(int position) {
        INT.setRelease(queues, (long) layout.submitTail(), position);
    }

    /**
     * Hands entries over, and waits for completions if it took all of them.
     *
     * @return 0 or the error number; entries may have been taken and completed all the same
     */
    int enter(int submitted, int awaited) {
        long result = Libc.syscall(
                callState, IO_URING_ENTER, file, submitted, awaited, ENTER_GETEVENTS, 0, 0);
        return result < 0 ? (int) -result : 0;
    }

    /** The position up to which there are completions. */
    int completeTail() {
        return (int) INT.getAcquire(queues, (long) layout.completeTail());
    }

    /** Leaves the completions up to this position to the kernel again. */
    void completeHead(int position) {
        INT.setRelease(queues, (long) layout.completeHead(), position);
    }

    /** How far behind position {@code from} the entry is that was completed at {@code position}. */
    int completedEntry(int position, int from) {
        return ((int) queues.get(JAVA_LONG, completion(position)) - from) & mask;
    }

    /** How many bytes were taken, or the error number below zero. */
    int completedResult(int position) {
        return queues.get(JAVA_INT, completion(position) + COMPLETION_RESULT);
    }

    private long completion(int position) {
        return layout.completions() + (long) (position & mask) * RingLayout.COMPLETION_BYTES;
    }

    @Override
    public void close() {
        arena.close();
    }
}
