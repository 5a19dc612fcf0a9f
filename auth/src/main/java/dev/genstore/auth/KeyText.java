package dev.genstore.auth;

import dev.genstore.resource.Credentials;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * How an API key is written: {@code genstore_}, 256 random bits in 43 letters and digits, and six for
 * the CRC-32 of all that. So a program that looks for secrets in sources and logs finds keys by the
 * pattern {@code genstore_[0-9A-Za-z]{49}} and knows by the sum that it is none by chance.
 */
final class KeyText {
    static final String PREFIX = Credentials.KEY_PREFIX;

    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
    private static final int RANDOM_BYTES = 32;
    private static final int RANDOM_DIGITS = 43;
    private static final int SUM_DIGITS = 6;
    private static final Pattern FORM = Pattern.compile(Credentials.KEY);

    private KeyText() {}

    /** A new key. */
    static String make(RandomGenerator random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        String secret = PREFIX + digits(new BigInteger(1, bytes), RANDOM_DIGITS);
        return secret + sum(secret);
    }

    /** Whether a token is meant to be a key, if perhaps not a whole one. */
    static boolean isMeantBy(String token) {
        return token.startsWith(PREFIX);
    }

    /** Whether it may be a key; if not, it was cut off or mistyped. */
    static boolean isWhole(String token) {
        int split = token.length() - SUM_DIGITS;
        return FORM.matcher(token).matches()
                && sum(token.substring(0, split)).equals(token.substring(split));
    }

    private static String sum(String secret) {
        var crc = new CRC32();
        crc.update(secret.getBytes(StandardCharsets.US_ASCII));
        return digits(BigInteger.valueOf(crc.getValue()), SUM_DIGITS);
    }

    private static String digits(BigInteger number, int count) {
        char[] digits = new char[count];
        BigInteger rest = number;
        for (int i = count - 1; i >= 0; i--) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            digits[i] = DIGITS.charAt(parts[1].intValue());
            rest = parts[0];
        }
        return new String(digits);
    }
}
