package dev.genstore.action;

import dev.genstore.resource.Names;
import dev.genstore.router.Parameter;

/** The parameters and headers of the REST API, for its documents. */
final class RestParameters {
    private static final String TAGS =
            "{\"type\":\"string\",\"examples\":[\"\\\"k3f9a1-1842\\\"\"]}";
    private static final String MOMENT =
            "{\"type\":\"string\",\"examples\":[\"k3f9a1-1842\",\"1842\",\"2026-11-21T09:30:00Z\"]}";

    static final Parameter COLLECTION = Parameter.path(
            "collection",
            "The collection's name. The first write makes it.",
            "{\"type\":\"string\",\"pattern\":\"^(" + Names.DEFINITIONS
                    + "|[a-z][a-z0-9_-]{0,62})$\"}");
    static final Parameter ID = Parameter.path(
            "id",
            "The resource's id, neither `.` nor `..`.",
            "{\"type\":\"string\",\"pattern\":\"^[A-Za-z0-9._~-]{1,128}$\"}");
    static final Parameter SLUG =
            Parameter.path("slug", "The last part of a problem's `type`.", "{\"type\":\"string\"}");

    static final Parameter FILTER = Parameter.query(
            "filter",
            "A condition in CEL over the members.",
            "{\"type\":\"string\",\"maxLength\":2000,"
                    + "\"examples\":[\"status == \\\"open\\\" && size > 3\"]}");
    static final Parameter WATCHED_FILTER = Parameter.query(
            "filter", "A condition in CEL over the members, where it is watched.", Parameter.TEXT);
    static final Parameter MEMBERS = Parameter.query(
            "members",
            "Any other parameter asks for a member of that name with that value: `status=open`,"
                    + " `author.name=Ada`.",
            "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"string\"}}");
    static final Parameter WATCHED_MEMBERS = Parameter.query(
            "members",
            "Any other parameter, where it is watched, asks for a member of that name with that"
                    + " value.",
            "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"string\"}}");
    static final Parameter FIELDS = Parameter.query(
            "fields",
            "The top-level members to show, with commas between them. `id` and `_revision` always"
                    + " are.",
            "{\"type\":\"string\",\"examples\":[\"title,status\"]}");
    static final Parameter SORT = Parameter.query(
            "sort",
            "Up to four members, `-` for downwards. Default `id`. What is watched with `sort` or"
                    + " `limit` is a window: the first resources in that order.",
            "{\"type\":\"string\",\"examples\":[\"-priority,_created\"]}");
    static final Parameter LIMIT = Parameter.query(
            "limit",
            "How many items a page has at most.",
            "{\"type\":\"integer\",\"minimum\":1,\"maximum\":1000,\"default\":100}");
    static final Parameter CURSOR = Parameter.query(
            "cursor", "Where the page begins, as `next` of an earlier one has it.", Parameter.TEXT);
    static final Parameter AT =
            Parameter.query("at", "Show what was at this position, revision or time.", MOMENT);
    static final Parameter AT_LEAST = Parameter.query(
            "at-least",
            "Answer as soon as the server has come to this position, at most for as long as"
                    + " `Prefer: wait` says.",
            "{\"type\":\"string\",\"examples\":[\"k3f9a1-1842\"]}");

    static final Parameter IF_MATCH =
            Parameter.header("If-Match", "Only if it is one of these versions; else 412.", TAGS);
    static final Parameter IF_NONE_MATCH = Parameter.header(
            "If-None-Match", "Only if it is none of these versions; else 304.", TAGS);
    static final Parameter MAKE_ONLY = Parameter.header(
            "If-None-Match",
            "Only if it is none of these versions; `*` only makes, and never replaces. Else 412.",
            "{\"type\":\"string\",\"examples\":[\"*\"]}");
    static final Parameter UNLESS_MATCH = Parameter.header(
            "If-None-Match", "Only if it is none of these versions; else 412.", TAGS);
    static final Parameter IF_MODIFIED_SINCE = Parameter.header(
            "If-Modified-Since", "Only if it has changed since; else 304.", Parameter.TEXT);
    static final Parameter IF_UNMODIFIED_SINCE = Parameter.header(
            "If-Unmodified-Since", "Only if it has not changed since; else 412.", Parameter.TEXT);
    static final Parameter IDEMPOTENCY_KEY = Parameter.header(
            "Idempotency-Key",
            "A name for this request. Repeated with it, it is done once and answered alike.",
            "{\"type\":\"string\",\"pattern\":\"^[!-~]{1,128}$\"}");
    static final Parameter REQUEST_ID = Parameter.header(
            "Request-Id",
            "A name for this write, which its events carry as `origin`.",
            "{\"type\":\"string\",\"pattern\":\"^[!#-\\\\[\\\\]-~]{1,128}$\"}");
    static final Parameter TRACEPARENT = Parameter.header(
            "traceparent",
            "Where in a trace this write is (W3C Trace Context), which its events carry, too. What is"
                    + " malformed is ignored.",
            "{\"type\":\"string\",\"examples\":"
                    + "[\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"]}");
    static final Parameter PREFER = Parameter.header(
            "Prefer",
            "`return=minimal` leaves the content out of the answer; `handling=lenient` takes a"
                    + " definition whose schema stored resources do not fit.",
            "{\"type\":\"string\",\"examples\":[\"return=minimal\"]}");

    static final Parameter ETAG =
            Parameter.header("ETag", "The version, which is a position in quotes.", TAGS);
    static final Parameter LAST_MODIFIED =
            Parameter.header("Last-Modified", "When it last changed.", Parameter.TEXT);
    static final Parameter LOCATION =
            Parameter.header("Location", "The URL of what was made.", Parameter.TEXT);
    static final Parameter LINK = Parameter.header(
            "Link", "`rel=\"next\"` leads to the next page or to later changes.", Parameter.TEXT);
    static final Parameter APPLIED = Parameter.header(
            "Preference-Applied", "Which preferences were honoured.", Parameter.TEXT);
    static final Parameter REPLAYED = Parameter.header(
            "Idempotency-Replayed",
            "That this is the answer that was given before.",
            "{\"const\":\"true\"}");
    static final Parameter SCANNED = Parameter.header(
            "Genstore-Scanned",
            "How many resources were looked at, where that were more than are shown.",
            "{\"type\":\"integer\"}");

    private RestParameters() {}
}
