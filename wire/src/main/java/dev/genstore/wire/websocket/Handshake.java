package dev.genstore.wire.websocket;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.Headers;
import dev.genstore.wire.http.FieldRules;
import dev.genstore.wire.http.HttpRequest;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * An opening handshake that is in order (RFC 6455, 4.2), and its answer.
 *
 * <p>The subprotocol {@value #CLOUD_EVENTS} is chosen when it is offered. When only others are, none
 * is chosen and the connection is accepted nevertheless: RFC 6455, 4.2.2 leaves it to the client to
 * go without, and browsers, which do not want to, close it themselves. Of the
 * extensions only compression is known; see {@link DeflateAgreement}.
 *
 * <p>Immutable.
 *
 * @param accept the value of {@code Sec-WebSocket-Accept}
 * @param subprotocol the one that was chosen, or null
 * @param extension what was agreed on, or null
 */
public record Handshake(
        String accept,
        @Nullable String subprotocol,
        @Nullable String extension) {
    /** The subprotocol in which each text message is one CloudEvent. */
    public static final String CLOUD_EVENTS = "cloudevents.json";

    private static final String VERSION = "13";
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;
    private static final Set<String> OWN = Set.of(
            "upgrade",
            "connection",
            "last-event-id",
            "sec-websocket-version",
            "sec-websocket-key",
            "sec-websocket-protocol",
            "sec-websocket-extensions");

    /** Whether this request asks for a WebSocket; in HTTP/1.0 it can't (RFC 9110, 7.8). */
    public static boolean isWanted(HttpRequest request) {
        return request.minorVersion() > 0
                && FieldRules.listHas(request.headers(), "Upgrade", "websocket");
    }

    /**
     * Checks a request for a WebSocket. The page's origin is not looked at here.
     *
     * @param mayCompress whether compression may be agreed on
     * @throws Problem 400 when it breaks a rule, or 426 when it is of another version
     */
    public static Handshake check(HttpRequest request, boolean mayCompress) {
        Headers headers = request.headers();
        checkRequest(request);
        checkVersion(headers);
        boolean isOffered = offered(headers).contains(CLOUD_EVENTS);
        return new Handshake(
                acceptOf(key(headers)),
                isOffered ? CLOUD_EVENTS : null,
                mayCompress ? DeflateAgreement.on(ExtensionOffer.of(headers)) : null);
    }

    /** What came with it and is not about itself, for what is asked for on the WebSocket later. */
    public static Headers others(Headers headers) {
        var others = new ArrayList<Map.Entry<String, String>>();
        headers.forEach((name, value) -> {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                others.add(Map.entry(name, value));
            }
        });
        return Headers.of(others);
    }

    /** Whether messages may be compressed. */
    public boolean isCompressed() {
        return extension != null;
    }

    /** Writes {@code 101 Switching Protocols}; what follows are frames. */
    public void encode(ByteBuf out) {
        String protocol =
                subprotocol == null ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n";
        String agreed = extension == null ? "" : "Sec-WebSocket-Extensions: " + extension + "\r\n";
        String response = "HTTP/1.1 101 Switching Protocols\r\n"
                + "Upgrade: websocket\r\n"
                + "Connection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept + "\r\n"
                + protocol
                + agreed
                + "\r\n";
        out.writeCharSequence(response, StandardCharsets.US_ASCII);
    }

    private static void checkRequest(HttpRequest request) {
        require("GET".equals(request.method()), "A WebSocket is asked for with GET.");
        require(isWanted(request), "A WebSocket needs HTTP/1.1 and 'Upgrade: websocket'.");
        require(
                FieldRules.listHas(request.headers(), "Connection", "Upgrade"),
                "A WebSocket needs 'Connection: Upgrade'.");
        require(request.body().isEmpty(), "A request for a WebSocket has no body.");
    }

    private static void checkVersion(Headers headers) {
        if (!List.of(VERSION).equals(headers.all("Sec-WebSocket-Version"))) {
            throw ProblemType.UPGRADE_REQUIRED
                    .because("Only version 13 is spoken: 'Sec-WebSocket-Version: 13'.")
                    .with("Upgrade", "websocket")
                    .with("Sec-WebSocket-Version", VERSION);
        }
    }

    private static String key(Headers headers) {
        List<String> keys = headers.all("Sec-WebSocket-Key");
        require(
                keys.size() == 1 && isKey(keys.getFirst()),
                "Sec-WebSocket-Key is 16 bytes in base64, given once.");
        return keys.getFirst();
    }

    /** Another spelling of the same bytes is refused; the decoder alone would let it through. */
    private static boolean isKey(String key) {
        try {
            byte[] bytes = Base64.getDecoder().decode(key);
            return bytes.length == KEY_BYTES
                    && Base64.getEncoder().encodeToString(bytes).equals(key);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static List<String> offered(Headers headers) {
        List<String> names = FieldRules.list(headers, "Sec-WebSocket-Protocol");
        boolean given = headers.first("Sec-WebSocket-Protocol").isPresent();
        require(
                names.stream().allMatch(FieldRules::isToken)
                        && new HashSet<>(names).size() == names.size()
                        && names.isEmpty() != given,
                "Sec-WebSocket-Protocol is a list of different names.");
        return names;
    }

    private static String acceptOf(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-1", missing);
        }
    }

    private static void require(boolean holds, String detail) {
        if (!holds) {
            throw ProblemType.INVALID_HEADER.because(detail);
        }
    }
}
