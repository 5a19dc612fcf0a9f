package dev.genstore.auth;

import dev.genstore.router.Challenges;
import dev.genstore.router.Headers;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds the token that came with a request: in {@code Authorization: Bearer} (RFC 6750, 2.1) or, as
 * browsers can't set that on a WebSocket, in the subprotocol {@code bearer.<base64url(token)>}.
 */
final class BearerToken {
    /** Less than a request head may have, so that who sends a longer one is told what is wrong. */
    static final int CHARACTERS_MAX = 8 << 10;

    private static final String SCHEME = "bearer ";
    private static final String SUBPROTOCOL = "bearer.";

    /** The characters of RFC 6750's b64token. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private BearerToken() {}

    /**
     * The token, or null when there is none.
     *
     * @throws dev.genstore.resource.Problem 400 when it is not clear which one, or it can't be one
     */
    static @Nullable String of(Headers headers) {
        List<String> tokens = new ArrayList<>(authorization(headers));
        tokens.addAll(subprotocols(headers));
        if (tokens.size() > 1) {
            throw Challenges.invalidRequest("Send one token, and in one way.");
        }
        return tokens.isEmpty() ? null : checked(tokens.getFirst());
    }

    private static List<String> authorization(Headers headers) {
        return headers.all("Authorization").stream()
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip())
                .toList();
    }

    /** Only with a WebSocket; elsewhere the field means nothing. */
    private static List<String> subprotocols(Headers headers) {
        if (headers.first("Upgrade").isEmpty()) {
            return List.of();
        }
        return Pattern.compile(",")
                .splitAsStream(headers.joined("Sec-WebSocket-Protocol").orElse(""))
                .map(String::strip)
                .filter(name -> name.startsWith(SUBPROTOCOL))
                .map(name -> decode(name.substring(SUBPROTOCOL.length())))
                .toList();
    }

    private static String decode(String encoded) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(encoded);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException wrong) {
            throw Challenges.invalidRequest(
                    "What follows bearer. in the subprotocol is not a token in base64url.");
        }
    }

    private static String checked(String token) {
        if (token.length() > CHARACTERS_MAX || !FORM.matcher(token).matches()) {
            throw Challenges.invalidRequest("What was sent has not the form of a token.");
        }
        return token;
    }
}
