package dev.genstore.sqlite;

import static dev.genstore.sqlite.Tampering.changes;
import static dev.genstore.sqlite.Tampering.failure;
import static dev.genstore.sqlite.Tampering.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.genstore.resource.Change;
import dev.genstore.store.StorageException;
import dev.genstore.store.StorageException.Kind;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A write-ahead log that a power cut has torn is opened; one that is damaged is not. */
class WalCheckTest {
    private static final int WRITES = 40;
    private static final int FLIPS = 150;
    private static final int BLOCK_BYTES = 512;

    /** What a killed process has left, and the changes that are in it. */
    private static WalImage image;

    private static List<Change> written;

    @TempDir
    private Path folder;

    @BeforeAll
    static void kill_a_writer(@TempDir Path killed) throws IOException {
        image = WalImage.ofKilled(killed, WRITES).withoutUnfinished();
        try (SqliteStorage storage = open(killed)) {
            written = changes(storage, 0, Integer.MAX_VALUE);
        }
    }

    @Test
    void what_a_killed_process_leaves_is_opened() throws IOException {
        assertThat(written).hasSizeGreaterThanOrEqualTo(WRITES);
        assertThat(read(image)).isEqualTo(written);
    }

    /** It may be that only the last transaction is lost, for that may be a torn end. */
    @Test
    void a_byte_that_has_changed_anywhere_loses_nothing_silently() throws IOException {
        int refused = 0;
        for (int seed = 0; seed < FLIPS; seed++) {
            var random = new Random(seed);
            int at = random.nextInt(image.wal().length);
            refused += requireNothingLost(image.withByteChanged(at, 1 + random.nextInt(255)), at);
        }
        assertThat(refused).isGreaterThan(FLIPS * 3 / 4);
    }

    @Test
    void a_byte_that_has_changed_in_the_header_loses_nothing_silently() throws IOException {
        for (int at = 0; at < WalImage.HEADER_BYTES; at++) {
            assertThat(requireNothingLost(image.withByteChanged(at, 4), at)).isOne();
        }
    }

    /** Each number in a frame's header tells where the next transaction begins, or whether. */
    @Test
    void a_byte_that_has_changed_in_the_header_of_a_commit_loses_nothing_silently()
            throws IOException {
        List<Integer> commits = image.commits();
        int lastButOne = WalImage.frameAt(commits.get(commits.size() - 2));
        for (int at = lastButOne; at < lastButOne + 24; at++) {
            assertThat(requireNothingLost(image.withByteChanged(at, 0x80), at)).isOne();
        }
    }

    @Test
    void a_block_that_is_overwritten_loses_nothing_silently() throws IOException {
        int end = WalImage.frameAt(image.commits().get(image.commits().size() - 2));
        for (int at = 0; at < end - BLOCK_BYTES; at += 9 * BLOCK_BYTES) {
            requireNothingLost(withBlock(at, 0), at);
            assertThat(requireNothingLost(withBlock(at, 0x55), at)).isOne();
        }
    }

    @Test
    void the_refusal_tells_where_the_damage_is() throws IOException {
        int at = WalImage.frameAt(7);
        image.withByteChanged(at + 100, 1).in(folder);
        assertThat(failure(Kind.DAMAGED, () -> open(folder).close()))
                .hasMessage(folder.resolve("genstore.db-wal") + " is damaged at byte " + at
                        + " or behind it, and what was written later can't be read;"
                        + " restore the folder from a backup.");
        image.withByteChanged(0, 1).in(folder);
        assertThat(failure(Kind.DAMAGED, () -> open(folder).close()))
                .hasMessageContaining("genstore.db-wal is damaged at its start, and what");
    }

    @Test
    void a_refusal_changes_nothing() throws IOException {
        WalImage damaged = image.withByteChanged(WalImage.frameAt(7) + 100, 1);
        damaged.in(folder);
        failure(Kind.DAMAGED, () -> open(folder).close());
        assertThat(WalImage.of(folder)).isEqualTo(damaged);
    }

    @Test
    void a_last_transaction_that_is_cut_anywhere_is_given_up() throws IOException {
        for (int frame = lastBegin(); frame < image.frameCount(); frame++) {
            for (int more : new int[] {0, 1, 24, 2_000, WalImage.FRAME_BYTES - 1}) {
                requireLastLost(image.cut(WalImage.frameAt(frame) + more));
            }
        }
    }

    /** A power cut keeps some pages and not others, and need not begin with the last ones. */
    @Test
    void a_last_transaction_that_lacks_any_of_its_frames_is_given_up() throws IOException {
        for (int frame = lastBegin(); frame < image.frameCount(); frame++) {
            int from = WalImage.frameAt(frame);
            int to = from + WalImage.FRAME_BYTES;
            requireLastLost(image.changed(bytes -> Arrays.fill(bytes, from, to, (byte) 0)));
        }
    }

    @Test
    void frames_of_an_earlier_use_of_the_file_are_no_later_ones() throws IOException {
        byte[] earlier = WalImage.ofKilled(folder, 10).framesFrom(0);
        assertThat(read(image.followedBy(earlier))).isEqualTo(written);
        int end = image.wal().length;
        requireLastLost(image.followedBy(earlier).withByteChanged(end - 10, 1));
    }

    /** They have the same salts, and behind a shorter transaction they stay in the file. */
    @Test
    void frames_of_a_transaction_that_was_given_up_are_no_later_ones() throws IOException {
        WalImage spilled = spilled();
        int commit = spilled.commits().getLast();
        assertThat(commit).isLessThan(spilled.frameCount() - 2);
        DatabaseFile file = spilled.in(folder.resolve("whole"));
        assertThatCode(() -> WalCheck.require(file)).doesNotThrowAnyException();
        WalImage torn = spilled.withByteChanged(WalImage.frameAt(commit) + 100, 1);
        DatabaseFile tornFile = torn.in(folder.resolve("torn"));
        assertThatCode(() -> WalCheck.require(tornFile)).doesNotThrowAnyException();
    }

    /** Where a disk's sector may be torn as a whole, SQLite fills it with copies of the commit. */
    @Test
    void copies_of_a_commit_are_no_later_transaction() throws IOException {
        WalImage padded = image.followedBy(copyOfLastCommit()).summed();
        assertThat(read(padded)).isEqualTo(written);
        requireLastLost(padded.withByteChanged(WalImage.frameAt(lastBegin()) + 100, 1));
    }

    @Test
    void a_header_that_was_torn_when_the_log_was_begun_anew_is_no_damage() throws IOException {
        image.in(folder);
        open(folder).close();
        byte[] checkpointed = Files.readAllBytes(folder.resolve("genstore.db"));
        for (int length : new int[] {4, 16, 20, 24, 28}) {
            WalImage torn = image.changed(bytes -> Arrays.fill(bytes, 0, length, (byte) 7));
            assertThat(read(torn.over(checkpointed))).isEqualTo(written);
        }
    }

    @Test
    void a_log_without_frames_is_no_damage() throws IOException {
        image.in(folder);
        open(folder).close();
        byte[] checkpointed = Files.readAllBytes(folder.resolve("genstore.db"));
        for (int length : new int[] {0, 1, 31, 32, 33}) {
            assertThat(read(image.cut(length).over(checkpointed))).isEqualTo(written);
        }
        WalImage zeros = image.with(new byte[100_000]);
        assertThat(read(zeros.over(checkpointed))).isEqualTo(written);
    }

    @Test
    void a_log_of_a_machine_with_the_other_byte_order_is_checked_alike() throws IOException {
        WalImage other = image.ofBigEndian();
        assertThat(read(other)).isEqualTo(written);
        int at = other.wal().length / 2;
        assertThat(requireNothingLost(other.withByteChanged(at, 1), at)).isOne();
    }

    @Test
    void a_connection_that_is_opened_anew_looks_too() throws IOException {
        image.in(folder);
        try (SqliteStorage storage = open(folder)) {
            assertThat(changes(storage, 0, Integer.MAX_VALUE)).as("by a reader").isNotEmpty();
            Files.write(
                    DatabaseFile.in(folder).wal(),
                    image.withByteChanged(image.wal().length / 2, 1).wal());
            failure(Kind.DAMAGED, storage.ledger()::recover);
        }
    }

    /** Returns 1 when it is refused. */
    private int requireNothingLost(WalImage changed, int at) throws IOException {
        try {
            List<Change> left = read(changed);
            assertThat(written).as("changed at %d", at).startsWith(left.toArray(new Change[0]));
            assertThat(left).as("changed at %d", at).hasSizeGreaterThan(written.size() - 2);
            return 0;
        } catch (StorageException refusal) {
            assertThat(refusal.kind()).isEqualTo(Kind.DAMAGED);
            return 1;
        }
    }

    private void requireLastLost(WalImage torn) throws IOException {
        assertThat(read(torn)).isEqualTo(written.subList(0, written.size() - 1));
    }

    private List<Change> read(WalImage changed) throws IOException {
        changed.in(folder);
        try (SqliteStorage storage = open(folder)) {
            return changes(storage, 0, Integer.MAX_VALUE);
        }
    }

    private static WalImage withBlock(int at, int value) {
        return image.changed(bytes -> Arrays.fill(bytes, at, at + BLOCK_BYTES, (byte) value));
    }

    /** Where the last transaction begins that was ended. */
    private static int lastBegin() {
        List<Integer> commits = image.commits();
        return commits.get(commits.size() - 2) + 1;
    }

    private static byte[] copyOfLastCommit() {
        return image.framesFrom(image.commits().getLast());
    }

    /** A small transaction over what a larger one had written before it was rolled back. */
    private WalImage spilled() throws IOException {
        Path own = Files.createDirectories(folder.resolve("spilled"));
        try (Session writer = DatabaseFile.in(own).openWriter()) {
            writer.script("CREATE TABLE text (value TEXT)");
            writer.script("PRAGMA cache_size = 5");
            writer.script("BEGIN; INSERT INTO text WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL"
                    + " SELECT i + 1 FROM n WHERE i < 50) SELECT hex(zeroblob(3000)) FROM n");
            writer.script("ROLLBACK");
            writer.script("INSERT INTO text VALUES ('small')");
            return WalImage.of(own);
        }
    }
}
