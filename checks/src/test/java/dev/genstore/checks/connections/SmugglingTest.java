package dev.genstore.checks.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.Settings;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;

/**
 * What two readers could understand in two ways is refused, and what stands behind it is not taken
 * for a request. The tables of the decoder have all cases; here a few go the whole way.
 */
class SmugglingTest {
    /** What an attacker hides behind an ambiguous request. */
    private static final String HIDDEN = Asking.head("DELETE /api/notes/kept HTTP/1.1");

    private static CountedServer server;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = CountedServer.start(folder, Settings.defaults());
        server.replace("notes", "kept", 1, 1);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "two lengths            | POST /api/notes HTTP/1.1~Host: h~Content-Length: 0~Content-Length: 9~~          | 400",
                "a list of lengths      | POST /api/notes HTTP/1.1~Host: h~Content-Length: 0, 0~~                         | 400",
                "a length with a sign   | POST /api/notes HTTP/1.1~Host: h~Content-Length: +0~~                           | 400",
                "length and chunks      | POST /api/notes HTTP/1.1~Host: h~Content-Length: 5~Transfer-Encoding: chunked~~0~~ | 400",
                "chunked twice          | POST /api/notes HTTP/1.1~Host: h~Transfer-Encoding: chunked, chunked~~0~~       | 400",
                "not chunked last       | POST /api/notes HTTP/1.1~Host: h~Transfer-Encoding: chunked, gzip~~0~~          | 400",
                "chunks in HTTP/1.0     | POST /api/notes HTTP/1.0~Host: h~Transfer-Encoding: chunked~~0~~                | 400",
                "a folded header        | POST /api/notes HTTP/1.1~Host: h~X: a~ Content-Length: 0~~                      | 400",
                "a space before a colon | POST /api/notes HTTP/1.1~Host: h~Content-Length : 0~~                           | 400",
                "a chunk size in C      | POST /api/notes HTTP/1.1~Host: h~Transfer-Encoding: chunked~~0x0~~              | 400",
                "a chunk without an end | POST /api/notes HTTP/1.1~Host: h~Transfer-Encoding: chunked~~1~{}0~~            | 400",
                "no host                | GET /api HTTP/1.1~~                                                             | 400",
                "two hosts              | GET /api HTTP/1.1~Host: h~Host: h~~                                             | 400",
                "a space before all     | ' GET /api HTTP/1.1~Host: h~~'                                                  | 400",
                "a strange version      | GET /api HTTP/9.9~Host: h~~                                                     | 505",
                "a tunnel               | CONNECT /api HTTP/1.1~Host: h~~                                                 | 501"
            })
    void what_is_ambiguous_is_refused_and_nothing_follows(String name, String request, int status) {
        try (RawConnection peer = server.connect()) {
            peer.send(request.replace("~", "\r\n") + HIDDEN);
            Answer answer = peer.answer();
            assertThat(answer.status()).as(name).isEqualTo(status);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.isLast()).isTrue();
            assertThat(peer.isAtEnd()).as("nothing follows").isTrue();
            assertThat(server.store().resources().find("notes", "kept")).isPresent();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"line feeds alone, '~', '\n'", "a carriage return in a value, 'here', 'he\re'"})
    void line_ends_are_crlf_and_nothing_else(String name, String from, String to) {
        String request = "GET /api HTTP/1.1~Host: here~~";
        try (RawConnection peer = server.connect()) {
            peer.send(request.replace(from, to).replace("~", "\r\n") + HIDDEN);
            assertThat(peer.answer().status()).as(name).isEqualTo(400);
            assertThat(peer.isAtEnd()).isTrue();
        }
    }
}
