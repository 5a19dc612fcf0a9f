package dev.genstore.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.query.Authority;
import dev.genstore.query.Filter;
import dev.genstore.query.Rule;
import dev.genstore.query.RuleCompiler;
import dev.genstore.resource.Json;
import dev.genstore.resource.Names;
import dev.genstore.resource.Resource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import tools.jackson.databind.node.JsonNodeFactory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** {@link Everywhere}: what was found out is known for a while. */
class EverywhereTest {
    private static final int RULES = 9_999;
    private static final int ASKING = 16;

    private final Everywhere everywhere = new Everywhere(rules());

    private static Map<String, ReadRule> rules() {
        ReadRule rule = rule((expression, names) -> Rule.ofScope("red"));
        var rules = new HashMap<String, ReadRule>();
        for (int i = 0; i < RULES; i++) {
            rules.put("c" + i, rule);
        }
        return rules;
    }

    private static ReadRule rule(RuleCompiler compiler) {
        byte[] json = Json.write(generator -> {
            generator.writeStartObject();
            generator.writeObjectPropertyStart("rules");
            generator.writeStringProperty("read", "for the red");
            generator.writeEndObject();
            generator.writeEndObject();
        });
        var definition = new Resource(Names.DEFINITIONS, "notes", 1, 0, 0, Json.trusted(json));
        return Objects.requireNonNull(ReadRule.of(definition, compiler));
    }

    private static Authority somebody(int number) {
        var auth = JsonNodeFactory.instance.objectNode();
        auth.put("id", "p" + number);
        auth.putArray("scopes").add(number % 2 == 0 ? "red" : "green");
        return Authority.of(auth);
    }

    @Test
    void who_asks_again_with_the_same_credentials_is_told_the_same() {
        assertThat(everywhere.filter(somebody(0))).isSameAs(everywhere.filter(somebody(0)));
        assertThat(everywhere.filter(somebody(1))).isNotEqualTo(everywhere.filter(somebody(0)));
    }

    @Test
    void what_is_known_is_told_to_those_who_may_not_wait() {
        assertThat(everywhere.known(somebody(0))).isNull();
        Filter found = everywhere.filter(somebody(0));
        assertThat(everywhere.known(somebody(0))).isSameAs(found);
    }

    /** Each waits for the first, and has what that has found out. */
    @Test
    void for_many_who_ask_at_once_it_is_found_out_once() throws Exception {
        var all = new CyclicBarrier(ASKING);
        List<Future<Filter>> found = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < ASKING; i++) {
                found.add(threads.submit(() -> {
                    all.await();
                    return everywhere.filter(somebody(0));
                }));
            }
        }
        for (Future<Filter> each : found) {
            assertThat(each.get()).isSameAs(everywhere.filter(somebody(0)));
        }
    }

    /** A rule that whoever asks for it has to wait for; it is noted how many do. */
    private static final class Gate implements RuleCompiler {
        private final AtomicInteger asking = new AtomicInteger();
        private final CountDownLatch open = new CountDownLatch(1);

        @Override
        public Rule compile(String expression, Set<String> names) {
            asking.incrementAndGet();
            try {
                open.await();
            } catch (InterruptedException interruption) {
                throw new IllegalStateException(interruption);
            }
            return Rule.ofScope("red");
        }
    }

    /** So many who come with many credentials keep one core busy, and not all. */
    @Test
    @Timeout(20)
    void of_many_who_are_different_one_has_it_found_out_at_a_time() throws Exception {
        var gate = new Gate();
        var slow = new Everywhere(Map.of("notes", rule(gate)));
        List<Thread> all = IntStream.range(0, ASKING)
                .mapToObj(i -> Thread.ofPlatform().start(() -> slow.filter(somebody(i))))
                .toList();
        try {
            while (!all.stream().allMatch(each -> each.getState() == Thread.State.WAITING)) {
                Thread.onSpinWait();
            }
            assertThat(gate.asking).hasValue(1);
        } finally {
            gate.open.countDown();
        }
        for (Thread each : all) {
            each.join();
        }
        assertThat(slow.filter(somebody(1))).isNotEqualTo(slow.filter(somebody(0)));
    }

    @Test
    void of_many_rules_it_is_known_for_a_few_and_found_out_again_for_others() {
        var first = everywhere.filter(somebody(0));
        for (int i = 1; i < Everywhere.CONDITIONS_MAX / (RULES + 1); i++) {
            everywhere.filter(somebody(i));
        }
        assertThat(everywhere.filter(somebody(0))).as("the tenth was the last").isSameAs(first);
        for (int i = 1; i <= Everywhere.CONDITIONS_MAX / (RULES + 1); i++) {
            everywhere.filter(somebody(i));
        }
        assertThat(everywhere.filter(somebody(0))).isNotSameAs(first).isEqualTo(first);
    }
}
