package dev.genstore.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Credentials}: what has their form, and what only looks a little like it. */
class CredentialsTest {
    private static final String KEY = "genstore_" + "k".repeat(49);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm4ifQ.c2ln",
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm4ifQ",
                "/api/n/eyJh.eyJz.c2ln",
                "/api/n/t-eyJh.eyJz.c2ln",
                "/api/n/xeyJh.eyJz",
                "token_eyJh.eyJz.",
                "eyJ.eyJh.eyJz",
                "eyJeyJeyJh.eyJz",
            })
    void a_jwt_is_refused_and_masked_whatever_stands_around_it(String text) {
        assertThatThrownBy(() -> Credentials.refuse(text)).isInstanceOf(Problem.class);
        assertThat(Credentials.masked(text)).endsWith("***").doesNotContain("eyJz");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/api/n/", "x", "x_"})
    void a_key_is_refused_and_masked_whatever_stands_in_front_of_it(String before) {
        assertThatThrownBy(() -> Credentials.refuse(before + KEY)).isInstanceOf(Problem.class);
        assertThat(Credentials.masked(before + KEY + "z")).isEqualTo(before + "***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "eyJ",
                "eyJh",
                "eyJh.json",
                "a.eyJh",
                "eyJ.eyJh",
                "eyJh eyJz",
                "genstore_1"
            })
    void what_is_no_token_is_let_through(String text) {
        assertThatCode(() -> Credentials.refuse(text)).doesNotThrowAnyException();
        assertThat(Credentials.masked(text)).isEqualTo(text);
    }
}
