package dev.genstore.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

class LinesTest {
    private final Portions portions = new Portions();
    private final Bytes bytes = new Bytes();
    private final Lines lines = new Lines(JsonMapper.shared(), portions);

    LinesTest() {
        lines.onSubscribe(bytes);
    }

    private void come(String text) {
        lines.onNext(List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    }

    private static String synced(int revision) {
        return "{\"type\":\"synced\",\"id\":\"k3f9-" + revision + "\"}\n";
    }

    @Test
    void what_comes_together_is_told_together_and_then_nothing_is_asked_for() {
        come(synced(1) + "\n" + synced(2));
        assertThat(portions.ids).containsExactly(List.of("k3f9-1", "k3f9-2"));
        assertThat(bytes.asked).isEqualTo(1);
        lines.more();
        assertThat(bytes.asked).isEqualTo(2);
    }

    @Test
    void a_line_may_come_in_pieces_and_is_waited_for() {
        String line = synced(1);
        come(line.substring(0, 5));
        assertThat(bytes.asked).isEqualTo(2);
        come(line.substring(5));
        assertThat(portions.ids).containsExactly(List.of("k3f9-1"));
        assertThat(bytes.asked).isEqualTo(2);
    }

    @Test
    void what_is_no_event_ends_it() {
        come("<html>\n");
        assertThat(bytes.isCancelled).isTrue();
        assertThat(over()).isCompletedExceptionally();
    }

    @Test
    void a_line_without_end_is_refused_for_good() {
        ByteBuffer piece = ByteBuffer.allocate(Message.BYTES_MAX / 4);
        for (int i = 0; i < 5; i++) {
            lines.onNext(List.of(piece.duplicate()));
        }
        assertThat(bytes.isCancelled).isTrue();
        assertThat(over().exceptionNow()).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(413);
        });
    }

    @Test
    void who_has_left_before_it_began_gets_nothing() {
        var late = new Bytes();
        var left = new Lines(JsonMapper.shared(), portions);
        left.cancel();
        left.onSubscribe(late);
        assertThat(late.isCancelled).isTrue();
        assertThat(late.asked).isZero();
    }

    private CompletableFuture<?> over() {
        return lines.getBody().toCompletableFuture();
    }

    private static final class Portions implements Transport.Ear {
        private final List<List<String>> ids = new ArrayList<>();

        @Override
        public void told(List<Message> portion) {
            ids.add(portion.stream().map(Message::id).toList());
        }

        @Override
        public void ended(@Nullable Throwable failure) {
            throw new AssertionError(failure);
        }
    }

    private static final class Bytes implements Flow.Subscription {
        private long asked;
        private boolean isCancelled;

        @Override
        public void request(long count) {
            asked += count;
        }

        @Override
        public void cancel() {
            isCancelled = true;
        }
    }
}
