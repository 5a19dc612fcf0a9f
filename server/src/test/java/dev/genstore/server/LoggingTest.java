package dev.genstore.server;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/** What logback.xml makes of log calls. */
class LoggingTest {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

    @Test
    void a_record_is_a_line_whatever_a_client_sends() {
        List<String> lines = logged(() -> LoggerFactory.getLogger("dev.genstore.store.Writer")
                .warn("A write to {} failed", "notes\r\n2026 ERROR \u001b[31mforged"));
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst())
                .matches(TIME + " WARN  Writer A write to notes 2026 ERROR  \\[31mforged failed");
    }

    @Test
    void netty_is_quiet_and_details_are_left_out() {
        assertThat(logged(() -> {
                    LoggerFactory.getLogger("io.netty.channel.Channel").info("hello");
                    LoggerFactory.getLogger("dev.genstore.store.Writer").debug("hello");
                }))
                .isEmpty();
    }

    /** The console appender looks for the stream with each record. */
    private static List<String> logged(Runnable calls) {
        var bytes = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(bytes, true, UTF_8));
        try {
            calls.run();
        } finally {
            System.setErr(before);
        }
        return bytes.toString(UTF_8).lines().toList();
    }
}
