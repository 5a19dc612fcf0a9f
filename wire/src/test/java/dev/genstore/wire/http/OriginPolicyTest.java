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
        Scheme asked = cells.length < 3 ? null : Scheme.named(cells[2].strip());
        var policy = new OriginPolicy(LISTED);
        assertThat(policy.allows(headers, asked) ? "allowed" : "refused").isEqualTo(row.outcome());
    }

    static List<Table.Row> origins() {
        return Table.rows(OriginPolicyTest.class, "origins.txt");
    }

    @Test
    void two_origins_are_refused_even_when_both_are_listed() {
        Headers headers = Headers.NONE
                .with("Origin", "https://app.example")
                .with("Origin", "https://app.example");
        assertThat(new OriginPolicy(LISTED).allows(headers, null)).isFalse();
    }

    @Test
    void a_refusal_is_a_403_that_names_the_origin() {
        Headers headers = Headers.NONE.with("Origin", "http://b").with("Host", "a");
        assertThatThrownBy(() -> new OriginPolicy(LISTED).check(headers, null))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.type().status()).isEqualTo(403);
                    assertThat(problem.detail()).contains("http://b");
                });
    }

    @Test
    void what_is_allowed_passes() {
        assertThatCode(() -> new OriginPolicy(LISTED).check(Headers.NONE, null))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example/",
                "app.example",
                "*",
                "",
                "https://",
                "https://a b",
                "null",
                "https://App.example",
                "HTTPS://app.example",
                "https://app.example:443",
                "http://app.example:80",
                "https://app.example:08443",
                "https://app.example:65536",
                "https://app.example:",
                "https://*.example",
                "https://me@app.example",
                "https://b\u00fccher.example"
            })
    void a_listed_origin_has_the_form_that_browsers_write(String origin) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OriginPolicy(Set.of(origin)))
                .withMessageContaining("is no origin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example:80",
                "http://app.example:443",
                "https://app.example.",
                "http://[::1]:8080",
                "https://xn--bcher-kva.example",
                "capacitor://localhost"
            })
    void what_browsers_write_may_be_listed_and_is_allowed_then(String origin) {
        Headers headers = Headers.NONE.with("Origin", origin);
        assertThat(new OriginPolicy(Set.of(origin)).allows(headers, null)).isTrue();
    }

    private static Headers with(Headers headers, String name, String cell) {
        return given(cell.strip()) ? headers.with(name, cell.strip()) : headers;
    }

    private static boolean given(String cell) {
        return !"-".equals(cell);
    }
}
