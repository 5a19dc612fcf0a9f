package dev.genstore.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.Headers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where a token may stand in a request. */
class BearerTokenTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a header             | Authorization: Bearer abc                                       | abc
            in small letters     | authorization: bearer abc                                       | abc
            more spaces          | Authorization: Bearer   abc                                     | abc
            a token in full form | Authorization: Bearer aZ09-._~+/==                              | aZ09-._~+/==
            a subprotocol        | Upgrade: websocket; Sec-WebSocket-Protocol: bearer.YWJj         | abc
            beside another       | Upgrade: websocket; Sec-WebSocket-Protocol: cloudevents.json, bearer.YWJj | abc
            """)
    void it_is_found_in(String what, String fields, String token) {
        assertThat(BearerToken.of(headers(fields))).isEqualTo(token);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing                      | Accept: application/json
            another scheme               | Authorization: Basic YTpi
            a scheme alone               | Authorization: Bearer
            a subprotocol with no upgrade | Sec-WebSocket-Protocol: bearer.YWJj
            another subprotocol          | Upgrade: websocket; Sec-WebSocket-Protocol: cloudevents.json
            a cookie                     | Cookie: access_token=abc
            """)
    void there_is_none_in(String what, String fields) {
        assertThat(BearerToken.of(headers(fields))).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            two headers             | Authorization: Bearer abc; Authorization: Bearer def
            the same twice          | Authorization: Bearer abc; Authorization: Bearer abc
            a header and a protocol | Authorization: Bearer abc; Upgrade: websocket; Sec-WebSocket-Protocol: bearer.YWJj
            two protocols           | Upgrade: websocket; Sec-WebSocket-Protocol: bearer.YWJj, bearer.ZGVm
            two words               | Authorization: Bearer abc def
            a list                  | Authorization: Bearer abc,def
            no base64url            | Upgrade: websocket; Sec-WebSocket-Protocol: bearer.!
            nothing behind the dot  | Upgrade: websocket; Sec-WebSocket-Protocol: bearer.
            bytes that are no text  | Upgrade: websocket; Sec-WebSocket-Protocol: bearer._w
            a line break inside     | Upgrade: websocket; Sec-WebSocket-Protocol: bearer.YQpi
            """)
    void what_is_not_clear_is_refused(String what, String fields) {
        Problem problem =
                catchThrowableOfType(Problem.class, () -> BearerToken.of(headers(fields)));
        assertThat(problem.type()).as(what).isEqualTo(ProblemType.INVALID_HEADER);
        assertThat(problem.headers().get("WWW-Authenticate")).contains("invalid_request");
        assertThat(problem.detail()).doesNotContain("abc", "def");
    }

    @Test
    void a_token_has_a_longest_length() {
        String longest = "a".repeat(BearerToken.CHARACTERS_MAX);
        assertThat(BearerToken.of(headers("Authorization: Bearer " + longest))).isEqualTo(longest);
        Problem problem = catchThrowableOfType(
                Problem.class,
                () -> BearerToken.of(headers("Authorization: Bearer " + longest + "a")));
        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_HEADER);
    }

    private static Headers headers(String text) {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (String field : text.split(";", -1)) {
            int colon = field.indexOf(':');
            fields.add(Map.entry(
                    field.substring(0, colon).strip(),
                    field.substring(colon + 1).strip()));
        }
        return Headers.of(fields);
    }
}
