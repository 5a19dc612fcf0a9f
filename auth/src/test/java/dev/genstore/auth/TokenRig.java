package dev.genstore.auth;

import dev.genstore.testkit.ManualClock;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/**
 * Three issuers, one for each algorithm, and a fourth that signs in all ways; their keys are in this
 * process. Who would follow a URL is noticed.
 */
final class TokenRig {
    static final Signer RSA = Signer.rsa(2048);
    static final Signer EC = Signer.p256();
    static final Signer ED = Signer.ed25519();
    static final Signer ATTACKER_RSA = Signer.rsa(2048);
    static final Signer ATTACKER_EC = Signer.p256();
    static final Signer WEAK_RSA = Signer.rsa(1024);
    static final Signer P384 = Signer.p384();

    static final String RS = "https://rs.example";
    static final String ES = "https://es.example";
    static final String EDWARDS = "https://ed.example";
    static final String ALL = "https://all.example";
    static final String AUDIENCE = "my-api";

    final ManualClock clock = new ManualClock();
    final List<URI> fetched = new ArrayList<>();
    final Tokens tokens = new Tokens(
            List.of(
                    issuer(RS, Algorithm.RS256),
                    issuer(ES, Algorithm.ES256),
                    issuer(EDWARDS, Algorithm.EDDSA),
                    issuer(ALL, Algorithm.values())),
            this::fetch,
            clock,
            IssuerKeys.Times.DEFAULT);

    private static Issuer issuer(String name, Algorithm... algorithms) {
        return new Issuer(
                name,
                URI.create(name + "/keys"),
                Set.of(AUDIENCE),
                EnumSet.copyOf(Arrays.asList(algorithms)));
    }

    private byte[] fetch(URI url) {
        fetched.add(url);
        return set(switch (url.getHost()) {
                    case "rs.example" -> List.of(RSA.jwk("rsa", ""));
                    case "es.example" -> List.of(EC.jwk("ec", ",\"use\":\"sig\""));
                    case "ed.example" -> List.of(ED.jwk("ed", ",\"alg\":\"EdDSA\""));
                    case "all.example" -> all();
                    default -> throw new IllegalArgumentException("nobody is at " + url);
                })
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Good ones, and some that must not be used. */
    private static List<String> all() {
        return List.of(
                RSA.jwk("one", ""),
                ATTACKER_RSA.jwk("encrypting", ",\"use\":\"enc\""),
                ATTACKER_RSA.jwk("wrapping", ",\"key_ops\":[\"wrapKey\"]"),
                ATTACKER_RSA.jwk("other-algorithm", ",\"alg\":\"RS512\""),
                WEAK_RSA.jwk("weak", ""),
                P384.jwk("p384", ""),
                "{\"kid\":\"secret\",\"kty\":\"oct\",\"k\":\""
                        + Signer.base64("a secret of 32 bytes in the set!") + "\"}",
                "{\"kid\":\"unknown\",\"kty\":\"new\"}",
                RSA.jwk("two", ""),
                EC.jwk("ec", ""));
    }

    static String set(List<String> keys) {
        return "{\"keys\":[" + String.join(",", keys) + "]}";
    }

    /** The seconds of the clock, and so many more. */
    long seconds(long more) {
        return clock.instant().getEpochSecond() + more;
    }

    /** Good claims of an issuer, in which {@code changes} replace members or, where empty, remove them. */
    String claims(String issuer, String... changes) {
        var members = new LinkedHashMap<String, String>();
        members.put("iss", "\"" + issuer + "\"");
        members.put("sub", "\"ann\"");
        members.put("aud", "\"" + AUDIENCE + "\"");
        members.put("exp", "" + seconds(3_600));
        members.put("iat", "" + seconds(0));
        for (int i = 0; i < changes.length; i += 2) {
            if (changes[i + 1].isEmpty()) {
                members.remove(changes[i]);
            } else {
                members.put(changes[i], changes[i + 1]);
            }
        }
        var text = new ArrayList<String>();
        members.forEach((name, value) -> text.add("\"" + name + "\":" + value));
        return "{" + String.join(",", text) + "}";
    }

    /** A good token of the issuer that signs with RSA, but for these changes of its claims. */
    String claiming(String... changes) {
        return RSA.sign("{\"alg\":\"RS256\",\"kid\":\"rsa\"}", claims(RS, changes));
    }

    /** A token whose claims are good and whose header is this one, signed by the issuer's own key. */
    String headed(String header) {
        return RSA.sign(header, claims(RS));
    }

    void pass(Duration time) {
        clock.advance(time);
    }
}
