package dev.genstore.wire.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.genstore.resource.ProblemType;
import dev.genstore.router.Headers;
import dev.genstore.router.Reply;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

class ResponseEncoderTest {
    private static final Recipient HTTP_1_1 = new Recipient(false, 1, true);
    private static final Recipient HTTP_1_0 = new Recipient(false, 0, true);
    private static final Recipient HEAD = new Recipient(true, 1, true);
    private static final String DATE = "Date: Sun, 06 Nov 1994 08:49:37 GMT⏎";

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("1994-11-06T08:49:37.999Z"));
    private final ResponseEncoder encoder = new ResponseEncoder(now::get);
    private final ByteBuf out = Unpooled.buffer();

    @Test
    void an_answer_has_date_and_length() {
        assertThat(encoded(Reply.of(200, "text/plain", "hellø"), HTTP_1_1))
                .isEqualTo("HTTP/1.1 200 OK⏎" + DATE
                        + "Content-Type: text/plain⏎Content-Length: 6⏎⏎hellø");
    }

    @Test
    void an_answer_to_head_has_the_length_but_no_content() {
        assertThat(encoded(Reply.of(200, "text/plain", "hello"), HEAD))
                .isEqualTo(
                        "HTTP/1.1 200 OK⏎" + DATE + "Content-Type: text/plain⏎Content-Length: 5⏎⏎");
    }

    @Test
    void an_answer_without_content_has_length_zero() {
        assertThat(encoded(Reply.of(201), HTTP_1_1))
                .isEqualTo("HTTP/1.1 201 Created⏎" + DATE + "Content-Length: 0⏎⏎");
    }

    @ParameterizedTest
    @CsvSource({"204, No Content", "304, Not Modified"})
    void a_status_without_content_has_no_length(int status, String phrase) {
        assertThat(encoded(Reply.of(status), HTTP_1_1))
                .isEqualTo("HTTP/1.1 " + status + " " + phrase + "⏎" + DATE + "⏎");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 205, 304})
    void a_status_without_content_can_have_none(int status) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encoded(Reply.json(status, new byte[2]), HTTP_1_1))
                .withMessageContaining("no content");
        assertThat(out.isReadable()).isFalse();
    }

    @Test
    void a_connection_that_ends_is_said_to_end() {
        assertThat(encoded(Reply.of(204), HTTP_1_1.closing())).contains("⏎Connection: close⏎");
        assertThat(encoded(Reply.of(204), HTTP_1_1)).doesNotContain("Connection");
    }

    @Test
    void a_client_of_http_1_0_is_told_that_the_connection_goes_on() {
        assertThat(encoded(Reply.of(204), HTTP_1_0)).contains("⏎Connection: keep-alive⏎");
        assertThat(encoded(Reply.of(204), HTTP_1_0.closing())).contains("⏎Connection: close⏎");
    }

    @Test
    void a_refusal_ends_the_connection() {
        Reply reply = Reply.of(ProblemType.BAD_REQUEST.because("No."));
        assertThat(encoded(reply, Recipient.REFUSED))
                .startsWith("HTTP/1.1 400 Bad Request⏎")
                .contains("⏎Connection: close⏎")
                .endsWith("\"detail\":\"No.\"}");
    }

    @Test
    void an_upgrade_that_is_offered_is_a_connection_option() {
        Reply reply = Reply.of(426).with("Upgrade", "websocket");
        assertThat(encoded(reply, HTTP_1_1)).contains("⏎Connection: upgrade⏎");
        assertThat(encoded(reply, HTTP_1_1.closing())).contains("⏎Connection: upgrade, close⏎");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\r\nb", "a\nb", "a\rb", "a\0b", "a\u007fb", "a\u0120b", "\u560d\u560a"})
    void a_value_can_inject_nothing(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encoded(Reply.of(200).with("X", value), HTTP_1_1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encodedStream(Reply.of(200).with("X", value), HTTP_1_1));
        assertThat(out.isReadable()).as("something was written").isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X:", "X\r\n", "X Y", "é"})
    void a_name_can_inject_nothing(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encoded(Reply.of(200).with(name, "a"), HTTP_1_1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"content-length", "Transfer-Encoding", "Connection", "Date"})
    void what_the_encoder_writes_is_not_said_twice(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encoded(Reply.of(200).with(name, "1"), HTTP_1_1))
                .withMessageContaining("itself");
    }

    @Test
    void the_date_moves_with_the_clock() {
        assertThat(encoded(Reply.of(204), HTTP_1_1)).contains(DATE);
        now.set(Instant.parse("2026-09-01T00:00:00Z"));
        assertThat(encoded(Reply.of(204), HTTP_1_1))
                .contains("⏎Date: Tue, 01 Sep 2026 00:00:00 GMT⏎");
    }

    @Test
    void an_unknown_status_has_an_empty_phrase() {
        assertThat(encoded(Reply.of(299), HTTP_1_1)).startsWith("HTTP/1.1 299 ⏎");
    }

    @Test
    void every_problem_has_a_reason_phrase() {
        for (ProblemType type : ProblemType.values()) {
            assertThat(ReasonPhrase.of(type.status())).as(type.slug()).isNotEmpty();
        }
    }

    @Test
    void a_stream_comes_in_chunks() {
        Reply reply = Reply.of(200, "text/event-stream", "");
        assertThat(encodedStream(reply, HTTP_1_1))
                .isEqualTo("HTTP/1.1 200 OK⏎" + DATE
                        + "Content-Type: text/event-stream⏎Transfer-Encoding: chunked⏎⏎");
    }

    @Test
    void a_stream_needs_a_client_of_http_1_1() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encodedStream(Reply.of(200), HTTP_1_0));
    }

    @Test
    void a_stream_has_no_content_in_its_head() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encodedStream(Reply.json(200, new byte[2]), HTTP_1_1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encodedStream(Reply.of(204), HTTP_1_1));
    }

    @Test
    void the_interim_answer_is_one_line() {
        ResponseEncoder.encodeContinue(out);
        assertThat(taken()).isEqualTo("HTTP/1.1 100 Continue⏎⏎");
    }

    @Test
    void a_recipient_is_what_the_request_says() {
        var request = new HttpRequest("HEAD", "/", 0, Headers.NONE, Body.EMPTY, false);
        assertThat(Recipient.of(request)).isEqualTo(new Recipient(true, 0, false));
    }

    private String encoded(Reply reply, Recipient recipient) {
        encoder.encode(reply, recipient, out);
        return taken();
    }

    private String encodedStream(Reply reply, Recipient recipient) {
        encoder.encodeStreamHead(reply, recipient, out);
        return taken();
    }

    private String taken() {
        String text = out.readString(out.readableBytes(), StandardCharsets.UTF_8);
        assertThat(text.replace("\r\n", "")).doesNotContain("\r", "\n");
        return text.replace("\r\n", "⏎");
    }
}
