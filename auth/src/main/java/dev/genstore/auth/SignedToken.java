package dev.genstore.auth;

import dev.genstore.resource.Problem;
import dev.genstore.resource.StrictJson;
import dev.genstore.router.Challenges;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A JWT taken apart, in the compact form of JWS (RFC 7515, 3.1) and in no other; nothing in it is
 * believed yet.
 *
 * <p>Of its header only {@code alg}, {@code typ} and {@code kid} are looked at. What would lead to a
 * key ({@code jku}, {@code jwk}, {@code x5u}, {@code x5c}) is never followed, and what it demands to
 * be understood ({@code crit}) is not.
 *
 * <p>Immutable, as long as nobody writes into {@link #claims}.
 *
 * @param algorithm what it claims to be signed with
 * @param keyId what it claims that the key is called, or null
 * @param isAccess whether it claims to be an access token (RFC 9068, 2.1)
 * @param claims the payload, an object
 * @param signed what is signed, in ASCII
 * @param signature the signature, in base64url
 */
record SignedToken(
        Algorithm algorithm,
        @Nullable String keyId,
        boolean isAccess,
        JsonNode claims,
        String signed,
        String signature) {
    private static final int KEY_ID_CHARACTERS_MAX = 256;

    /** Others are for something else: a logout, a proof, an event (RFC 8725, 3.11). */
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

    private static final String UNTYPED = "jwt";

    /**
     * Takes a token apart.
     *
     * @throws Problem 401 when it is not in order
     */
    static SignedToken read(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            throw Challenges.invalidToken("The token is neither an API key nor a signed JWT.");
        }
        JsonNode header = object(decode(parts[0]));
        checkForm(header);
        String type = type(header);
        return new SignedToken(
                algorithm(header),
                keyId(header),
                !type.equals(UNTYPED),
                object(decode(parts[1])),
                parts[0] + '.' + parts[1],
                signature(parts[2]));
    }

    private static String signature(String part) {
        decode(part);
        return part;
    }

    private static void checkForm(JsonNode header) {
        if (header.has("crit") || header.has("b64") || header.has("zip") || header.has("enc")) {
            throw Challenges.invalidToken("The token demands what this server does not do.");
        }
    }

    /** One that does not say what it is may be anything. */
    private static String type(JsonNode header) {
        JsonNode type = header.get("typ");
        if (type == null) {
            return UNTYPED;
        }
        String name = type.isString() ? type.stringValue().toLowerCase(Locale.ROOT) : "";
        if (!TYPES.contains(name)) {
            throw wrongType();
        }
        return name;
    }

    static Problem wrongType() {
        return Challenges.invalidToken("The token is of a type that lets nobody in.");
    }

    private static Algorithm algorithm(JsonNode header) {
        JsonNode name = header.get("alg");
        return Optional.ofNullable(name)
                .filter(JsonNode::isString)
                .flatMap(text -> Algorithm.named(text.stringValue()))
                .orElseThrow(SignedToken::wronglySigned);
    }

    /** In the same words whatever is wrong: a stranger is not told whose tokens would be good. */
    static Problem wronglySigned() {
        return Challenges.invalidToken(
                "The token is not signed as an issuer of this server signs.");
    }

    private static @Nullable String keyId(JsonNode header) {
        JsonNode id = header.get("kid");
        if (id == null) {
            return null;
        }
        if (!id.isString() || id.stringValue().length() > KEY_ID_CHARACTERS_MAX) {
            throw malformed();
        }
        return id.stringValue();
    }

    private static JsonNode object(byte[] utf8) {
        try {
            JsonNode tree = StrictJson.tree(utf8);
            if (tree.isObject()) {
                return tree;
            }
        } catch (Problem notJson) {
            throw malformed();
        }
        throw malformed();
    }

    /** Another spelling of the same bytes is refused; the decoder alone would let it through. */
    private static byte[] decode(String part) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            String again = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            if (bytes.length > 0 && again.equals(part)) {
                return bytes;
            }
        } catch (IllegalArgumentException notBase64) {
            throw malformed();
        }
        throw malformed();
    }

    private static Problem malformed() {
        return Challenges.invalidToken("The token is malformed.");
    }
}
