package dev.genstore.checks.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.RawHttp;
import dev.genstore.checks.harness.RawSocket;
import dev.genstore.wire.proxy.Telling;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The configuration of nginx in the guide does what the guide says, where there is an nginx. */
class NginxTest {
    private static final Pattern SITE = Pattern.compile("```nginx\n(.*?)```", Pattern.DOTALL);
    private static final String HOST = "⏎Host: store.example:8443";

    static List<Path> programs() {
        return Nginx.find().stream().toList();
    }

    /** What is not tested here is said. */
    @Test
    void the_guide_has_a_configuration() throws IOException {
        System.out.println(Nginx.find()
                .map(path -> "The guide's proxy is tested with " + path)
                .orElse("There is no nginx: the guide's proxy is not tested"));
        assertThat(site()).contains("listen 443 ssl;", "127.0.0.1:8080");
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("programs")
    void requests_pages_streams_and_sockets_pass(Path program, @TempDir Path folder)
            throws IOException {
        try (DoorServer server =
                        DoorServer.behind(Telling.X_FORWARDED, "127.0.0.1", "store.example");
                Nginx nginx = Nginx.start(program, folder, site(), server.port())) {
            assertThat(RawHttp.get(nginx.port(), "/whence", "X-Forwarded-For", "192.0.2.7")
                            .text())
                    .isEqualTo("192.0.2.7");
            assertThat(touch(nginx, "http://store.example:8443").status()).isEqualTo(204);
            assertThat(touch(nginx, "https://store.example:8443").status()).isEqualTo(403);
            assertThat(touch(nginx, "http://store.example").status()).isEqualTo(403);
            requireStream(nginx);
            requireSocket(nginx);
        }
    }

    /** A page of the origin under which nginx is reached; it tells that it was asked by http. */
    private static Answer touch(Nginx nginx, String origin) {
        String request = "POST /touch HTTP/1.1" + HOST + "⏎Content-Length: 0⏎Origin: " + origin;
        try (RawSocket socket = RawSocket.connect(nginx.port())) {
            socket.send(DoorServer.bytes(request));
            return socket.readAnswer(false);
        }
    }

    private static void requireStream(Nginx nginx) throws IOException {
        try (RawSocket socket = RawSocket.connect(nginx.port())) {
            String request = "GET /api/notes HTTP/1.1" + HOST + "⏎Accept: text/event-stream";
            socket.send(DoorServer.bytes(request));
            assertThat(socket.readHead().status()).isEqualTo(200);
            var said = new StringBuilder();
            while (said.indexOf("synced") < 0) {
                int next = socket.in().read();
                assertThat(next).as("behind %s", said).isNotNegative();
                said.append((char) next);
            }
        }
    }

    private static void requireSocket(Nginx nginx) {
        try (RawSocket socket = RawSocket.connect(nginx.port())) {
            socket.send(DoorServer.bytes("GET /api/notes HTTP/1.1" + HOST
                    + "⏎Upgrade: websocket⏎Connection: Upgrade⏎Sec-WebSocket-Version: 13"
                    + "⏎Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
                    + "⏎Origin: http://store.example:8443"));
            assertThat(socket.readHead().status()).isEqualTo(101);
        }
    }

    private static String site() throws IOException {
        Path place = Path.of("").toAbsolutePath();
        while (!Files.exists(place.resolve("mvnw"))) {
            place = place.resolve("..").normalize();
        }
        String guide = Files.readString(place.resolve("docs/guides/behind-a-proxy.md"));
        Matcher site = SITE.matcher(guide);
        assertThat(site.find()).isTrue();
        return site.group(1);
    }
}
