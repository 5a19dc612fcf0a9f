package dev.genstore.action;

import dev.genstore.query.Fields;
import dev.genstore.query.Selection;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;
import dev.genstore.resource.Target;
import dev.genstore.router.Action;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.router.Watchable;
import dev.genstore.store.Resources;

import java.util.Set;

/** {@code GET /api/notes/7}, or those of its members that {@code fields} names. */
public final class ReadResource implements Action<Resources>, Watchable {
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

    private static Target target(Request request) {
        return new Target.Single(request.variable("collection"), request.variable("id"));
    }

    @Override
    public Reply act(Request request, Resources resources) {
        request.query().allowOnly(Set.of("fields"));
        Target target = target(request);
        Fields fields = selection(request).fields();
        Resource resource = resources
                .find(request.variable("collection"), request.variable("id"))
                .orElseThrow(() -> ProblemType.NOT_FOUND.because("There is no " + target.path()
                        + "; it was never made or has been deleted."));
        Conditions.ofRead(request).check(resource, resources.epoch());
        if (Conditions.isUnmodified(request, resource, resources.epoch())) {
            return Answers.notModified(resource, resources.epoch());
        }
        return Answers.snapshot(Answers.resource(200, resource, fields, resources.epoch()));
    }
}
