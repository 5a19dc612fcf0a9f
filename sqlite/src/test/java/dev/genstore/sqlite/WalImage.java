package dev.genstore.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A database and its write-ahead log as a power cut left them, to be changed and opened again.
 *
 * <p>Immutable, as long as nobody writes into the arrays.
 */
final class WalImage {
    static final int HEADER_BYTES = 32;
    static final int FRAME_BYTES = 24 + 4_096;

    private static final int MAGIC_END_AT = 3;

    private final byte[] database;
    private final byte[] wal;

    WalImage(byte[] database, byte[] wal) {
        this.database = database;
        this.wal = wal;
    }

    /** What a process leaves that is killed when it has told so many writes. */
    static WalImage ofKilled(Path folder, int writes) throws IOException {
        try (var other = OtherProcess.start(folder, "write")) {
            String last = Integer.toString(writes);
            while (!other.says().equals(last)) {
                // It writes on.
            }
        }
        return of(folder);
    }

    static WalImage of(Path folder) throws IOException {
        DatabaseFile file = DatabaseFile.in(folder);
        return new WalImage(Files.readAllBytes(file.path()), Files.readAllBytes(file.wal()));
    }

    /** Puts it into a folder, in the place of what was there. */
    DatabaseFile in(Path folder) throws IOException {
        DatabaseFile file = DatabaseFile.in(Files.createDirectories(folder));
        Files.deleteIfExists(file.path().resolveSibling("genstore.db-shm"));
        Files.write(file.path(), database);
        Files.write(file.wal(), wal);
        return file;
    }

    byte[] wal() {
        return wal;
    }

    /** The same behind a checkpoint that could not empty the log any more. */
    WalImage over(byte[] otherDatabase) {
        return new WalImage(otherDatabase, wal);
    }

    WalImage with(byte[] otherWal) {
        return new WalImage(database, otherWal);
    }

    WalImage changed(Consumer<byte[]> change) {
        byte[] changed = wal.clone();
        change.accept(changed);
        return with(changed);
    }

    WalImage withByteChanged(int at, int by) {
        return changed(bytes -> bytes[at] ^= (byte) by);
    }

    /** The same without the transaction that the kill has interrupted. */
    WalImage withoutUnfinished() {
        return cut(frameAt(commits().getLast() + 1));
    }

    WalImage cut(int length) {
        return with(Arrays.copyOf(wal, length));
    }

    /** The same with these frames behind it. */
    WalImage followedBy(byte[] frames) {
        ByteBuffer all = ByteBuffer.allocate(wal.length + frames.length);
        return with(all.put(wal).put(frames).array());
    }

    /** All frames from this one on. */
    byte[] framesFrom(int frame) {
        return Arrays.copyOfRange(wal, frameAt(frame), wal.length);
    }

    int frameCount() {
        return (wal.length - HEADER_BYTES) / FRAME_BYTES;
    }

    static int frameAt(int frame) {
        return HEADER_BYTES + frame * FRAME_BYTES;
    }

    /** The frames that end a transaction. */
    List<Integer> commits() {
        return IntStream.range(0, frameCount())
                .filter(frame -> ByteBuffer.wrap(wal).getInt(frameAt(frame) + 4) != 0)
                .boxed()
                .toList();
    }

    /** The same as a machine writes it whose numbers are big-endian. */
    WalImage ofBigEndian() {
        return changed(bytes -> bytes[MAGIC_END_AT] |= 1).summed(ByteOrder.BIG_ENDIAN);
    }

    /** The same with sums that fit what it says. */
    WalImage summed() {
        return summed(ByteOrder.LITTLE_ENDIAN);
    }

    private WalImage summed(ByteOrder order) {
        return changed(bytes -> {
            ByteBuffer all = ByteBuffer.wrap(bytes);
            long sum = WalFrames.sum(all, 0, 24, order, 0);
            all.putLong(24, sum);
            for (int frame = 0; frame < frameCount(); frame++) {
                int at = frameAt(frame);
                sum = WalFrames.sum(all, at, at + 8, order, sum);
                sum = WalFrames.sum(all, at + 24, at + FRAME_BYTES, order, sum);
                all.putLong(at + 16, sum);
            }
        });
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WalImage image
                && Arrays.equals(database, image.database)
                && Arrays.equals(wal, image.wal);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(wal);
    }

    @Override
    public String toString() {
        return frameCount() + " frames";
    }
}
