package dev.genstore.wire.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.resource.Problem;
import dev.genstore.testkit.Table;
import dev.genstore.wire.http.ByteBudget;
import dev.genstore.wire.http.HttpLimits;
import dev.genstore.wire.http.HttpRequest;
import dev.genstore.wire.http.RequestDecoder;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

class HandshakeTest {
    private static final String USUAL = "$U $C $K $V ";

    @ParameterizedTest
    @MethodSource("handshakes")
    void a_handshake_is_accepted_or_refused_as_the_table_says(Table.Row row) {
        assertThat(outcome(row.input())).isEqualTo(row.outcome());
    }

    static List<Table.Row> handshakes() {
        return Table.rows(HandshakeTest.class, "handshakes.txt");
    }

    private static String outcome(String written) {
        try {
            String subprotocol = Handshake.check(request(written, "1.1"), true).subprotocol();
            return subprotocol == null ? "101" : "101 " + subprotocol;
        } catch (Problem problem) {
            return problem.type().status() + " " + problem.type().slug();
        }
    }

    @ParameterizedTest
    @MethodSource("offers")
    void compression_is_agreed_on_as_the_table_says(Table.Row row) {
        assertThat(agreed(row.input())).isEqualTo(row.outcome());
    }

    static List<Table.Row> offers() {
        return Table.rows(HandshakeTest.class, "compression.txt");
    }

    private static String agreed(String offered) {
        try {
            String extension =
                    Handshake.check(request(offering(offered), "1.1"), true).extension();
            return extension == null ? "-" : extension.replace("permessage-deflate", "D");
        } catch (Problem problem) {
            return problem.type().status() + " " + problem.type().slug();
        }
    }

    private static String offering(String extensions) {
        return "GET " + USUAL + "Sec-WebSocket-Extensions: " + extensions + "⏎";
    }

    @Test
    void the_answer_names_the_extension() {
        assertThat(answer(offering("permessage-deflate")))
                .endsWith("xOo=⏎Sec-WebSocket-Extensions: permessage-deflate; "
                        + "client_no_context_takeover⏎⏎");
    }

    @ParameterizedTest
    @ValueSource(strings = {"permessage-deflate", ";;\""})
    void without_compression_extensions_are_not_even_read(String offered) {
        Handshake handshake = Handshake.check(request(offering(offered), "1.1"), false);
        assertThat(handshake.isCompressed()).isFalse();
    }

    /** The example of RFC 6455, 1.3. */
    @Test
    void the_answer_is_that_of_the_rfc() {
        assertThat(answer("GET " + USUAL))
                .isEqualTo("HTTP/1.1 101 Switching Protocols⏎Upgrade: websocket⏎"
                        + "Connection: Upgrade⏎"
                        + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=⏎⏎");
    }

    @Test
    void the_answer_names_the_chosen_subprotocol() {
        assertThat(answer("GET " + USUAL + "Sec-WebSocket-Protocol: a, cloudevents.json⏎"))
                .endsWith("xOo=⏎Sec-WebSocket-Protocol: cloudevents.json⏎⏎");
    }

    @Test
    void what_was_offered_is_not_printed() {
        Handshake handshake = Handshake.check(
                request("GET " + USUAL + "Sec-WebSocket-Protocol: bearer.secret, b⏎", "1.1"), true);
        assertThat(handshake.toString()).doesNotContain("secret");
    }

    @Test
    void a_refused_version_is_told_the_right_one() {
        HttpRequest request = request("GET $U $C $K ", "1.1");
        assertThatThrownBy(() -> Handshake.check(request, true))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.headers())
                                .containsEntry("Sec-WebSocket-Version", "13")
                                .containsEntry("Upgrade", "websocket"));
    }

    @Test
    void http_1_0_has_no_websockets() {
        HttpRequest request = request("GET " + USUAL, "1.0");
        assertThat(Handshake.isWanted(request)).isFalse();
        assertThatThrownBy(() -> Handshake.check(request, true)).isInstanceOf(Problem.class);
    }

    @Test
    void a_websocket_is_wanted_when_upgrade_says_so() {
        assertThat(Handshake.isWanted(request("POST $U ", "1.1"))).isTrue();
        assertThat(Handshake.isWanted(request("GET $C $K $V ", "1.1"))).isFalse();
    }

    private static String answer(String written) {
        ByteBuf out = Unpooled.buffer();
        Handshake.check(request(written, "1.1"), true).encode(out);
        return out.toString(StandardCharsets.US_ASCII).replace("\r\n", "⏎");
    }

    private static HttpRequest request(String written, String version) {
        String usual = (written + " ")
                .replace("$U ", "Upgrade: websocket⏎")
                .replace("$C ", "Connection: Upgrade⏎")
                .replace("$K ", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==⏎")
                .replace("$V ", "Sec-WebSocket-Version: 13⏎")
                .strip();
        String head = usual.replaceFirst(" ", " /api/_watch HTTP/" + version + "⏎Host: a⏎") + "⏎";
        var decoder =
                new RequestDecoder(HttpLimits.DEFAULT, new ByteBudget(Long.MAX_VALUE).share());
        return Objects.requireNonNull(decoder.decode(Unpooled.wrappedBuffer(Table.bytes(head))));
    }
}
