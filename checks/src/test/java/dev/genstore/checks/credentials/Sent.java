package dev.genstore.checks.credentials;

import dev.genstore.checks.harness.Field;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** The ways to send a token. */
final class Sent {
    private Sent() {}

    /** As programs do. */
    static List<Field> asBearer(String token) {
        return List.of(new Field("Authorization", "Bearer " + token));
    }

    /** As pages in a browser do, which can set no other field on a WebSocket. */
    static List<Field> asSubprotocol(String token) {
        String encoded = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(token.getBytes(StandardCharsets.UTF_8));
        return List.of(new Field("Sec-WebSocket-Protocol", "bearer." + encoded));
    }
}
