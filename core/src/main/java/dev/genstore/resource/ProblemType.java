package dev.genstore.resource;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * The kinds of {@link Problem}. Each has a stable URI, {@code /problems/<slug>}, that the server
 * answers with its meaning.
 */
public enum ProblemType {
    BAD_REQUEST(
            400, "The request is malformed", "The bytes are not a request of HTTP/1.1 (RFC 9112)."),
    INVALID_HEADER(
            400,
            "A header has a wrong value",
            "The detail names the header and the form it should have."),
    INVALID_PARAMETER(
            400,
            "A parameter is wrong or not supported",
            "The detail names the parameter and what may be given."),
    INVALID_FILTER(
            400,
            "The filter is wrong",
            "The detail says where, by line and column, and what is wrong there."),
    INVALID_NAME(
            400,
            "A name is not allowed",
            "Collections and ids have a limited alphabet and length."),
    NEEDS_INDEX(
            400,
            "The collection is too large to be sorted so",
            "More resources would have to be read than one request may; declare an index."),
    TOO_FAR_BACK(
            400,
            "Too much has changed since then",
            "An earlier state is found by taking changes back, and one request may take back so many."),
    INVALID_POSITION(
            400,
            "This is not a position",
            "A position is <epoch>-<revision>, or a bare revision; some parameters take a time too."),
    INVALID_JSON(
            400,
            "The body is not acceptable JSON",
            "The detail says where, and which rule of RFC 8259 it broke."),
    INVALID_RESOURCE(
            400,
            "The body is not a resource",
            "A resource is a JSON object; errors[] says which member."),
    INVALID_PATCH(
            400,
            "The patch is malformed",
            "The body is no patch of the format that Content-Type names, or asks for too much at once."),
    INVALID_BATCH(
            400,
            "The batch is malformed",
            "errors[] says which member of which operation is wrong."),
    INVALID_COMMAND(
            400,
            "The command is not understood",
            "A WebSocket takes watch and unwatch; the detail says what is wrong."),
    TOO_MANY_WATCHES(
            400,
            "The socket has too many watches",
            "Unwatch something, or open another socket; the detail gives the limit."),
    INVALID_DEFINITION(
            400,
            "The definition of the collection is wrong",
            "errors[] says which member, and what may stand there."),
    TOKEN_IN_URL(
            400,
            "A token must not be in a URL",
            "URLs are logged; send the token in the Authorization header."),
    UNAUTHENTICATED(
            401, "Say who you are", "Send an API key or a token: Authorization: Bearer <token>."),
    INVALID_TOKEN(
            401,
            "The credentials are no good",
            "The detail says why: wrong, expired, revoked, or not for this server."),
    FORBIDDEN(
            403,
            "You may not do this",
            "No rule lets you; the detail says which one would have to."),
    FORBIDDEN_ORIGIN(
            403,
            "This origin is not allowed",
            "A browser page of another origin asked; list it in 'origins'."),
    NOT_FOUND(404, "There is nothing here", "No resource and no action has this URL."),
    METHOD_NOT_ALLOWED(
            405, "The method is not allowed here", "The Allow header lists the methods that are."),
    NOT_ACCEPTABLE(
            406,
            "No acceptable form",
            "The Accept header names no form in which this URL can be had."),
    REQUEST_TIMEOUT(
            408,
            "The request came too slowly",
            "A request must be complete within the time limit."),
    ALREADY_EXISTS(
            409, "The resource exists already", "Use PUT to replace it, or leave out the id."),
    PATCH_CONFLICT(
            409,
            "The patch does not fit",
            "A test failed or a path does not exist; read it and try again."),
    SCHEMA_CONFLICT(
            409,
            "Stored resources do not fit the schema",
            "errors[] names some of them; Prefer: handling=lenient accepts it for future writes."),
    HISTORY_GONE(
            410,
            "The log does not reach back so far",
            "What was then is not known any more; the detail says how far the log reaches."),
    OTHER_EPOCH(
            410,
            "The position is of another history",
            "The store is another one, or was restored from a backup; read the present state."),
    PRECONDITION_FAILED(
            412, "The resource has changed", "Read the present version and decide again."),
    BODY_TOO_LARGE(413, "The body is too large", "The detail gives the limit."),
    URI_TOO_LONG(414, "The URL is too long", "The detail gives the limit."),
    UNSUPPORTED_MEDIA_TYPE(
            415, "This content type is not supported", "The detail lists those that are."),
    EXPECTATION_FAILED(
            417, "The expectation can't be met", "Only Expect: 100-continue is understood."),
    MISDIRECTED(
            421,
            "The server is not known by this name",
            "While it asks nobody for credentials, it is called by an address, localhost, or a name in"
                    + " 'hosts'."),
    SCHEMA(
            422,
            "The resource does not fit the schema of its collection",
            "errors[] says which members, and what they must be."),
    IDEMPOTENCY_KEY_REUSED(
            422,
            "The key was used for something else",
            "A request with this Idempotency-Key was another one; choose a new key."),
    UPGRADE_REQUIRED(426, "The WebSocket version is not supported", "Use version 13 (RFC 6455)."),
    TOO_MANY_REQUESTS(
            429,
            "You ask too much",
            "The detail says of what; try again after Retry-After seconds."),
    HEADERS_TOO_LARGE(431, "The request head is too large", "The detail gives the limit."),
    INTERNAL(500, "The server failed", "This is a fault of the server; its log says more."),
    DAMAGED(
            500,
            "Stored data is damaged",
            "A checksum does not fit; restore the store from a backup."),
    NOT_IMPLEMENTED(
            501, "Not implemented", "The server does not know this method or transfer coding."),
    OVERLOADED(
            503, "The server is busy", "A limit is reached; try again after Retry-After seconds."),
    AHEAD(
            503,
            "The server has not come so far",
            "The position is above everything that has happened here; it may come."),
    ISSUER_UNAVAILABLE(
            503,
            "The issuer of the token does not answer",
            "Its keys are needed to check the token; try again after Retry-After seconds."),
    STORAGE_UNAVAILABLE(
            503, "The storage does not answer", "Reads go on; try the write again later."),
    STOPPING(503, "The server is stopping", "Try again after Retry-After seconds."),
    VERSION_NOT_SUPPORTED(505, "The HTTP version is not supported", "Use HTTP/1.1."),
    STORAGE_FULL(
            507,
            "The storage is full",
            "Nothing was written; reads go on. Free some space and try again.");

    private final int status;
    private final String title;
    private final String meaning;

    ProblemType(int status, String title, String meaning) {
        this.status = status;
        this.title = title;
        this.meaning = meaning;
    }

    /** The HTTP status code. */
    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** A sentence on what the type means and what helps. */
    public String meaning() {
        return meaning;
    }

    /** The last part of {@link #uri()}, for example {@code not-found}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The {@code type} member of the problem, relative to the server. */
    public String uri() {
        return "/problems/" + slug();
    }

    /** A problem of this type; {@code detail} says what happened and what the client can do. */
    public Problem because(String detail) {
        return new Problem(this, detail, List.of(), Map.of());
    }

    /** A problem of this type with one member at fault. */
    public Problem at(String pointer, String detail) {
        return new Problem(
                this, detail, List.of(new Problem.FieldError(pointer, detail)), Map.of());
    }

    /** A problem of this type with a member that nobody knows. */
    public Problem atUnknown(String member, Collection<String> known) {
        return at(
                JsonPointer.to(member),
                "This member is not known here; known: " + String.join(", ", new TreeSet<>(known))
                        + ".");
    }

    /** A problem of this type with these members at fault. */
    public Problem at(List<Problem.FieldError> errors, String detail) {
        return new Problem(this, detail, errors, Map.of());
    }
}
