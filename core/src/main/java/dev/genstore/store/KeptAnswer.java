package dev.genstore.store;

/**
 * The answer to something that was done once, for those who repeat it.
 *
 * <p>Immutable.
 *
 * @param key what its writer calls it
 * @param timeMillis when it was done, in milliseconds since 1970 UTC; never falls from one to the next
 * @param request tells what was asked for
 * @param answer the answer
 */
public record KeptAnswer(String key, long timeMillis, String request, String answer) {
    /** About how many bytes it takes. */
    public int weightBytes() {
        return 256 + request.length() + answer.length();
    }
}
