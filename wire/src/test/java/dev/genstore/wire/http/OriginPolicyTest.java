package dev.genstore.wire.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
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

class OriginPolicyTest {
    private static final Set<String> LISTED =
            Set.of("https://app.example", "http://localhost:5173", "capacitor://localhost");

    @ParameterizedTest
    @MethodSource("origins")
    void a_page_is_allowed_as_the_table_says(Table.Row row) {
        String[] cells = (" " + row.input()).split(" ~ ", -1);
        Headers headers = with(with(Headers.NONE, "Origin", cells[0]), "Host", cells[1]);
        var policy = new OriginPolicy(LISTED);
        assertThat(policy.allows(headers) ? "allowed" : "refused").isEqualTo(row.outcome());
    }

    static List<Table.Row> origins() {
        return Table.rows(OriginPolicyTest.class, "origins.txt");
    }

    @Test
    void two_origins_are_refused_even_when_both_are_listed() {
        Headers headers = Headers.NONE
                .with("Origin", "https://app.example")
                .with("Origin", "https://app.example");
        assertThat(new OriginPolicy(LISTED).allows(headers)).isFalse();
    }

    @Test
    void null_is_allowed_when_it_is_listed() {
        Headers headers = Headers.NONE.with("Origin", "null");
        assertThat(new OriginPolicy(Set.of("null")).allows(headers)).isTrue();
    }

    @Test
    void a_refusal_is_a_403_that_names_the_origin() {
        Headers headers = Headers.NONE.with("Origin", "http://b").with("Host", "a");
        assertThatThrownBy(() -> new OriginPolicy(LISTED).check(headers))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.type().status()).isEqualTo(403);
                    assertThat(problem.detail()).contains("http://b");
                });
    }

    @Test
    void what_is_allowed_passes() {
        assertThatCode(() -> new OriginPolicy(LISTED).check(Headers.NONE))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://app.example/", "app.example", "*", "", "https://", "https://a b"})
    void a_listed_origin_has_the_form_that_browsers_write(String origin) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OriginPolicy(Set.of(origin)))
                .withMessageContaining("is no origin");
    }

    private static Headers with(Headers headers, String name, String cell) {
        return given(cell.strip()) ? headers.with(name, cell.strip()) : headers;
    }

    private static boolean given(String cell) {
        return !"-".equals(cell);
    }
}
