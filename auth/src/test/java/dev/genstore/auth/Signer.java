package dev.genstore.auth;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs by the JDK alone, so that what is signed can be as wrong as an attacker likes and nothing
 * depends on the library that checks it.
 *
 * @param keys a pair of keys
 * @param jdkName what the JDK calls the way to sign
 */
record Signer(KeyPair keys, String jdkName) {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    static Signer rsa(int bits) {
        return new Signer(pair("RSA", bits), "SHA256withRSA");
    }

    static Signer p256() {
        return new Signer(curve("secp256r1"), "SHA256withECDSAinP1363Format");
    }

    static Signer p384() {
        return new Signer(curve("secp384r1"), "SHA256withECDSAinP1363Format");
    }

    static Signer ed25519() {
        return new Signer(pair("Ed25519", 255), "Ed25519");
    }

    private static KeyPair pair(String kind, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static KeyPair curve(String name) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(name));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** The same key used in another way. */
    Signer as(String otherJdkName) {
        return new Signer(keys, otherJdkName);
    }

    PublicKey publicKey() {
        return keys.getPublic();
    }

    /** A token of this header and these claims, both as they are. */
    String sign(String header, String claims) {
        String signed = base64(header) + "." + base64(claims);
        return signed + "." + BASE64.encodeToString(signature(signed));
    }

    byte[] signature(String signed) {
        try {
            Signature signature = Signature.getInstance(jdkName);
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A token signed with a secret, for those who take a public key for one. */
    static String hmac(String header, String claims, byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            String signed = base64(header) + "." + base64(claims);
            byte[] sum = mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64.encodeToString(sum);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static String base64(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static String base64(byte[] bytes) {
        return BASE64.encodeToString(bytes);
    }

    /** The public key as a JWK of this name, with more members if need be. */
    String jwk(String name, String more) {
        String members = switch (publicKey()) {
            case RSAPublicKey rsa ->
                "\"kty\":\"RSA\",\"n\":\"" + unsigned(rsa.getModulus()) + "\",\"e\":\""
                        + unsigned(rsa.getPublicExponent()) + "\"";
            case ECPublicKey ec ->
                "\"kty\":\"EC\",\"crv\":\"" + curve(ec) + "\",\"x\":\""
                        + coordinate(ec.getW().getAffineX(), ec) + "\",\"y\":\""
                        + coordinate(ec.getW().getAffineY(), ec) + "\"";
            default -> "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + base64(edPoint()) + "\"";
        };
        return "{\"kid\":\"" + name + "\"," + members + more + "}";
    }

    private static String curve(ECPublicKey key) {
        return "P-" + key.getParams().getCurve().getField().getFieldSize();
    }

    private static String coordinate(BigInteger value, ECPublicKey key) {
        int length = key.getParams().getCurve().getField().getFieldSize() / 8;
        byte[] bytes = value.toByteArray();
        byte[] fitting = new byte[length];
        int count = Math.min(length, bytes.length);
        System.arraycopy(bytes, bytes.length - count, fitting, length - count, count);
        return base64(fitting);
    }

    private static String unsigned(BigInteger value) {
        byte[] bytes = value.toByteArray();
        return base64(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private byte[] edPoint() {
        byte[] encoded = publicKey().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }
}
