package dev.genstore.resource;

import java.nio.charset.StandardCharsets;

/** What the benches work on: resources of 256 bytes. */
public final class Samples {
    public static final int BODY_BYTES = 256;

    /** 2026-01-01, so that times have their usual length. */
    private static final long TIME_MILLIS = 1_767_225_600_000L;

    private Samples() {}

    /** The same of a resource that has this owner. */
    public static Change change(String id, long revision, String owner) {
        String members = "{\"owner\":\"" + owner + "\"," + text(body()).substring(1);
        byte[] json = members.getBytes(StandardCharsets.US_ASCII);
        return new Change(
                revision,
                TIME_MILLIS,
                null,
                new Resource("notes", id, revision, TIME_MILLIS, TIME_MILLIS, Json.trusted(json)),
                null);
    }

    /** A resource of this owner that is sorted by its score. */
    public static Resource scored(String id, long revision, String owner, int score) {
        String members = "{\"owner\":\"" + owner + "\",\"score\":" + score + ","
                + text(body()).substring(1);
        byte[] json = members.getBytes(StandardCharsets.US_ASCII);
        return new Resource("notes", id, revision, TIME_MILLIS, TIME_MILLIS, Json.trusted(json));
    }

    /** The change that makes such a resource; ids rise and are as long as those of the server. */
    public static Change scored(int revision, int owner, int score) {
        String id = "0197a1b2-c3d4-7e5f-8a9b-" + (100_000_000_000L + revision);
        Resource made = scored(id, revision, "n" + owner, score);
        return new Change(revision, TIME_MILLIS, null, made, null);
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.US_ASCII);
    }

    /** A body with a few members of the usual kinds. */
    public static byte[] body() {
        String start =
                "{\"title\":\"A note\",\"done\":false,\"priority\":3,\"tags\":[\"a\",\"b\"],\"text\":\"";
        String end = "\"}";
        String text = "x".repeat(BODY_BYTES - start.length() - end.length());
        return (start + text + end).getBytes(StandardCharsets.US_ASCII);
    }

    /** The change that makes a resource of the collection {@code notes}. */
    public static Change change(String id, long revision) {
        return new Change(revision, TIME_MILLIS, null, resource(id, revision), null);
    }

    /** A resource with that body. */
    public static Resource resource(String id, long revision) {
        return new Resource("notes", id, revision, TIME_MILLIS, TIME_MILLIS, Json.trusted(body()));
    }
}
