package dev.genstore.router;

/** The formats that PATCH understands, as {@code Accept-Patch} names them (RFC 5789, 3.1). */
public final class PatchFormats {
    public static final String MERGE = "application/merge-patch+json";
    public static final String JSON_PATCH = "application/json-patch+json";
    public static final String ACCEPTED = MERGE + ", " + JSON_PATCH + ", application/json";

    private PatchFormats() {}
}
