package dev.genstore.action;

import dev.genstore.resource.ProblemType;
import dev.genstore.router.ForEveryone;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.store.Resources;

import java.util.Set;

/** {@code GET /problems/not-found}: what a problem's {@code type} means. */
public final class ReadProblem implements ForEveryone<Resources> {
    @Override
    public Reply act(Request request, Resources resources) {
        request.query().allowOnly(Set.of());
        String slug = request.variable("slug");
        for (ProblemType type : ProblemType.values()) {
            if (type.slug().equals(slug)) {
                return Reply.of(
                        200,
                        "text/plain; charset=utf-8",
                        type.title() + " (" + type.status() + ")\n\n" + type.meaning() + "\n");
            }
        }
        throw ProblemType.NOT_FOUND.because("There is no problem of this type.");
    }
}
