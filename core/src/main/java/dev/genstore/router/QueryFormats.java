package dev.genstore.router;

/** The formats that QUERY understands, as {@code Accept-Query} names them (RFC 10008, 3). */
public final class QueryFormats {
    public static final String ACCEPTED = "application/json";

    private QueryFormats() {}
}
