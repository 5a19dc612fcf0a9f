package dev.genstore.wire.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.resource.Problem;
import dev.genstore.router.Headers;
import dev.genstore.testkit.Table;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Set;

class HostPolicyTest {
    private static final HostPolicy POLICY = new HostPolicy(Set.of("store.example", "my_host"));

    @ParameterizedTest
    @MethodSource("hosts")
    void a_server_is_known_as_the_table_says(Table.Row row) {
        Headers headers = row.input().equals("-")
                ? Headers.NONE
                : Headers.NONE.with("Host", row.input().strip());
        assertThat(isKnown(headers) ? "known" : "strange").isEqualTo(row.outcome());
    }

    static List<Table.Row> hosts() {
        return Table.rows(HostPolicyTest.class, "hosts.txt");
    }

    private static boolean isKnown(Headers headers) {
        try {
            POLICY.check(headers);
            return true;
        } catch (Problem problem) {
            assertThat(problem.type().slug()).isEqualTo("misdirected");
            return false;
        }
    }

    /** What is remembered is the name that was good, and only that. */
    @Test
    void one_good_name_opens_nothing_for_another() {
        var policy = new HostPolicy(Set.of("store.example"));
        for (int i = 0; i < 2; i++) {
            policy.check(Headers.NONE.with("Host", "store.example"));
            policy.check(Headers.NONE);
            assertThatThrownBy(() -> policy.check(Headers.NONE.with("Host", "evil.example")))
                    .isInstanceOf(Problem.class);
        }
    }

    @Test
    void a_refusal_is_a_421_that_says_what_to_do() {
        assertThatThrownBy(() -> POLICY.check(Headers.NONE.with("Host", "evil.example:80")))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.type().status()).isEqualTo(421);
                    assertThat(problem.detail()).contains("'evil.example:80'", "'hosts'");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Store", "store.", "http://a", "a:80", "*", ".a", "[::1]", "a b"})
    void what_is_no_name_can_not_be_listed(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HostPolicy(Set.of(name)))
                .withMessageContaining("is no host name");
    }
}
