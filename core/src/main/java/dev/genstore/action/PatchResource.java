package dev.genstore.action;

import dev.genstore.resource.Problem;
import dev.genstore.router.Action;
import dev.genstore.router.MediaTypes;
import dev.genstore.router.PatchFormats;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.store.Edit;
import dev.genstore.store.Resources;
import dev.genstore.store.Write;

import java.util.Set;
import java.util.function.UnaryOperator;

/** {@code PATCH /api/notes/7}, as a merge patch (RFC 7396) or a JSON Patch (RFC 6902). */
public final class PatchResource implements Action<Resources> {
    @Override
    public Reply act(Request request, Resources resources) {
        return Writing.alone(request, resources, write(request, resources));
    }

    static Write write(Request request, Resources resources) {
        request.query().allowOnly(Set.of());
        return new Write(
                request.variable("collection"),
                request.variable("id"),
                new Edit.Patch(patch(request, resources.bodyBytesMax()), resources.bodyBytesMax()),
                Conditions.ofWrite(request),
                request.header("Request-Id").orElse(null));
    }

    private static UnaryOperator<byte[]> patch(Request request, int bodyBytesMax) {
        String format = formatOf(request);
        return PatchFormats.JSON_PATCH.equals(format)
                ? JsonPatch.read(request.body(), bodyBytesMax)
                : MergePatch.read(request.body());
    }

    private static String formatOf(Request request) {
        try {
            return MediaTypes.require(
                    request, Set.of(PatchFormats.MERGE, PatchFormats.JSON_PATCH, MediaTypes.JSON));
        } catch (Problem problem) {
            throw problem.with("Accept-Patch", PatchFormats.ACCEPTED);
        }
    }
}
