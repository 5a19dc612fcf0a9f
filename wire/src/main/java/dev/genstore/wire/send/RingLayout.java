package dev.genstore.wire.send;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Where the queues of a ring are in the memory that they share: offsets in bytes, as the kernel has
 * told them. See {@code struct io_uring_params} in linux/io_uring.h.
 *
 * @param submitHead how far the kernel has taken entries
 * @param submitTail how far there are entries
 * @param submitOrder the indices of the entries in the order to take them
 * @param completeHead how far completions have been read
 * @param completeTail how far there are completions
 * @param completions the first of them
 * @param bytes how large the memory is
 */
record RingLayout(
        int submitHead,
        int submitTail,
        int submitOrder,
        int completeHead,
        int completeTail,
        int completions,
        long bytes) {
    /** The size of {@code struct io_uring_params}. */
    static final long PARAMS_BYTES = 120;

    static final int COMPLETION_BYTES = 16;

    private static final int SETUP_CQSIZE = 1 << 3;
    private static final int SETUP_SINGLE_ISSUER = 1 << 12;
    private static final int SETUP_DEFER_TASKRUN = 1 << 13;
    private static final int FEAT_SINGLE_MMAP = 1;

    private static final long SUBMIT_ENTRIES = 0;
    private static final long COMPLETE_ENTRIES = 4;
    private static final long FLAGS = 8;
    private static final long FEATURES = 20;
    private static final long SUBMIT_OFFSETS = 40;
    private static final long COMPLETE_OFFSETS = 80;

    /**
     * Asks for as many completions as entries. One thread submits, and it asks for completions in the
     * same call, so the kernel need not interrupt it for them.
     */
    static void ask(MemorySegment params, int entryCount) {
        params.set(JAVA_INT, COMPLETE_ENTRIES, entryCount);
        params.set(JAVA_INT, FLAGS, SETUP_CQSIZE | SETUP_SINGLE_ISSUER | SETUP_DEFER_TASKRUN);
    }

    /**
     * Reads what the kernel has made of it.
     *
     * @throws IOException when it is not what was asked for
     */
    static RingLayout of(MemorySegment params, int entryCount) throws IOException {
        int entries = params.get(JAVA_INT, SUBMIT_ENTRIES);
        int completionCount = params.get(JAVA_INT, COMPLETE_ENTRIES);
        boolean isOneMapping = (params.get(JAVA_INT, FEATURES) & FEAT_SINGLE_MMAP) != 0;
        if (entries != entryCount || completionCount < entryCount || !isOneMapping) {
            throw new IOException("io_uring has another layout here than it should");
        }
        int order = params.get(JAVA_INT, SUBMIT_OFFSETS + 24);
        int completions = params.get(JAVA_INT, COMPLETE_OFFSETS + 20);
        return new RingLayout(
                params.get(JAVA_INT, SUBMIT_OFFSETS),
                params.get(JAVA_INT, SUBMIT_OFFSETS + 4),
                order,
                params.get(JAVA_INT, COMPLETE_OFFSETS),
                params.get(JAVA_INT, COMPLETE_OFFSETS + 4),
                completions,
                Math.max(
                        order + (long) entries * Integer.BYTES,
                        completions + (long) completionCount * COMPLETION_BYTES));
    }
}
