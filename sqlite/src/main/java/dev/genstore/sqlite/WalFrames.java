package dev.genstore.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * The frames of a write-ahead log, one after the other in the same memory. A frame is a header and a
 * page; its sum is made from the sum of the frame before it, so all of them are one chain (SQLite
 * file format, section 4: "The Write-Ahead Log").
 *
 * <p>Confined to one thread.
 */
final class WalFrames {
    private static final int HEADER_BYTES = 24;

    /** Where the numbers of a frame's header stand, which are big-endian whatever the sums are. */
    private static final int COMMIT_AT = 4;

    private static final int SALTS_AT = 8;
    private static final int SUM_AT = 16;

    private final FileChannel wal;
    private final ByteBuffer frame;
    private final ByteOrder sums;
    private long end = WalHeader.BYTES;

    WalFrames(FileChannel wal, int pageBytes, ByteOrder sums) {
        this.wal = wal;
        this.frame = ByteBuffer.allocate(HEADER_BYTES + pageBytes);
        this.sums = sums;
    }

    /** Goes on to the next one, if there is a whole one. */
    boolean next() throws IOException {
        return read(end);
    }

    /** Goes to the one that begins there. */
    boolean read(long at) throws IOException {
        end = at + frame.capacity();
        return readWhole(wal, frame, at);
    }

    /** Where the frame begins in the file. */
    long at() {
        return end - frame.capacity();
    }

    int pageNumber() {
        return frame.getInt(0);
    }

    /** How many pages the database has behind this transaction; 0 when it does not end here. */
    int commitPages() {
        return frame.getInt(COMMIT_AT);
    }

    /** Tells which time it is that the file is filled from its start. */
    long salts() {
        return frame.getLong(SALTS_AT);
    }

    long sum() {
        return frame.getLong(SUM_AT);
    }

    /** Whether it was written behind a frame with this sum. */
    boolean follows(long sumBefore) {
        return sum() == sumBehind(sumBefore);
    }

    /** What its sum must be behind a frame with this sum. */
    long sumBehind(long sumBefore) {
        long sum = sum(frame, 0, SALTS_AT, sums, sumBefore);
        return sum(frame, HEADER_BYTES, frame.capacity(), sums, sum);
    }

    /** Whether the database has the frame's page as the frame has it. */
    boolean isIn(FileChannel database, ByteBuffer page) throws IOException {
        long at = (Integer.toUnsignedLong(pageNumber()) - 1) * page.capacity();
        return readWhole(database, page, at)
                && page.rewind().equals(frame.slice(HEADER_BYTES, page.capacity()));
    }

    /** The sum of these bytes, which are in pairs of words: two words in one number. */
    static long sum(ByteBuffer bytes, int from, int to, ByteOrder order, long before) {
        ByteBuffer words = bytes.duplicate().order(order);
        int first = (int) (before >>> Integer.SIZE);
        int second = (int) before;
        for (int at = from; at < to; at += Long.BYTES) {
            first += words.getInt(at) + second;
            second += words.getInt(at + Integer.BYTES) + first;
        }
        return (long) first << Integer.SIZE | Integer.toUnsignedLong(second);
    }

    /** Fills the buffer from there, if the file has that much. */
    static boolean readWhole(FileChannel file, ByteBuffer buffer, long at) throws IOException {
        buffer.clear();
        int count = 0;
        while (count >= 0 && buffer.hasRemaining()) {
            count = file.read(buffer, at + buffer.position());
        }
        return !buffer.hasRemaining();
    }
}
