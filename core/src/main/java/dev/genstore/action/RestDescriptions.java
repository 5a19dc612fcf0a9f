package dev.genstore.action;

import static dev.genstore.action.RestParameters.*;
import static dev.genstore.resource.ProblemType.*;

import dev.genstore.resource.ProblemType;
import dev.genstore.router.Answer;
import dev.genstore.router.Content;
import dev.genstore.router.Description;
import dev.genstore.router.MediaTypes;
import dev.genstore.router.PatchFormats;

/**
 * What the actions of the REST API do, for its documents. {@code Resource}, {@code Members} and {@code
 * Page} are of whatever collection is meant; for a collection with a schema a document has its own.
 */
final class RestDescriptions {
    private static final Content RESOURCE = shaped("Resource");
    private static final Content MEMBERS_GIVEN = shaped("Members");

    private static final ProblemType[] READING = {
        INVALID_NAME, INVALID_POSITION, DAMAGED, STORAGE_UNAVAILABLE, OTHER_EPOCH, AHEAD
    };
    private static final ProblemType[] PAST = {HISTORY_GONE, TOO_FAR_BACK};
    private static final ProblemType[] WRITING = {
        INVALID_NAME,
        INVALID_JSON,
        INVALID_RESOURCE,
        INVALID_DEFINITION,
        PRECONDITION_FAILED,
        SCHEMA_CONFLICT,
        SCHEMA,
        NEEDS_INDEX,
        DAMAGED,
        STORAGE_UNAVAILABLE,
        STORAGE_FULL,
        STOPPING
    };

    static final Description COLLECTIONS = Description.of("The collections, with links")
            .named("listCollections")
            .in("resources")
            .with(LIMIT, CURSOR, AT_LEAST, WATCHED_FILTER, FIELDS, WATCHED_MEMBERS)
            .with(IF_MATCH, IF_NONE_MATCH)
            .answers(page("Collections"), unmodified())
            .problems(READING)
            .problems(INVALID_FILTER, PRECONDITION_FAILED);

    static final Description LIST = Description.of("A page of a collection")
            .named("listResources")
            .in("resources")
            .saying("A list is one consistent state. Follow `next` until it is missing; a page may"
                    + " have fewer items than `limit`, even none.")
            .with(COLLECTION, FILTER, SORT, LIMIT, CURSOR, FIELDS, AT, AT_LEAST, MEMBERS)
            .with(IF_MATCH, IF_NONE_MATCH)
            .answers(page("Page"), unmodified())
            .problems(READING)
            .problems(PAST)
            .problems(INVALID_FILTER, NEEDS_INDEX, PRECONDITION_FAILED);

    static final Description QUERY = Description.of("A page of a collection, asked for by a body")
            .named("queryResources")
            .in("resources")
            .saying("What GET answers, for parameters that may be longer than a URL (RFC 10008)."
                    + " `next` is the body that asks for the next page.")
            .with(COLLECTION, IF_MATCH, IF_NONE_MATCH)
            .takes(shaped("Query"))
            .answers(page("Page"), unmodified())
            .problems(READING)
            .problems(PAST)
            .problems(INVALID_JSON, INVALID_FILTER, NEEDS_INDEX, PRECONDITION_FAILED)
            .problems(UNSUPPORTED_MEDIA_TYPE);

    static final Description CREATE = Description.of("Makes a resource")
            .named("createResource")
            .in("resources")
            .saying("Its id is new, unless the body names one.")
            .with(COLLECTION, IDEMPOTENCY_KEY, REQUEST_ID, TRACEPARENT, PREFER)
            .takes(MEMBERS_GIVEN)
            .answers(made().with(ETAG, LAST_MODIFIED, LOCATION, APPLIED, REPLAYED))
            .problems(WRITING)
            .problems(ALREADY_EXISTS, IDEMPOTENCY_KEY_REUSED, UNSUPPORTED_MEDIA_TYPE);

    static final Description READ = Description.of("A resource")
            .named("readResource")
            .in("resources")
            .with(COLLECTION, ID, FIELDS, AT, AT_LEAST, WATCHED_FILTER, WATCHED_MEMBERS)
            .with(IF_MATCH, IF_NONE_MATCH, IF_MODIFIED_SINCE, IF_UNMODIFIED_SINCE)
            .answers(shown(), unmodified())
            .problems(READING)
            .problems(PAST)
            .problems(NOT_FOUND, INVALID_FILTER, PRECONDITION_FAILED);

    static final Description REPLACE = Description.of("Makes or replaces a resource")
            .named("replaceResource")
            .in("resources")
            .saying("A write that changes nothing makes no revision and no event.")
            .with(
                    COLLECTION,
                    ID,
                    IF_MATCH,
                    MAKE_ONLY,
                    IF_UNMODIFIED_SINCE,
                    REQUEST_ID,
                    TRACEPARENT,
                    PREFER)
            .takes(MEMBERS_GIVEN)
            .answers(made().with(ETAG, LAST_MODIFIED, LOCATION, APPLIED), changed(), bare())
            .problems(WRITING)
            .problems(UNSUPPORTED_MEDIA_TYPE);

    static final Description PATCH = Description.of("Changes a resource")
            .named("patchResource")
            .in("resources")
            .saying("By a merge patch (RFC 7396) or a JSON Patch (RFC 6902).")
            .with(COLLECTION, ID, IF_MATCH, UNLESS_MATCH, IF_UNMODIFIED_SINCE)
            .with(REQUEST_ID, TRACEPARENT, PREFER)
            .takes(
                    shaped(PatchFormats.MERGE, "MergePatch"),
                    shaped(PatchFormats.JSON_PATCH, "JsonPatch"),
                    shaped("MergePatch"))
            .answers(changed(), bare())
            .problems(WRITING)
            .problems(NOT_FOUND, INVALID_PATCH, PATCH_CONFLICT, UNSUPPORTED_MEDIA_TYPE);

    static final Description DELETE = Description.of("Deletes a resource")
            .named("deleteResource")
            .in("resources")
            .with(COLLECTION, ID, IF_MATCH, UNLESS_MATCH, IF_UNMODIFIED_SINCE)
            .with(REQUEST_ID, TRACEPARENT, PREFER)
            .answers(Answer.of(204, "It is gone; `ETag` is the revision of that.")
                    .with(ETAG, APPLIED))
            .problems(INVALID_NAME, NOT_FOUND, PRECONDITION_FAILED, DAMAGED)
            .problems(STORAGE_UNAVAILABLE, STORAGE_FULL, STOPPING);

    static final Description BATCH = Description.of("Many writes, all of them or none")
            .named("writeBatch")
            .in("resources")
            .saying("A problem is that of the operation that was refused, to which `errors`"
                    + " points.")
            .with(IDEMPOTENCY_KEY, REQUEST_ID, TRACEPARENT, PREFER)
            .takes(shaped("Batch"))
            .answers(Answer.of(200, "What became of each.", shaped("BatchResults"))
                    .with(APPLIED, REPLAYED))
            .problems(WRITING)
            .problems(INVALID_BATCH, INVALID_PATCH, ALREADY_EXISTS, NOT_FOUND, PATCH_CONFLICT)
            .problems(IDEMPOTENCY_KEY_REUSED, UNSUPPORTED_MEDIA_TYPE);

    static final Description TRY = Description.of(
                    "What a definition would do, without being stored")
            .named("tryDefinition")
            .in("resources")
            .saying("For those who administer. Who asks is `as`, what rules call `auth`. What is"
                    + " stored is the resource at `id`, or `resource`; what it is to be is `next`,"
                    + " or the same. The definition is the stored one where none is given.")
            .takes(shaped("Try"))
            .answers(Answer.of(200, "What would be answered, and what is wrong.", shaped("Tried")))
            .problems(FORBIDDEN, INVALID_NAME, INVALID_JSON, INVALID_RESOURCE, BODY_TOO_LARGE)
            .problems(UNSUPPORTED_MEDIA_TYPE, DAMAGED, STORAGE_UNAVAILABLE);

    static final Description PROBLEM = Description.of("What a type of problem means")
            .named("readProblem")
            .in("resources")
            .with(SLUG)
            .answers(Answer.of(200, "Its title, status and meaning.", Content.text()))
            .problems(NOT_FOUND);

    private RestDescriptions() {}

    private static Answer page(String name) {
        return Answer.of(200, "The page.", shaped(name)).with(ETAG, LINK, SCANNED, APPLIED);
    }

    private static Answer shown() {
        return Answer.of(200, "The resource.", RESOURCE).with(ETAG, LAST_MODIFIED, LINK, APPLIED);
    }

    private static Answer unmodified() {
        return Answer.of(304, "You have it.").with(ETAG, LAST_MODIFIED, APPLIED);
    }

    private static Answer made() {
        return Answer.of(201, "It was made. Without content where `return=minimal`.", RESOURCE);
    }

    private static Answer changed() {
        return Answer.of(200, "What it is now.", RESOURCE).with(ETAG, LAST_MODIFIED, APPLIED);
    }

    private static Answer bare() {
        return Answer.of(204, "Done, where `return=minimal`.").with(ETAG, LAST_MODIFIED, APPLIED);
    }

    private static Content shaped(String name) {
        return shaped(MediaTypes.JSON, name);
    }

    private static Content shaped(String mediaType, String name) {
        return Content.of(mediaType, "{\"$ref\":\"#/components/schemas/" + name + "\"}");
    }
}
