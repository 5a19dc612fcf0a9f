package dev.genstore.checks.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.genstore.checks.connections.InflatingSocket.Heard;
import dev.genstore.checks.harness.Settings;
import dev.genstore.store.Precondition;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.zip.Inflater;

/** Compression of WebSocket messages (RFC 7692): one stream for all who watch the same. */
class CompressionTest {
    private static final int GROUP_MAX = 32;
    private static final int EVENT_BYTES = 500;

    @TempDir
    private Path folder;

    private CountedServer server;
    private final Random random = new Random(7);

    @BeforeEach
    void start() {
        server = CountedServer.start(folder, Settings.defaults());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void all_who_watch_the_same_get_the_same_compressed_bytes() {
        try (InflatingSocket one = watch();
                InflatingSocket other = watch()) {
            publish(1, 100);
            List<Heard> heard = one.upTo(100);
            assertThat(heard).allMatch(Heard::isDeflated);
            assertThat(payloads(other.upTo(100))).containsExactlyElementsOf(payloads(heard));
            assertThat(revisions(heard)).containsExactlyElementsOf(range(1, 100));
        }
    }

    @Test
    void who_compresses_and_who_does_not_are_told_the_same() {
        try (InflatingSocket one = watch();
                InflatingSocket other = watch();
                RawWebSocket plain = server.watch("/api/notes")) {
            assertThat(plain.event().type()).isEqualTo("synced");
            publish(1, 100);
            List<String> told = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                told.add(plain.text());
            }
            assertThat(texts(one.upTo(100))).isEqualTo(told);
            assertThat(texts(other.upTo(100))).isEqualTo(told);
        }
    }

    @Test
    void from_each_key_frame_on_a_fresh_inflater_reads_everything() {
        List<Heard> heard;
        try (InflatingSocket one = watch();
                InflatingSocket other = watch()) {
            publish(1, 150);
            heard = one.upTo(150);
            assertThat(other.upTo(150)).hasSize(150);
        }
        List<Integer> keys = keyFrames(heard);
        assertThat(keys).startsWith(0).hasSizeBetween(150 / GROUP_MAX, 150 / 10);
        for (int key : keys) {
            var fresh = new Inflater(true);
            for (Heard behind : heard.subList(key, heard.size())) {
                assertThat(InflatingSocket.inflate(fresh, behind.payload()))
                        .isEqualTo(behind.text());
            }
            fresh.end();
        }
    }

    @Test
    void what_repeats_itself_from_event_to_event_is_sent_once() {
        try (InflatingSocket one = watch();
                InflatingSocket other = watch()) {
            publish(1, 64);
            List<Heard> heard = one.upTo(64);
            long plain = heard.stream().mapToLong(its -> its.text().length()).sum();
            long sent = heard.stream().mapToLong(its -> its.payload().length()).sum();
            assertThat(sent).isLessThan(plain / 2);
            assertThat(other.upTo(64)).hasSize(64);
        }
    }

    @Test
    void who_joins_in_the_middle_reads_plain_messages_up_to_the_next_key_frame() {
        try (InflatingSocket one = watch();
                InflatingSocket other = watch()) {
            publish(1, 70);
            List<Heard> before = one.upTo(70);
            try (InflatingSocket joins = watch()) {
                publish(71, 150);
                List<Heard> heard = joins.upTo(150);
                assertThat(revisions(heard)).containsExactlyElementsOf(range(71, 150));
                before.addAll(one.upTo(150));
                int key = keyFrames(before).stream()
                        .filter(at -> at >= 70)
                        .findFirst()
                        .orElseThrow();
                assertThat(heard.subList(0, key - 70)).noneMatch(Heard::isDeflated);
                assertThat(payloads(heard.subList(key - 70, heard.size())))
                        .containsExactlyElementsOf(payloads(before.subList(key, 150)));
            }
            assertThat(other.upTo(150)).hasSize(150);
        }
    }

    @Test
    void who_comes_back_with_a_position_misses_nothing_and_is_compressed_again() {
        try (InflatingSocket one = watch();
                InflatingSocket other = watch()) {
            publish(1, 50);
            try (InflatingSocket back =
                    InflatingSocket.open(server.connect(), "/api/notes?since=10")) {
                List<Heard> heard = back.upTo(50);
                publish(51, 150);
                heard.addAll(back.upTo(150));
                assertThat(revisions(heard)).containsExactlyElementsOf(range(11, 150));
                assertThat(heard.getFirst().isDeflated()).isFalse();
                assertThat(heard.getLast().isDeflated()).isTrue();
            }
            assertThat(one.upTo(150)).hasSize(150);
            assertThat(other.upTo(150)).hasSize(150);
        }
    }

    /** Its window of 4 MiB moves past the one that does not read; frames of it go out in part. */
    @ParameterizedTest
    @ValueSource(ints = {40, 120})
    void who_reads_late_gets_everything_once_and_in_order(int count) {
        try (InflatingSocket fast = watch();
                InflatingSocket slow = InflatingSocket.open(server.connectNarrow(), "/api/notes")
                        .synced()) {
            for (int i = 1; i <= count; i++) {
                publish(i, i, 100_000);
                assertThat(fast.upTo(i)).hasSize(1);
            }
            await().atMost(CountedServer.PATIENCE)
                    .until(() -> server.store().watchLagRevisionsMax() > 0);
            List<Heard> heard = slow.upTo(count);
            publish(count + 1, count + 64);
            heard.addAll(slow.upTo(count + 64));
            assertThat(revisions(heard)).containsExactlyElementsOf(range(1, count + 64));
            assertThat(texts(heard.subList(count, count + 64)))
                    .isEqualTo(texts(fast.upTo(count + 64)));
            assertThat(heard.getFirst().isDeflated()).isTrue();
            assertThat(heard.getLast().isDeflated()).isTrue();
        }
    }

    @Test
    void a_stream_is_not_made_for_one_alone() {
        try (InflatingSocket alone = watch()) {
            publish(1, 40);
            assertThat(alone.upTo(40)).hasSize(40).noneMatch(Heard::isDeflated);
        }
    }

    @Test
    void who_does_not_offer_compression_is_told_plain_messages() {
        try (InflatingSocket one = watch();
                InflatingSocket other = watch();
                RawWebSocket plain = server.watch("/api/notes")) {
            assertThat(plain.frame().firstByte()).isEqualTo(RawWebSocket.TEXT);
            publish(1, 40);
            for (int i = 0; i < 40; i++) {
                assertThat(plain.frame().firstByte()).isEqualTo(RawWebSocket.TEXT);
            }
            assertThat(one.upTo(40)).hasSize(40);
            assertThat(other.upTo(40)).hasSize(40);
        }
    }

    @Test
    void a_compressed_message_is_understood_in_any_number_of_frames() {
        byte[] deflated = InflatingSocket.deflated(
                "{\"unwatch\":\"/api/notes\"}".getBytes(StandardCharsets.UTF_8));
        try (InflatingSocket one = watch()) {
            one.socket().send(RawWebSocket.masked(InflatingSocket.DEFLATED_TEXT, deflated));
            assertThat(one.next().text()).startsWith("{\"problem\":");
            one.socket()
                    .send(RawWebSocket.masked(0x41, Arrays.copyOf(deflated, 3)))
                    .send(RawWebSocket.masked(0x00, new byte[0]))
                    .send(RawWebSocket.masked(
                            0x80, Arrays.copyOfRange(deflated, 3, deflated.length)));
            assertThat(one.next().text()).startsWith("{\"problem\":");
        }
    }

    @Test
    void a_deflate_bomb_is_refused() {
        byte[] bomb = InflatingSocket.deflated(new byte[10 << 20]);
        assertThat(bomb.length).isLessThan(64 << 10);
        try (InflatingSocket one = watch()) {
            one.socket().send(RawWebSocket.masked(InflatingSocket.DEFLATED_TEXT, bomb));
            assertThat(one.socket().frame().closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void a_server_without_compression_agrees_on_nothing(@TempDir Path other) {
        Settings settings = Settings.defaults().compression(false);
        try (CountedServer without = CountedServer.start(other, settings);
                RawConnection peer = without.connect()) {
            Answer answer = peer.send(RawWebSocket.handshake(
                            "/api/notes", "Sec-WebSocket-Extensions: permessage-deflate"))
                    .answer();
            assertThat(answer.status()).isEqualTo(101);
            assertThat(answer.header("Sec-WebSocket-Extensions")).isEmpty();
        }
    }

    private InflatingSocket watch() {
        return InflatingSocket.open(server.connect(), "/api/notes").synced();
    }

    private void publish(int from, int to) {
        publish(from, to, EVENT_BYTES);
    }

    /** Half of it can't be compressed, the other half is in every event. */
    private void publish(int from, int to, int bytes) {
        for (int i = from; i <= to; i++) {
            byte[] noise = new byte[bytes / 4];
            random.nextBytes(noise);
            String json = "{\"number\":%d,\"noise\":\"%s\",\"text\":\"%s\"}"
                    .formatted(
                            i,
                            Base64.getEncoder().encodeToString(noise),
                            "the same again ".repeat(bytes / 30));
            server.store()
                    .resources()
                    .put(
                            "notes",
                            "n" + i % 7,
                            json.getBytes(StandardCharsets.UTF_8),
                            Precondition.NONE);
        }
    }

    private static List<Integer> keyFrames(List<Heard> heard) {
        var keys = new ArrayList<Integer>();
        for (int i = 0; i < heard.size(); i++) {
            if (InflatingSocket.isReadableAlone(heard.get(i))) {
                keys.add(i);
            }
        }
        return keys;
    }

    private static List<Long> revisions(List<Heard> heard) {
        return heard.stream().map(its -> its.event().revision()).toList();
    }

    private static List<String> texts(List<Heard> heard) {
        return heard.stream().map(Heard::text).toList();
    }

    private static List<String> payloads(List<Heard> heard) {
        return heard.stream().map(Heard::payload).toList();
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }
}
