package dev.genstore.resource;

import java.util.regex.Pattern;

/** The names that a collection, a resource and a write may have. */
public final class Names {
    /** The server's own collection, whose resources define the others. */
    public static final String DEFINITIONS = "_collections";

    private static final Pattern COLLECTION = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

    /** Of an id, of a {@code Request-Id} and of an {@code Idempotency-Key}. */
    private static final int LENGTH_MAX = 128;

    private static final String COUNT = "{1," + LENGTH_MAX + "}";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._~-]" + COUNT);
    private static final Pattern ORIGIN = Pattern.compile("[!#-\\[\\]-~]" + COUNT);
    private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[!-~]" + COUNT);

    private Names() {}

    /**
     * Checks a collection's name.
     *
     * @throws Problem 400 {@code invalid-name} when no collection can be called so
     */
    public static String collection(String name) {
        return DEFINITIONS.equals(name) ? name : clientsCollection(name);
    }

    /**
     * Checks the name of a collection that is not the server's.
     *
     * @throws Problem 400 {@code invalid-name} when none can be called so
     */
    public static String clientsCollection(String name) {
        if (!COLLECTION.matcher(name).matches()) {
            throw ProblemType.INVALID_NAME.because(
                    "A collection's name is a lower-case letter followed by up to"
                            + " 62 of a-z, 0-9, _ and -; names with a leading _ belong to the server.");
        }
        return name;
    }

    /**
     * Checks a resource's id. The dot segments {@code .} and {@code ..} have the right characters
     * but can't be reached, as every client removes them from a URL (RFC 3986, 5.2.4).
     *
     * @throws Problem 400 {@code invalid-name} when no resource can have that id
     */
    public static String id(String id) {
        if (!ID.matcher(id).matches() || ".".equals(id) || "..".equals(id)) {
            throw ProblemType.INVALID_NAME.because(
                    "An id is 1 to 128 of A-Z, a-z, 0-9, '.', '_', '~' and '-', and neither '.' nor '..'.");
        }
        return id;
    }

    /**
     * Checks the name that a writer gives its write.
     *
     * @throws Problem 400 {@code invalid-header} when events could not carry it as it is
     */
    public static String origin(String requestId) {
        if (!ORIGIN.matcher(requestId).matches()) {
            throw ProblemType.INVALID_HEADER.because(
                    "Request-Id is 1 to 128 visible ASCII characters without quotes and backslashes.");
        }
        return requestId;
    }

    /**
     * Checks the key under which a write may be repeated. Quotes are a part of it.
     *
     * @throws Problem 400 {@code invalid-header} when it can't be kept as it is
     */
    public static String idempotencyKey(String key) {
        if (!IDEMPOTENCY_KEY.matcher(key).matches()) {
            throw ProblemType.INVALID_HEADER.because(
                    "Idempotency-Key is 1 to 128 visible ASCII characters.");
        }
        return key;
    }
}
