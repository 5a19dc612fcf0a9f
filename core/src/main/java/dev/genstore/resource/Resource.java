package dev.genstore.resource;

import java.nio.charset.StandardCharsets;

/**
 * A stored resource: the client's members and what the server knows of it.
 *
 * <p>Immutable.
 *
 * @param collection the collection it is in
 * @param id its name in the collection
 * @param revision the revision that made it what it is
 * @param createdMillis when it was made, in milliseconds since 1970 UTC
 * @param updatedMillis when it last changed, in milliseconds since 1970 UTC
 * @param members the client's members, without those that the server adds
 */
public record Resource(
        String collection,
        String id,
        long revision,
        long createdMillis,
        long updatedMillis,
        Json members) {
    /** The path of its URL, for example {@code /api/notes/7}. */
    public String path() {
        return "/api/" + collection + '/' + id;
    }

    /** It as a client sees it: the server's members first, then the client's. */
    public byte[] json() {
        byte[] own = ownMembers();
        byte[] rest = members.bytes();
        boolean empty = rest.length == 2;
        byte[] whole = new byte[own.length + (empty ? 1 : rest.length)];
        System.arraycopy(own, 0, whole, 0, own.length);
        if (empty) {
            whole[own.length] = '}';
        } else {
            whole[own.length] = ',';
            System.arraycopy(rest, 1, whole, own.length + 1, rest.length - 1);
        }
        return whole;
    }

    /** About how many bytes of memory it takes. */
    public int weightBytes() {
        return 128 + members.bytes().length;
    }

    /** A time as the protocol writes it: RFC 3339, UTC, milliseconds. */
    public static String time(long millis) {
        return Timestamps.text(millis);
    }

    private byte[] ownMembers() {
        String text = "{\"id\":\"" + id + "\",\"_revision\":" + revision + ",\"_created\":\""
                + time(createdMillis) + "\",\"_updated\":\"" + time(updatedMillis) + '"';
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
