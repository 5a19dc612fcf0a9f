package dev.genstore.action;

import dev.genstore.query.Authority;
import dev.genstore.resource.Draft;
import dev.genstore.resource.Json;
import dev.genstore.resource.Names;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;
import dev.genstore.resource.StrictJson;
import dev.genstore.router.Action;
import dev.genstore.router.MediaTypes;
import dev.genstore.router.Principal;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.store.Resources;
import dev.genstore.store.Trial;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.HashSet;
import java.util.Set;

/**
 * {@code QUERY /api/_try}: what a definition would do, without being stored. It reads and changes
 * nothing, so it is a QUERY.
 */
public final class TryDefinition implements Action<Resources> {
    private static final Set<String> MEMBERS =
            Set.of("collection", "definition", "as", "id", "resource", "next");

    /** The id of a resource that has none. */
    private static final String UNNAMED = "new";

    @Override
    public Reply act(Request request, Resources resources) {
        request.query().allowOnly(Set.of());
        MediaTypes.require(request, Set.of(MediaTypes.JSON));
        JsonNode body = StrictJson.treeAround(request.body(), 1);
        if (!body.isObject()) {
            throw wrong("", "What is to be tried is an object, with 'collection' in it.");
        }
        for (String name : body.propertyNames()) {
            if (!MEMBERS.contains(name)) {
                throw ProblemType.INVALID_PARAMETER.atUnknown(name, MEMBERS);
            }
        }
        String collection = text(body, "collection");
        Draft definition = draft(body, "definition", resources);
        Trial trial = resources.trial(collection, definition == null ? null : definition.members());
        return Reply.json(200, answer(body, trial, resources).json());
    }

    private static TriedDefinition answer(JsonNode body, Trial trial, Resources resources) {
        Resource before = before(body, trial, resources);
        Draft given = draft(body, "next", resources);
        Resource next = given == null
                ? before
                : trial.resource(before == null ? id(given) : before.id(), given.members());
        Authority as = body.has("as") ? as(body.get("as")) : null;
        return new TriedDefinition(trial, as, before, next);
    }

    /** One that is stored, or one that might be. */
    private static @Nullable Resource before(JsonNode body, Trial trial, Resources resources) {
        Draft given = draft(body, "resource", resources);
        if (!body.has("id")) {
            return given == null ? null : trial.resource(id(given), given.members());
        }
        if (given != null) {
            throw wrong("/id", "Give an id or a resource.");
        }
        String collection = text(body, "collection");
        String id = text(body, "id");
        return resources
                .find(collection, Names.id(id))
                .orElseThrow(() -> wrong("/id", "There is no /api/" + collection + "/" + id + "."));
    }

    private static String id(Draft draft) {
        return draft.id() == null ? UNNAMED : draft.id();
    }

    private static @Nullable Draft draft(JsonNode body, String name, Resources resources) {
        if (!body.has(name)) {
            return null;
        }
        try {
            return resources.draft(Json.write(body.get(name)));
        } catch (Problem problem) {
            throw problem.inside("/" + name);
        }
    }

    /** As the server would know somebody of whom this is true. */
    private static Authority as(JsonNode claims) {
        String id = claims.path("id").asString("");
        if (!claims.isObject() || id.isEmpty()) {
            throw wrong(
                    "/as",
                    "Who asks is what rules call 'auth': an object with at least an id, such as"
                            + " {\"id\":\"key:ab3cd4ef\",\"scopes\":[\"editor\"]}.");
        }
        var scopes = new HashSet<String>();
        claims.path("scopes").forEach(scope -> scopes.add(scope.asString("")));
        boolean isKey = claims.path("kind").asString("").equals("key");
        Principal.Kind kind = isKey ? Principal.Kind.KEY : Principal.Kind.TOKEN;
        return new Principal(id, kind, scopes, claims, null).authority();
    }

    private static String text(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (!value.isString()) {
            throw wrong("/" + name, "'" + name + "' is a text.");
        }
        return value.stringValue();
    }

    private static Problem wrong(String pointer, String detail) {
        return ProblemType.INVALID_PARAMETER.at(pointer, detail);
    }
}
