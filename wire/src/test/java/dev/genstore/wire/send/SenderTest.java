package dev.genstore.wire.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.unix.FileDescriptor;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** What a sender promises, whatever its kind. */
class SenderTest {
    static List<SenderKind> kinds() {
        return Kinds.withSender();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("kinds")
    void bytes_arrive_whole_and_in_order(SenderKind kind) throws IOException {
        for (int entries : new int[] {1, 2, 255, 256}) {
            try (var rig = new SendRig(kind, Math.min(entries, 50))) {
                for (int i = 0; i < entries; i++) {
                    rig.offer(i % 50, 31 * i, 1 + 7 * i % 500);
                }
                assertThat(rig.send()).hasSize(entries).doesNotContain(0);
                rig.verifyAll();
            }
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("kinds")
    void an_empty_batch_and_an_empty_piece_change_nothing(SenderKind kind) throws IOException {
        try (var rig = new SendRig(kind, 1)) {
            assertThat(rig.send()).isEmpty();
            assertThat(rig.send(0, 0, 0)).isZero();
            assertThat(rig.send(0, 5, 3)).isEqualTo(3);
            rig.verifyAll();
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("kinds")
    void a_full_socket_takes_a_part_then_nothing_and_what_it_took_arrives(SenderKind kind)
            throws IOException {
        try (var rig = new SendRig(kind, 2)) {
            int room = 0;
            int count = SendRig.MEMORY_BYTES;
            while (count == SendRig.MEMORY_BYTES) {
                count = rig.send(0, 0, SendRig.MEMORY_BYTES);
                room += count;
            }
            assertThat(room).isPositive();
            rig.fill(0);
            assertThat(rig.offer(0, 0, 100).offer(1, 100, 100).send()).containsExactly(0, 100);
            rig.verifyAll();
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("kinds")
    void a_socket_that_was_full_takes_bytes_when_its_peer_has_read(SenderKind kind)
            throws IOException {
        try (var rig = new SendRig(kind, 1)) {
            rig.fill(0);
            rig.drain(0);
            assertThat(rig.send(0, 9, 100)).isEqualTo(100);
            rig.verifyAll();
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("kinds")
    void a_peer_that_is_gone_takes_nothing_and_no_signal_comes(SenderKind kind) throws IOException {
        try (var rig = new SendRig(kind, 3)) {
            rig.pair(0).far().close();
            rig.pair(1).near().shutdown(false, true);
            for (int round = 0; round < 3; round++) {
                List<Integer> counts =
                        rig.offer(0, 0, 10).offer(1, 0, 10).offer(2, 0, 10).send();
                assertThat(counts).containsExactly(0, 0, 10);
            }
            rig.verify(1);
            rig.verify(2);
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("kinds")
    void what_is_no_open_socket_takes_nothing_and_its_neighbours_lose_nothing(
            SenderKind kind, @TempDir Path folder) throws IOException {
        Path path = Files.createFile(folder.resolve("file"));
        FileDescriptor file = FileDescriptor.from(path.toFile());
        try (var rig = new SendRig(kind, 3)) {
            rig.pair(1).near().close();
            rig.offer(0, 0, 10)
                    .offerElsewhere(-1, 10)
                    .offerElsewhere(Integer.MAX_VALUE, 10)
                    .offerElsewhere(rig.pair(1).descriptor(), 10)
                    .offerElsewhere(file.intValue(), 10)
                    .offer(2, 20, 10);
            assertThat(rig.send()).containsExactly(10, 0, 0, 0, 0, 10);
            rig.verify(0);
            rig.verify(2);
            assertThat(path).isEmptyFile();
        } finally {
            file.close();
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("kinds")
    void a_random_mix_delivers_just_what_was_taken(SenderKind kind) throws IOException {
        for (long seed = 1; seed <= 10; seed++) {
            var random = new Random(seed);
            try (var rig = new SendRig(kind, 1 + random.nextInt(20))) {
                for (int round = 0; round < 100; round++) {
                    mix(rig, random);
                }
                rig.verifyAll();
            } catch (AssertionError failure) {
                throw new AssertionError("seed " + seed, failure);
            }
        }
    }

    /** A batch of pieces for some of the connections, which are or are not read from. */
    private static void mix(SendRig rig, Random random) throws IOException {
        int entries = random.nextInt(257);
        for (int i = 0; i < entries; i++) {
            int lengthBytes = random.nextInt(1 << random.nextInt(12));
            int from = random.nextInt(SendRig.MEMORY_BYTES - lengthBytes);
            rig.offer(random.nextInt(rig.size()), from, lengthBytes);
        }
        rig.send();
        if (random.nextInt(4) == 0) {
            rig.drain(random.nextInt(rig.size()));
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("kinds")
    void nothing_stays_behind_a_sender_that_is_closed(SenderKind kind) throws IOException {
        SenderChoice choice = SenderChoice.choose(kind);
        int filesBefore = openFiles();
        for (int i = 0; i < 100; i++) {
            choice.open().orElseThrow().close();
        }
        // Others in this JVM may open a file or two.
        assertThat(openFiles()).isLessThan(filesBefore + 50);
        assertThat(Files.readString(Path.of("/proc/self/maps"))).doesNotContain("io_uring");
    }

    private static int openFiles() throws IOException {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return (int) files.count();
        }
    }
}
