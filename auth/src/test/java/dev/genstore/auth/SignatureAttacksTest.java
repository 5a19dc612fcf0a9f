package dev.genstore.auth;

import static dev.genstore.auth.TokenRig.ALL;
import static dev.genstore.auth.TokenRig.ATTACKER_EC;
import static dev.genstore.auth.TokenRig.ATTACKER_RSA;
import static dev.genstore.auth.TokenRig.EC;
import static dev.genstore.auth.TokenRig.ED;
import static dev.genstore.auth.TokenRig.EDWARDS;
import static dev.genstore.auth.TokenRig.ES;
import static dev.genstore.auth.TokenRig.P384;
import static dev.genstore.auth.TokenRig.RS;
import static dev.genstore.auth.TokenRig.RSA;
import static dev.genstore.auth.TokenRig.WEAK_RSA;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Forged signatures, keys used for what they are not, and tokens of a wrong form (RFC 8725, 2). */
class SignatureAttacksTest {
    private static final String ES256 = "{\"alg\":\"ES256\",\"kid\":\"ec\"}";
    private static final String EDDSA = "{\"alg\":\"EdDSA\"}";

    private final TokenRig rig = new TokenRig();

    @ParameterizedTest(name = "{0}")
    @MethodSource({"unsigned", "secrets", "signatures", "curves", "keys", "forms", "contents"})
    void it_lets_nobody_in(String attack, Function<TokenRig, String> token, String told) {
        Refusal.require(rig, token.apply(rig), told);
    }

    static Stream<Arguments> unsigned() {
        return Stream.of(
                row("none", rig -> bare("none", rig), "signed"),
                row("None", rig -> bare("None", rig), "signed"),
                row("NONE", rig -> bare("NONE", rig), "signed"),
                row("no signature", rig -> bare("RS256", rig), "malformed"));
    }

    private static String bare(String algorithm, TokenRig rig) {
        return Signer.base64("{\"alg\":\"" + algorithm + "\"}") + "."
                + Signer.base64(rig.claims(RS)) + ".";
    }

    /** A public key is no secret (RFC 8725, 2.1). */
    static Stream<Arguments> secrets() {
        return Stream.of(
                row("DER as a secret", rig -> hmac(RSA.publicKey().getEncoded(), rig), "signed"),
                row("PEM as a secret", rig -> hmac(pem(), rig), "signed"),
                row("JWK as a secret", rig -> hmac(utf8(RSA.jwk("rsa", "")), rig), "signed"),
                row("a zero as a secret", rig -> hmac(new byte[1], rig), "signed"),
                row(
                        "a secret of the set",
                        rig -> Signer.hmac(
                                "{\"alg\":\"HS256\",\"kid\":\"secret\"}",
                                rig.claims(ALL),
                                utf8("a secret of 32 bytes in the set!")),
                        "signed"));
    }

    private static String hmac(byte[] secret, TokenRig rig) {
        return Signer.hmac("{\"alg\":\"HS256\",\"kid\":\"rsa\"}", rig.claims(RS), secret);
    }

    private static byte[] pem() {
        String encoded = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(RSA.publicKey().getEncoded());
        return utf8("-----BEGIN PUBLIC KEY-----\n" + encoded + "\n-----END PUBLIC KEY-----\n");
    }

    static Stream<Arguments> signatures() {
        return Stream.of(
                row("none of the signature", rig -> cut(rig.claiming(), 0), "malformed"),
                row("a part of the signature", rig -> cut(rig.claiming(), 100), "signed"),
                row("another's signature", rig -> mixed(rig, 2), "signed"),
                row("another's claims", rig -> mixed(rig, 1), "signed"),
                row("RS384", rig -> by(RSA.as("SHA384withRSA"), "RS384", rig), "signed"),
                row("RS512", rig -> by(RSA.as("SHA512withRSA"), "RS512", rig), "signed"),
                row(
                        "a key of its own",
                        rig -> ATTACKER_RSA.sign(
                                "{\"alg\":\"RS256\",\"jwk\":" + ATTACKER_RSA.jwk("x", "") + "}",
                                rig.claims(RS)),
                        "signed"));
    }

    private static String by(Signer signer, String algorithm, TokenRig rig) {
        return signer.sign("{\"alg\":\"" + algorithm + "\",\"kid\":\"rsa\"}", rig.claims(RS));
    }

    /** RFC 8725, 2.5 and 3.4. */
    static Stream<Arguments> curves() {
        return Stream.of(
                row("a signature of zeros", rig -> zeros(64, rig), "signed"),
                row("a signature of 63 bytes", rig -> zeros(63, rig), "signed"),
                row(
                        "a signature in DER",
                        rig -> EC.as("SHA256withECDSA").sign(ES256, rig.claims(ES)),
                        "signed"),
                row("another P-256 key", rig -> ATTACKER_EC.sign(ES256, rig.claims(ES)), "signed"),
                row(
                        "another Ed25519 key",
                        rig -> Signer.ed25519().sign(EDDSA, rig.claims(EDWARDS)),
                        "signed"),
                row(
                        "a short Ed25519 signature",
                        rig -> cut(ED.sign(EDDSA, rig.claims(EDWARDS)), 20),
                        "signed"));
    }

    private static String zeros(int bytes, TokenRig rig) {
        return cut(EC.sign(ES256, rig.claims(ES)), 0) + Signer.base64(new byte[bytes]);
    }

    /** RFC 8725, 3.5; RFC 7517, 4. */
    static Stream<Arguments> keys() {
        return Stream.of(
                row("a key for encrypting", rig -> of(ATTACKER_RSA, "encrypting", rig), "signed"),
                row("a key for wrapping", rig -> of(ATTACKER_RSA, "wrapping", rig), "signed"),
                row("a key of RS512", rig -> of(ATTACKER_RSA, "other-algorithm", rig), "signed"),
                row("a key that is too short", rig -> of(WEAK_RSA, "weak", rig), "signed"),
                row(
                        "a key on P-384",
                        rig -> P384.sign("{\"alg\":\"ES256\",\"kid\":\"p384\"}", rig.claims(ALL)),
                        "signed"),
                row(
                        "the name of a key of another kind",
                        rig -> EC.sign("{\"alg\":\"ES256\",\"kid\":\"one\"}", rig.claims(ALL)),
                        "signed"),
                row(
                        "no name where there are two keys",
                        rig -> RSA.sign("{\"alg\":\"RS256\"}", rig.claims(ALL)),
                        "signed"));
    }

    private static String of(Signer signer, String keyId, TokenRig rig) {
        return signer.sign("{\"alg\":\"RS256\",\"kid\":\"" + keyId + "\"}", rig.claims(ALL));
    }

    /** RFC 7515, 3.1. */
    static Stream<Arguments> forms() {
        return Stream.of(
                row("nothing", rig -> "", "no jwt"),
                row("a word", rig -> "secret", "no jwt"),
                row("two parts", rig -> "a.b", "no jwt"),
                row("four parts", rig -> rig.claiming() + ".x", "no jwt"),
                row("an encrypted token", rig -> "a.b.c.d.e", "no jwt"),
                row("dots alone", rig -> "..", "malformed"),
                row("padding", rig -> rig.claiming() + "==", "malformed"),
                row("base64 and not base64url", rig -> "e30+.e30.e30", "malformed"),
                row("a space behind it", rig -> rig.claiming() + " ", "malformed"),
                row("another spelling", rig -> respelled(rig.claiming()), "malformed"));
    }

    static Stream<Arguments> contents() {
        String header = "{\"alg\":\"RS256\"}";
        String deep = "{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
        String twice = "{\"exp\":9999999999,";
        return Stream.of(
                row("claims that are no JSON", rig -> RSA.sign(header, "sub=ann"), "malformed"),
                row("claims that are a list", rig -> RSA.sign(header, "[]"), "malformed"),
                row("claims that are deep", rig -> RSA.sign(header, deep), "malformed"),
                row(
                        "a claim twice",
                        rig -> RSA.sign(header, rig.claims(RS).replace("{", twice)),
                        "malformed"),
                row("a deep header", rig -> rig.headed(deep), "malformed"),
                row("a long name of a key", rig -> of(RSA, "k".repeat(257), rig), "malformed"));
    }

    private static Arguments row(String attack, Function<TokenRig, String> token, String told) {
        return Arguments.of(attack, token, told);
    }

    /** The token with only so many characters of its signature. */
    private static String cut(String token, int characters) {
        int start = token.lastIndexOf('.') + 1;
        return token.substring(0, start + characters);
    }

    /** A good token with one part of another good one. */
    private static String mixed(TokenRig rig, int part) {
        List<String> parts = new ArrayList<>(parts(rig.claiming()));
        parts.set(part, parts(rig.claiming("sub", "\"bob\"")).get(part));
        return String.join(".", parts);
    }

    private static List<String> parts(String token) {
        return List.of(token.split("\\.", -1));
    }

    /** The last character of 342 has bits that mean nothing: here they are others. */
    private static String respelled(String token) {
        char last = token.charAt(token.length() - 1);
        return token.substring(0, token.length() - 1) + (char) (last + 1);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
