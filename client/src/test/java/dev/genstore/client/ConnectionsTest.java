package dev.genstore.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** When connections are opened, given up, and left, in a time of their own. */
class ConnectionsTest {
    private static final HttpClient UNUSED = HttpClient.newHttpClient();

    private final ManualTime time = new ManualTime();
    private final FakeWay first = new FakeWay();
    private final FakeWay second = new FakeWay();
    private final Told told = new Told();

    /** Half of what may be waited. */
    private final Random middle = new Random() {
        private static final long serialVersionUID = 1;

        @Override
        public double nextDouble() {
            return 0.5;
        }
    };

    private GenstoreClient client = client(builder -> builder);

    @AfterEach
    void close() {
        client.close();
    }

    private GenstoreClient client(UnaryOperator<ClientBuilder> change) {
        return change.apply(GenstoreClient.builder(URI.create("http://store.example"))
                        .executor(time)
                        .timer(time)
                        .random(middle)
                        .http(UNUSED)
                        .ladder(all -> List.of(first, second)))
                .build();
    }

    private void watch() {
        client.watch("/api/notes", JsonNode.class).subscribe(told.as());
        time.settle();
    }

    private void fail(FakeWay way, Throwable failure) {
        way.last().ear().ended(failure);
        time.settle();
    }

    @Test
    void the_waits_double_up_to_30_seconds_and_the_ways_take_turns() {
        watch();
        int opened = 1;
        for (long millis : List.of(250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000)) {
            FakeWay last = opened % 2 == 1 ? first : second;
            fail(last, new IllegalStateException("cut"));
            assertThat(time.planned()).containsExactly(Duration.ofMillis(millis));
            time.advance(Duration.ofMillis(millis));
            opened++;
            assertThat(first.opened.size() + second.opened.size()).isEqualTo(opened);
        }
    }

    @Test
    void a_server_that_says_how_long_is_waited_for() {
        watch();
        first.last().synced("k3f9-7");
        fail(first, new Problem(1001, "", "", List.of(), Duration.ofSeconds(7)));
        assertThat(time.planned()).containsExactly(Duration.ofSeconds(7));
        time.advance(Duration.ofSeconds(7));
        assertThat(first.last().path()).isEqualTo("/api/notes?since=k3f9-7");
    }

    @Test
    void a_connection_that_is_silent_is_given_up() {
        watch();
        first.last().synced("k3f9-7");
        time.advance(Duration.ofSeconds(44));
        assertThat(first.last().isClosed()).isFalse();
        time.advance(Duration.ofSeconds(1));
        assertThat(first.last().isClosed()).isTrue();
        time.advance(Duration.ofMillis(250));
        assertThat(first.opened).hasSize(2);
    }

    @Test
    void a_better_way_takes_over_with_its_first_word() {
        watch();
        time.advance(Duration.ofSeconds(10).plusMillis(250));
        second.last().synced("k3f9-7");
        time.advance(Duration.ofSeconds(10));
        assertThat(first.opened).hasSize(2);
        assertThat(first.last().path()).isEqualTo("/api/notes?since=k3f9-7");
        second.last().changed("k3f9-8");
        first.last().changed("k3f9-8");
        time.settle();
        assertThat(second.last().isClosed()).isTrue();
        told.ask(10);
        time.settle();
        assertThat(told.ids()).containsExactly("k3f9-7", "k3f9-8");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 413, 4400, 4403, 4404, 4499})
    void what_the_server_will_never_have_ends_it(int status) {
        watch();
        fail(first, new Problem(status, "/problems/gone", "Gone."));
        assertThat(told.failure()).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(status);
        });
        assertThat(time.planned()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 408, 425, 429, 500, 503, 1000, 1001, 1011, 1012, 1013, 4399, 4500})
    void everything_else_is_tried_again(int status) {
        watch();
        fail(first, new Problem(status, "/problems/later", "Later."));
        assertThat(told.failure()).isNull();
        assertThat(time.planned()).hasSize(1);
    }

    @Test
    void a_refused_token_is_renewed_twice_and_then_it_ends() {
        client = client(builder -> builder.token(refused -> "token"));
        watch();
        var expired = new Problem(401, "/problems/expired", "Expired.");
        first.last().synced("k3f9-7");
        fail(first, expired);
        time.advance(Duration.ofMillis(250));
        assertThat(first.last().refused()).isTrue();
        fail(first, expired);
        time.advance(Duration.ofMillis(500));
        assertThat(told.failure()).isNull();
        fail(second, expired);
        assertThat(told.failure()).as("it comes behind what waits").isNull();
        told.ask(1);
        time.settle();
        assertThat(told.ids()).containsExactly("k3f9-7");
        assertThat(told.failure()).isNotNull();
    }

    @Test
    void a_token_that_does_not_change_is_not_tried_again() {
        client = client(builder -> builder.token("token"));
        watch();
        fail(first, new Problem(401, "/problems/expired", "Expired."));
        assertThat(told.failure()).isNotNull();
    }

    @Test
    void credentials_that_will_expire_are_renewed_beside() {
        client = client(builder -> builder.token(refused -> "token"));
        watch();
        first.last()
                .tell("{\"type\":\"synced\",\"id\":\"k3f9-7\","
                        + "\"data\":{\"expires\":\"2026-01-01T00:00:30Z\"}}");
        time.settle();
        assertThat(first.opened).hasSize(2);
        assertThat(first.opened.getFirst().isClosed()).isFalse();
        first.last().synced("k3f9-7");
        time.settle();
        assertThat(first.opened.getFirst().isClosed()).isTrue();
    }

    @Test
    void who_takes_no_more_is_read_no_more_and_costs_a_position() {
        client = client(builder -> builder.readAhead(4));
        watch();
        FakeWay.Opened open = first.last();
        for (int i = 1; open.asks() == i; i++) {
            open.changed("k3f9-" + i);
            time.settle();
        }
        assertThat(open.asks()).isEqualTo(4);
        time.advance(Duration.ofHours(1));
        assertThat(open.isClosed()).as("its silence is our own").isFalse();
        fail(first, new Problem(1013, "/problems/slow", "Too slow."));
        time.advance(Duration.ofHours(1));
        assertThat(first.opened).as("nobody has room for more").hasSize(1);
        told.ask(2);
        time.settle();
        assertThat(first.last().path()).isEqualTo("/api/notes?since=k3f9-4");
        first.last().changed("k3f9-5");
        told.ask(3);
        time.settle();
        assertThat(told.ids()).containsExactly("k3f9-1", "k3f9-2", "k3f9-3", "k3f9-4", "k3f9-5");
    }

    @Test
    void a_subscriber_that_fails_is_told_no_more_and_the_program_is_told_why() {
        var bug = new IllegalStateException("a bug");
        List<Throwable> reported = whileReporting(() -> {
            client.watch("/api/notes", JsonNode.class).subscribe(told.failingWith(bug));
            time.settle();
            first.last().synced("k3f9-7");
            told.ask(1);
            time.settle();
        });
        assertThat(reported).containsExactly(bug);
        assertThat(first.last().isClosed()).isTrue();
    }

    @Test
    void a_listener_that_fails_is_not_the_business_of_others() {
        var bug = new IllegalStateException("a bug");
        var heard = new AtomicInteger();
        Live<JsonNode> live = client.live("/api/notes", JsonNode.class);
        live.onChange(() -> {
            throw bug;
        });
        live.onChange(heard::incrementAndGet);
        List<Throwable> reported = whileReporting(() -> {
            time.settle();
            first.last().synced("k3f9-7");
            time.settle();
        });
        assertThat(reported).isNotEmpty().allMatch(bug::equals);
        assertThat(heard.get()).isPositive();
        assertThat(first.last().asks()).as("it goes on").isEqualTo(2);
    }

    /** What is told to the handler of this thread meanwhile. */
    private static List<Throwable> whileReporting(Runnable deed) {
        var reported = new ArrayList<Throwable>();
        Thread.UncaughtExceptionHandler before =
                Thread.currentThread().getUncaughtExceptionHandler();
        Thread.currentThread().setUncaughtExceptionHandler((thread, bug) -> reported.add(bug));
        try {
            deed.run();
        } finally {
            Thread.currentThread().setUncaughtExceptionHandler(before);
        }
        return reported;
    }

    @Test
    void who_does_not_want_to_hear_more_is_disconnected() {
        watch();
        told.cancel();
        time.settle();
        assertThat(first.last().isClosed()).isTrue();
        assertThat(time.planned()).isEmpty();
    }

    @Test
    void a_demand_of_nothing_is_a_failure_whatever_is_told_meanwhile() {
        watch();
        first.last().changed("k3f9-1");
        told.ask(0);
        time.settle();
        assertThat(told.failure()).isInstanceOf(IllegalArgumentException.class);
        assertThat(first.last().isClosed()).isTrue();
    }

    @Test
    void a_resource_that_does_not_fit_its_type_is_a_failure() {
        client.watch("/api/notes", Integer.class).subscribe(told.as());
        time.settle();
        first.last().changed("k3f9-1");
        told.ask(1);
        time.settle();
        assertThat(told.failure()).isInstanceOf(JacksonException.class);
        assertThat(first.last().isClosed()).isTrue();
    }
}
