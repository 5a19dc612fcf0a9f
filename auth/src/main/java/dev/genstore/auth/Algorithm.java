package dev.genstore.auth;

import java.util.Arrays;
import java.util.Optional;

/** The ways to sign that are accepted: those that a public key checks (RFC 7518, 3.1; RFC 8037). */
public enum Algorithm {
    /** RSA with PKCS #1 v1.5 and SHA-256. */
    RS256("RS256"),
    /** ECDSA on P-256 with SHA-256. */
    ES256("ES256"),
    /** Ed25519. */
    EDDSA("EdDSA");

    private final String text;

    Algorithm(String text) {
        this.text = text;
    }

    /** As {@code alg} has it. */
    public String text() {
        return text;
    }

    /** The algorithm of this name, which is case-sensitive. */
    public static Optional<Algorithm> named(String name) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.text.equals(name))
                .findFirst();
    }
}
