package dev.genstore.action;

import dev.genstore.query.Fields;
import dev.genstore.query.Selection;
import dev.genstore.resource.Position;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;
import dev.genstore.resource.Target;
import dev.genstore.router.Action;
import dev.genstore.router.Awaiting;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.router.Watchable;
import dev.genstore.store.Resources;

import java.util.Optional;
import java.util.Set;

/**
 * {@code GET /api/notes/7}, or those of its members that {@code fields} names.
 *
 * <p>Thread-safe.
 */
public final class ReadResource implements Action<Resources>, Watchable, Awaiting {
    private final SelectionReader selections;

    public ReadResource(SelectionReader selections) {
        this.selections = selections;
    }

    @Override
    public Selection selection(Request request) {
        return selections.read(request.query(), target(request));
    }

    @Override
    public boolean takes(String parameter) {
        return SelectionReader.takes(parameter);
    }

    private static Target.Single target(Request request) {
        return new Target.Single(request.variable("collection"), request.variable("id"));
    }

    @Override
    public Optional<Position> awaited(Request request) {
        return Moments.atLeast(request.query());
    }

    @Override
    public Reply act(Request request, Resources resources) {
        request.query().allowOnly(Set.of("fields", Moments.AT, Moments.AT_LEAST));
        Target.Single target = target(request);
        Fields fields = selection(request).fields();
        Resource resource = find(request, target, resources)
                .orElseThrow(() -> ProblemType.NOT_FOUND.because("There is no " + target.path()
                        + "; it was never made or has been deleted."));
        Conditions.ofRead(request).check(resource, resources.epoch());
        if (Conditions.isUnmodified(request, resource, resources.epoch())) {
            return Answers.notModified(resource, resources.epoch());
        }
        return Answers.snapshot(Answers.resource(200, resource, fields, resources.epoch()));
    }

    private static Optional<Resource> find(
            Request request, Target.Single target, Resources resources) {
        return request.query().value(Moments.AT).isEmpty()
                ? resources.find(target.collection(), target.id())
                : resources.read(snapshot -> Optional.ofNullable(
                        ShownState.of(request.query(), snapshot, resources.epoch())
                                .find(target)));
    }
}
