package dev.genstore.action;

import dev.genstore.action.ListParameters.Next;
import dev.genstore.query.Place;
import dev.genstore.query.Sort;
import dev.genstore.query.Top;
import dev.genstore.resource.Json;
import dev.genstore.resource.Position;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Target;
import dev.genstore.router.Query;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.store.Precondition.Versions;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A page of a list: what {@code limit}, {@code sort} and {@code cursor} ask for, and the answer. Its
 * ETag is the position of the state that is shown; a client that has a position at which the list was
 * the same gets 304.
 *
 * <p>Immutable.
 */
final class Listing {
    private static final int LIMIT_DEFAULT = 100;

    private final Request request;
    private final ListParameters asked;
    private final Target target;
    private final int limit;
    private final Sort sort;
    private final @Nullable Place after;

    private Listing(Request request, ListParameters asked, Target target, int limit, Sort sort) {
        this.request = request;
        this.asked = asked;
        this.target = target;
        this.limit = limit;
        this.sort = sort;
        this.after = asked.query()
                .value("cursor")
                .map(cursor -> PlaceCursor.read(cursor, sort))
                .orElse(null);
    }

    /**
     * What the request asks for.
     *
     * @throws dev.genstore.resource.Problem 400 when a parameter is wrong
     */
    static Listing of(Request request, ListParameters asked, Target target) {
        Query query = asked.query();
        return new Listing(request, asked, target, limit(query), sort(query));
    }

    /**
     * What the first page of a list shows, where it is asked for an order or a number; null where it is
     * not.
     *
     * @throws dev.genstore.resource.Problem 400 when that is wrong
     */
    static @Nullable Top top(Query query) {
        boolean isAsked =
                query.value("sort").isPresent() || query.value("limit").isPresent();
        return isAsked ? new Top(sort(query), limit(query)) : null;
    }

    private static Sort sort(Query query) {
        return query.value("sort").map(Sort::parse).orElse(Sort.BY_ID);
    }

    private static int limit(Query query) {
        return query.value("limit").map(Listing::limit).orElse(LIMIT_DEFAULT);
    }

    private static int limit(String value) {
        if (!value.matches("[1-9][0-9]{0,3}") || Integer.parseInt(value) > Top.LIMIT_MAX) {
            throw ProblemType.INVALID_PARAMETER.because(
                    "'limit' is a number from 1 to " + Top.LIMIT_MAX + ".");
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
    void check(ShownState state) {
        Versions demanded = Conditions.ifMatch(request);
        if (demanded != null && !hasCurrent(demanded, state)) {
            throw ProblemType.PRECONDITION_FAILED
                    .because("The list has changed; read it and decide again.")
                    .with("ETag", state.position().etag());
        }
    }

    /** Whether the client has a position at which the list was the same. */
    boolean isUnmodified(ShownState state) {
        Versions known = Conditions.ifNoneMatch(request);
        return known != null && hasCurrent(known, state);
    }

    private boolean hasCurrent(Versions versions, ShownState state) {
        return versions.any()
                || versions.positions().stream()
                        .anyMatch(position -> state.isSameAt(position, target));
    }

    /** That the client has it: the tag is the one that it knows. */
    Reply notModified(ShownState state) {
        Versions known = Conditions.ifNoneMatch(request);
        Position position = known == null
                ? state.position()
                : known.positions().stream()
                        .filter(each -> state.isSameAt(each, target))
                        .findFirst()
                        .orElse(state.position());
        return Answers.snapshot(Reply.of(304).at(position));
    }

    /**
     * The page.
     *
     * @param items the JSON of each
     * @param behind the place behind which the next page begins; null when this is the last
     */
    Reply page(ShownState state, List<byte[]> items, @Nullable Place behind) {
        Position position = state.position();
        Next next = behind == null ? null : next(behind, position);
        Reply reply =
                Answers.snapshot(Reply.json(200, body(items, position, next)).at(position));
        return next == null || next.url() == null
                ? reply
                : reply.with("Link", "<" + next.url() + ">; rel=\"next\"");
    }

    /** All pages of an earlier state are of the same, even if it was asked for by a time. */
    private Next next(Place behind, Position position) {
        Query query = asked.query()
                .with("limit", Integer.toString(limit))
                .with("cursor", PlaceCursor.behind(behind, sort));
        boolean isPast = query.value(Moments.AT).isPresent();
        return asked.next(isPast ? query.with(Moments.AT, position.toString()) : query);
    }

    private static byte[] body(List<byte[]> items, Position position, @Nullable Next next) {
        return Json.write(generator -> {
            generator.writeStartObject();
            generator.writeArrayPropertyStart("items");
            items.forEach(
                    item -> generator.writeRawValue(new String(item, StandardCharsets.UTF_8)));
            generator.writeEndArray();
            generator.writeNumberProperty("revision", position.revision());
            generator.writeStringProperty("position", position.toString());
            if (next != null) {
                generator.writeName("next");
                generator.writeRawValue(next.json());
            }
            generator.writeEndObject();
        });
    }
}
