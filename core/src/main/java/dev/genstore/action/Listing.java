package dev.genstore.action;

import dev.genstore.query.Place;
import dev.genstore.query.Sort;
import dev.genstore.resource.Json;
import dev.genstore.resource.Position;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Target;
import dev.genstore.router.Query;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.store.Precondition.Versions;
import dev.genstore.store.Snapshot;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A page of a list: what {@code limit}, {@code sort} and {@code cursor} ask for, and the answer. Its
 * ETag is the position of the snapshot; a client that has a position behind which the list did not
 * change gets 304.
 *
 * <p>Immutable.
 */
final class Listing {
    private static final int LIMIT_DEFAULT = 100;
    private static final int LIMIT_MAX = 1_000;

    private final Request request;
    private final Target target;
    private final String epoch;
    private final int limit;
    private final Sort sort;
    private final @Nullable Place after;

    private Listing(Request request, Target target, String epoch, int limit, Sort sort) {
        this.request = request;
        this.target = target;
        this.epoch = epoch;
        this.limit = limit;
        this.sort = sort;
        this.after = request.query()
                .value("cursor")
                .map(cursor -> PlaceCursor.read(cursor, sort))
                .orElse(null);
    }

    /**
     * What the request asks for.
     *
     * @throws dev.genstore.resource.Problem 400 when a parameter is wrong
     */
    static Listing of(Request request, Target target, String epoch) {
        Query query = request.query();
        int limit = query.value("limit").map(Listing::limit).orElse(LIMIT_DEFAULT);
        Sort sort = query.value("sort").map(Sort::parse).orElse(Sort.BY_ID);
        return new Listing(request, target, epoch, limit, sort);
    }

    private static int limit(String value) {
        if (!value.matches("[1-9][0-9]{0,3}") || Integer.parseInt(value) > LIMIT_MAX) {
            throw ProblemType.INVALID_PARAMETER.because(
                    "'limit' is a number from 1 to " + LIMIT_MAX + ".");
        }
        return Integer.parseInt(value);
    }

    /** How many items the page may have. */
    int limit() {
        return limit;
    }

    /** The order of the list. */
    Sort sort() {
        return sort;
    }

    /** The place behind which the page begins; null for the first page. */
    @Nullable Place after() {
        return after;
    }

    /**
     * Checks what the client demands of the list.
     *
     * @throws dev.genstore.resource.Problem 412 when something in it has changed
     */
    void check(Snapshot snapshot) {
        Versions demanded = Conditions.ifMatch(request);
        if (demanded != null && !hasCurrent(demanded, snapshot)) {
            throw ProblemType.PRECONDITION_FAILED
                    .because("The list has changed; read it and decide again.")
                    .with("ETag", new Position(epoch, snapshot.head()).etag());
        }
    }

    /** Whether the client has a position behind which nothing in the list has changed. */
    boolean isUnmodified(Snapshot snapshot) {
        Versions known = Conditions.ifNoneMatch(request);
        return known != null && hasCurrent(known, snapshot);
    }

    private boolean hasCurrent(Versions versions, Snapshot snapshot) {
        return versions.any()
                || versions.positions().stream()
                        .anyMatch(position -> isCurrent(snapshot, position));
    }

    private boolean isCurrent(Snapshot snapshot, Position known) {
        return known.isOf(epoch)
                && known.revision() <= snapshot.head()
                && known.revision() >= snapshot.lastChange(target);
    }

    /** That the client has it: the tag is the one that it knows. */
    Reply notModified(Snapshot snapshot) {
        Versions known = Conditions.ifNoneMatch(request);
        Position position = known == null
                ? new Position(epoch, snapshot.head())
                : known.positions().stream()
                        .filter(each -> isCurrent(snapshot, each))
                        .findFirst()
                        .orElse(new Position(epoch, snapshot.head()));
        return Answers.snapshot(Reply.of(304).with("ETag", position.etag()));
    }

    /**
     * The page.
     *
     * @param items the JSON of each
     * @param behind the place behind which the next page begins; null when this is the last
     */
    Reply page(long head, List<byte[]> items, @Nullable Place behind) {
        var position = new Position(epoch, head);
        String next = behind == null ? null : next(behind);
        Reply reply = Answers.snapshot(
                Reply.json(200, body(items, position, next)).with("ETag", position.etag()));
        return next == null ? reply : reply.with("Link", "<" + next + ">; rel=\"next\"");
    }

    private String next(Place behind) {
        Query query = request.query()
                .with("limit", Integer.toString(limit))
                .with("cursor", PlaceCursor.behind(behind, sort));
        return target.path() + "?" + query.encoded();
    }

    private static byte[] body(List<byte[]> items, Position position, @Nullable String next) {
        return Json.write(generator -> {
            generator.writeStartObject();
            generator.writeArrayPropertyStart("items");
            items.forEach(
                    item -> generator.writeRawValue(new String(item, StandardCharsets.UTF_8)));
            generator.writeEndArray();
            generator.writeNumberProperty("revision", position.revision());
            generator.writeStringProperty("position", position.toString());
            if (next != null) {
                generator.writeStringProperty("next", next);
            }
            generator.writeEndObject();
        });
    }
}
