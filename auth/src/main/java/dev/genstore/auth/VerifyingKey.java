package dev.genstore.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A public key of an issuer. It belongs to one algorithm, by its kind: what a token or the key itself
 * says of that can only rule it out.
 *
 * <p>Immutable.
 */
final class VerifyingKey {
    private static final int RSA_BITS_MIN = 2048;

    /** Longer ones make no token safer, and a check of one takes longer and longer. */
    private static final int RSA_BITS_MAX = 8192;

    /** What stands before the 32 bytes of an Ed25519 key in its X.509 form (RFC 8410, 4). */
    private static final byte[] ED25519_PREFIX =
            HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int ED25519_BYTES = 32;

    private final Algorithm algorithm;
    private final @Nullable String id;
    private final Check check;

    /** Whether a signature is of this key. */
    @FunctionalInterface
    private interface Check {
        boolean holds(byte[] signed, Base64URL signature)
                throws JOSEException, GeneralSecurityException;
    }

    private VerifyingKey(Algorithm algorithm, @Nullable String id, Check check) {
        this.algorithm = algorithm;
        this.id = id;
        this.check = check;
    }

    /** The key that a JWK is, or nothing when signatures can't be checked with it here. */
    static Optional<VerifyingKey> of(String jwk) {
        try {
            JWK key = JWK.parse(jwk);
            return isForSignatures(key) ? Optional.ofNullable(of(key)) : Optional.empty();
        } catch (ParseException | JOSEException | GeneralSecurityException unusable) {
            return Optional.empty();
        }
    }

    /** A secret in a public set is no secret, and its key none to trust. */
    private static boolean isForSignatures(JWK key) {
        boolean isUse = key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse());
        boolean isOperation = key.getKeyOperations() == null
                || key.getKeyOperations().contains(KeyOperation.VERIFY);
        return isUse && isOperation && !key.isPrivate();
    }

    private static @Nullable VerifyingKey of(JWK key)
            throws JOSEException, GeneralSecurityException {
        return switch (key) {
            case RSAKey rsa
            when rsa.size() >= RSA_BITS_MIN && rsa.size() <= RSA_BITS_MAX ->
                by(Algorithm.RS256, key, new RSASSAVerifier(rsa.toPublicJWK()));
            case ECKey ec
            when Curve.P_256.equals(ec.getCurve()) ->
                by(Algorithm.ES256, key, new ECDSAVerifier(ec.toPublicJWK()));
            case OctetKeyPair pair when Curve.Ed25519.equals(pair.getCurve()) -> byEd25519(pair);
            default -> null;
        };
    }

    private static @Nullable VerifyingKey by(Algorithm algorithm, JWK key, JWSVerifier verifier) {
        var header = new JWSHeader(JWSAlgorithm.parse(algorithm.text()));
        return made(
                algorithm, key, (signed, signature) -> verifier.verify(header, signed, signature));
    }

    /** The library wants another one for this; the JDK can do it. */
    private static @Nullable VerifyingKey byEd25519(OctetKeyPair pair)
            throws GeneralSecurityException {
        byte[] point = pair.getDecodedX();
        if (point.length != ED25519_BYTES) {
            return null;
        }
        byte[] encoded = new byte[ED25519_PREFIX.length + ED25519_BYTES];
        System.arraycopy(ED25519_PREFIX, 0, encoded, 0, ED25519_PREFIX.length);
        System.arraycopy(point, 0, encoded, ED25519_PREFIX.length, ED25519_BYTES);
        PublicKey key =
                KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        return made(Algorithm.EDDSA, pair, (signed, signature) -> {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(signed);
            return check.verify(signature.decode());
        });
    }

    /** Unless the set says that it is for another algorithm. */
    private static @Nullable VerifyingKey made(Algorithm algorithm, JWK key, Check check) {
        boolean isMeant =
                key.getAlgorithm() == null || key.getAlgorithm().getName().equals(algorithm.text());
        return isMeant ? new VerifyingKey(algorithm, key.getKeyID(), check) : null;
    }

    /** Whether a token that names this key, or none, may have been signed with it. */
    boolean fits(Algorithm wanted, @Nullable String named) {
        return algorithm == wanted && (named == null || named.equals(id));
    }

    /** Whether the token was signed with it. A signature that can't be read is none. */
    boolean hasSigned(SignedToken token) {
        try {
            byte[] signed = token.signed().getBytes(StandardCharsets.US_ASCII);
            return check.holds(signed, new Base64URL(token.signature()));
        } catch (JOSEException | GeneralSecurityException unreadable) {
            return false;
        }
    }
}
