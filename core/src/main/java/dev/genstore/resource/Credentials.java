package dev.genstore.resource;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What has the form of credentials: an API key, or the two first parts of a JWT (RFC 7519). Whether
 * they are good is not known here. URLs are logged and remembered, so they must not be in one; this is
 * asked wherever a URL, or what becomes a part of one, comes from a client.
 */
public final class Credentials {
    /** How an API key begins. */
    public static final String KEY_PREFIX = "genstore_";

    /** How an API key is written. */
    public static final String KEY = KEY_PREFIX + "[0-9A-Za-z]{49}";

    private static final String JWT_BEGIN = "eyJ";
    private static final String JWT_LETTER = "[0-9A-Za-z_-]";

    /**
     * Each run of letters is tried once, so a long text costs no more than its length. What stands in
     * front of a JWT without a mark between them is taken for a part of it.
     */
    private static final Pattern FORM = Pattern.compile(KEY + "[0-9A-Za-z]*+"
            + "|(?<!" + JWT_LETTER + ")(?=" + JWT_LETTER + "*?" + JWT_BEGIN + JWT_LETTER + ")"
            + JWT_LETTER + "++\\." + JWT_BEGIN + JWT_LETTER + "++(?:\\." + JWT_LETTER + "*+)?");

    private static final Pattern ESCAPE = Pattern.compile("%([0-7][0-9A-Fa-f])");
    private static final String MASK = "***";

    private Credentials() {}

    /**
     * Refuses a part of a URL, decoded, that has credentials in it.
     *
     * @throws Problem 400 {@code token-in-url}, which does not repeat them
     */
    public static void refuse(String text) {
        if (FORM.matcher(text).find()) {
            throw inUrl();
        }
    }

    /**
     * Refuses a path, still percent-encoded, that has credentials in it, however they are spelled. A
     * path that can't be decoded is looked at, too, as its refusal may be logged.
     *
     * @throws Problem 400 {@code token-in-url}, which does not repeat them
     */
    public static void refusePath(String encoded) {
        String path = decoded(encoded);
        if (mayHave(path)) {
            refuse(path);
        }
    }

    /** The problem of a URL that has some. */
    public static Problem inUrl() {
        return ProblemType.TOKEN_IN_URL.because(
                "URLs are logged, so a token must not be in one: send 'Authorization: Bearer"
                        + " <token>'. Replace this one, which somebody may have read by now.");
    }

    /** The path, decoded where it can be, with {@value #MASK} for all credentials in it. */
    public static String masked(String encoded) {
        String path = decoded(encoded);
        return mayHave(path) ? FORM.matcher(path).replaceAll(MASK) : encoded;
    }

    /** Most paths have none, which is known sooner so. */
    private static boolean mayHave(String path) {
        return path.contains(KEY_PREFIX) || path.contains(JWT_BEGIN);
    }

    /** Of ASCII, which credentials are made of; whatever else is there stays as it is. */
    private static String decoded(String encoded) {
        return encoded.indexOf('%') < 0
                ? encoded
                : ESCAPE.matcher(encoded)
                        .replaceAll(each -> Matcher.quoteReplacement(
                                Character.toString(Integer.parseInt(each.group(1), 16))));
    }
}
