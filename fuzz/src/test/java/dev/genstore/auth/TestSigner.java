package dev.genstore.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;

/** An issuer's key that is made anew in each process; it signs whatever it is given. */
final class TestSigner {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final int PUBLIC_BYTES = 32;
    private static final String HEADER =
            BASE64.encodeToString("{\"alg\":\"EdDSA\",\"kid\":\"ed\"}".getBytes(US_ASCII));

    private final KeyPair keys = pair();

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** The set with its public half; that stands at the end of what the JDK writes. */
    byte[] keySet() {
        byte[] encoded = keys.getPublic().getEncoded();
        byte[] last = Arrays.copyOfRange(encoded, encoded.length - PUBLIC_BYTES, encoded.length);
        return """
                {"keys":[{"kid":"ed","kty":"OKP","crv":"Ed25519","x":"%s"}]}""".formatted(BASE64.encodeToString(last)).getBytes(US_ASCII);
    }

    /** A token of these claims. */
    String token(byte[] claims) {
        String signed = HEADER + "." + BASE64.encodeToString(claims);
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(US_ASCII));
            return signed + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
