package dev.genstore.sqlite;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * The header of a write-ahead log (SQLite file format, section 4.1: "WAL File Format").
 *
 * <p>Immutable.
 *
 * @param sums which byte order the sums are made in: that of the machine that has written it
 * @param pageBytes how long a page is
 * @param salts what each frame of this use of the file has, too
 * @param sum where the chain of sums begins
 */
record WalHeader(ByteOrder sums, int pageBytes, long salts, long sum) {
    static final int BYTES = 32;

    private static final int MAGIC = 0x377f0682;
    private static final int PAGE_BYTES_AT = 8;
    private static final int SALTS_AT = 16;
    private static final int SUM_AT = 24;

    private static final int DATABASE_HEADER_BYTES = 100;
    private static final int DATABASE_PAGE_BYTES_AT = 16;
    private static final int PAGE_BYTES_MIN = 512;
    private static final int PAGE_BYTES_MAX = 65_536;

    /** Reads it; null when it is not sound or not all there. */
    static @Nullable WalHeader read(FileChannel wal) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        return WalFrames.readWhole(wal, bytes, 0) && isSound(bytes) ? of(bytes) : null;
    }

    /** How long the pages of a database are; 0 when it does not say so. */
    static int pageBytesOf(FileChannel database) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(DATABASE_HEADER_BYTES);
        if (!WalFrames.readWhole(database, header, 0)) {
            return 0;
        }
        int bytes = Short.toUnsignedInt(header.getShort(DATABASE_PAGE_BYTES_AT));
        int pageBytes = bytes == 1 ? PAGE_BYTES_MAX : bytes;
        return isPageSize(pageBytes) ? pageBytes : 0;
    }

    private static WalHeader of(ByteBuffer bytes) {
        return new WalHeader(
                sums(bytes),
                bytes.getInt(PAGE_BYTES_AT),
                bytes.getLong(SALTS_AT),
                bytes.getLong(SUM_AT));
    }

    private static boolean isSound(ByteBuffer bytes) {
        return (bytes.getInt(0) & ~1) == MAGIC
                && isPageSize(bytes.getInt(PAGE_BYTES_AT))
                && WalFrames.sum(bytes, 0, SUM_AT, sums(bytes), 0) == bytes.getLong(SUM_AT);
    }

    private static ByteOrder sums(ByteBuffer bytes) {
        return bytes.getInt(0) == MAGIC ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    private static boolean isPageSize(int bytes) {
        return Integer.bitCount(bytes) == 1 && bytes >= PAGE_BYTES_MIN && bytes <= PAGE_BYTES_MAX;
    }
}
