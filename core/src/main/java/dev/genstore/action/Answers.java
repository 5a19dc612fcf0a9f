package dev.genstore.action;

import dev.genstore.query.Fields;
import dev.genstore.resource.Change;
import dev.genstore.resource.Position;
import dev.genstore.resource.Resource;
import dev.genstore.router.Effect;
import dev.genstore.router.Reply;
import dev.genstore.store.Outcome;
import dev.genstore.store.Resources;

import java.util.Objects;

/** The answers that tell of a resource. */
final class Answers {
    private Answers() {}

    /**
     * What a URL shows now. Other representations of it are its events, and the next moment it may
     * show something else, so a cache asks each time.
     */
    static Reply snapshot(Reply reply) {
        return reply.with("Vary", "Accept").with("Cache-Control", "no-cache");
    }

    /** The resource with its version. */
    static Reply resource(int status, Resource resource, String epoch) {
        return resource(status, resource, Fields.ALL, epoch);
    }

    /** These of its members, with its version. */
    static Reply resource(int status, Resource resource, Fields fields, String epoch) {
        return withVersion(Reply.json(status, fields.json(resource)), resource, epoch);
    }

    /** That the client has this version. */
    static Reply notModified(Resource resource, String epoch) {
        return snapshot(withVersion(Reply.of(304), resource, epoch));
    }

    /** What became of a write. */
    static Reply outcome(Outcome outcome, Resources resources) {
        return switch (outcome) {
            case Outcome.Unchanged(Resource found) -> unchanged(found, resources.epoch());
            case Outcome.Changed changed -> change(changed.change(), resources);
        };
    }

    private static Reply unchanged(Resource found, String epoch) {
        return resource(200, found, epoch)
                .telling(new Effect.Unchanged(new Position(epoch, found.revision())));
    }

    /** Who may write what he may not read is not shown it. */
    private static Reply change(Change change, Resources resources) {
        Reply full = change(change, resources.epoch());
        Resource after = change.after();
        return after == null || resources.sees(after) ? full : Returning.MINIMAL.of(full);
    }

    private static Reply change(Change change, String epoch) {
        return switch (change.kind()) {
            case CREATED -> created(Objects.requireNonNull(change.after()), epoch);
            case UPDATED -> resource(200, Objects.requireNonNull(change.after()), epoch);
            case DELETED -> Reply.of(204).at(new Position(epoch, change.revision()));
        };
    }

    private static Reply created(Resource resource, String epoch) {
        return resource(201, resource, epoch).with("Location", resource.path());
    }

    private static Reply withVersion(Reply reply, Resource resource, String epoch) {
        return reply.at(new Position(epoch, resource.revision()))
                .with("Last-Modified", HttpDates.write(resource.updatedMillis()));
    }
}
