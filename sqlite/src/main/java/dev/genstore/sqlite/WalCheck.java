package dev.genstore.sqlite;

import dev.genstore.store.StorageException;
import dev.genstore.store.StorageException.Kind;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * Looks for damage in a write-ahead log before SQLite opens it. SQLite takes the first frame that is
 * not sound for the end, which a power cut has torn, and drops all that is behind it without a word:
 * one bad byte in the middle would take back writes that were acknowledged long ago. (SQLite file
 * format, section 4.)
 *
 * <p>What a power cut tears is the last transaction and no other, for each is synced before the next
 * is begun. Its frames may be there in any selection, its commit too. So when behind a broken frame
 * a transaction ends and another one is begun, the broken one was durable, and is damaged:
 *
 * <pre>
 * header  A A C   A A C   A x C   A A C   A ..     x: broken, C: commits, A: other frames
 *         sound   sound   lost    lost    lost     C A behind x: damage, no torn end
 * </pre>
 *
 * <p>The frame behind the commit counts only when its salts are the header's and its sum was made
 * from that of the commit. What is left of earlier uses of the file has other salts. What is left of
 * a transaction that was given up has other sums. A commit that is written twice, as padding, is one
 * transaction. A commit that could not be synced is followed by nothing: {@link SqliteLedger#recover}
 * empties the log before it goes on.
 *
 * <p>SQLite ignores a log whose header is broken. A torn header is possible, if hardly: it is
 * written over the old one when the log is begun anew, and synced before any frame. Then all the
 * frames are in the database already. When one of them is not, the header is damaged.
 *
 * <p>Damage to the last transaction can't be told from a torn end and is taken for one. Nobody may
 * write meanwhile. Confined to one thread.
 */
final class WalCheck {
    private final DatabaseFile file;
    private final FileChannel wal;

    private WalCheck(DatabaseFile file, FileChannel wal) {
        this.file = file;
        this.wal = wal;
    }

    /**
     * Reads the log and changes nothing. That takes some 100 ms for 64 MB.
     *
     * @throws StorageException when SQLite would drop transactions that were durable
     */
    static void require(DatabaseFile file) {
        if (Files.notExists(file.wal())) {
            return;
        }
        try (FileChannel wal = FileChannel.open(file.wal(), StandardOpenOption.READ)) {
            new WalCheck(file, wal).run();
        } catch (IOException failure) {
            throw new StorageException(
                    Kind.UNAVAILABLE, file.wal() + " can't be read: " + failure, failure);
        }
    }

    private void run() throws IOException {
        WalHeader header = WalHeader.read(wal);
        if (header != null) {
            requireTransactions(header);
        } else {
            requireAllInDatabase();
        }
    }

    /** Walks to the first broken frame, and sees whether a transaction was begun behind it. */
    private void requireTransactions(WalHeader header) throws IOException {
        var frames = new WalFrames(wal, header.pageBytes(), header.sums());
        long sum = header.sum();
        while (frames.next()) {
            long expected = frames.sumBehind(sum);
            if (frames.salts() != header.salts() || frames.sum() != expected) {
                requireEnd(frames, header.salts(), expected);
                return;
            }
            sum = expected;
        }
    }

    private void requireEnd(WalFrames frames, long salts, long expected) throws IOException {
        long brokenAt = frames.at();
        if (goesOn(frames, salts, expected)) {
            throw damaged("at byte " + brokenAt + " or behind it");
        }
    }

    /**
     * Whether a transaction ends at the frame or behind it, and another one is begun.
     *
     * @param expected what the frame's sum should be, for that may be what is damaged
     */
    private static boolean goesOn(WalFrames frames, long salts, long expected) throws IOException {
        long computed = expected;
        while (true) {
            int page = frames.pageNumber();
            int pages = frames.commitPages();
            long sum = frames.sum();
            if (!frames.next()) {
                return false;
            }
            boolean isPadding = frames.pageNumber() == page && frames.commitPages() == pages;
            if (pages != 0
                    && !isPadding
                    && frames.salts() == salts
                    && (frames.follows(sum) || frames.follows(computed))) {
                return true;
            }
            computed = sum;
        }
    }

    private void requireAllInDatabase() throws IOException {
        try (FileChannel database = FileChannel.open(file.path(), StandardOpenOption.READ)) {
            int pageBytes = WalHeader.pageBytesOf(database);
            if (pageBytes > 0 && !isAllIn(database, pageBytes)) {
                throw damaged("at its start");
            }
        }
    }

    private boolean isAllIn(FileChannel database, int pageBytes) throws IOException {
        var frames = new WalFrames(wal, pageBytes, ByteOrder.nativeOrder());
        ByteBuffer page = ByteBuffer.allocate(pageBytes);
        for (long at : lastOfEachPage(frames).values()) {
            if (frames.read(at) && !frames.isIn(database, page)) {
                return false;
            }
        }
        return true;
    }

    /** Where the last frame of each page is, in the first transactions that are a chain. */
    private static Map<Integer, Long> lastOfEachPage(WalFrames frames) throws IOException {
        Map<Integer, Long> committed = new HashMap<>();
        Map<Integer, Long> begun = new HashMap<>();
        int pages = 0;
        boolean isChain = skipToChain(frames, begun);
        while (isChain) {
            begun.put(frames.pageNumber(), frames.at());
            if (frames.commitPages() != 0) {
                pages = frames.commitPages();
                committed.putAll(begun);
                begun.clear();
            }
            long salts = frames.salts();
            long sum = frames.sum();
            isChain = frames.next() && frames.salts() == salts && frames.follows(sum);
        }
        int last = pages;
        committed.keySet().removeIf(page -> page > last);
        return committed;
    }

    /** Goes to the second of the first two frames that belong together; the first is put down. */
    private static boolean skipToChain(WalFrames frames, Map<Integer, Long> begun)
            throws IOException {
        long salts = 0;
        long sum = 0;
        while (frames.next()) {
            if (!begun.isEmpty() && frames.salts() == salts && frames.follows(sum)) {
                return true;
            }
            begun.clear();
            if (frames.pageNumber() != 0) {
                begun.put(frames.pageNumber(), frames.at());
            }
            salts = frames.salts();
            sum = frames.sum();
        }
        return false;
    }

    private StorageException damaged(String where) {
        return new StorageException(
                Kind.DAMAGED,
                file.wal() + " is damaged " + where + ", and what was written later can't be read;"
                        + " restore the folder from a backup.",
                null);
    }
}
