package dev.genstore.apidocs;

import dev.genstore.router.Binding;
import dev.genstore.router.SessionCookie;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the OpenAPI document, of version 3.1. */
final class OpenApi {
    private static final String ABOUT = """
            Resources are JSON objects in collections. HEAD is answered wherever GET is, and OPTIONS \
            everywhere. A URL that answers `text/event-stream` can be watched, by a WebSocket, too: \
            `/asyncapi.json` tells of that. Every failure is a problem (RFC 9457).\
            """;
    private static final String MORE =
            "\n\nThere are more defined collections than are listed here; what is said of"
                    + " `{collection}` holds for them.";

    private static final Map<String, String> GROUPS = Map.of(
            "resources", "Resources of any collection.",
            "documents", "What the API is.",
            "sessions", "Browsers that have shown their credentials.",
            "keys", "API keys, for those who administer.",
            "actions", "What this program does besides.");

    private static final String TOKEN = "token";
    private static final String SESSION = "session";

    private OpenApi() {}

    /** The document of these bindings and collections. */
    static ObjectNode document(ApiInfo info, List<Binding<?>> bindings, Catalog catalog) {
        var operations = new Operations();
        var paths = new Paths(operations);
        bindings.stream()
                .filter(binding -> !leadsOn(binding, bindings))
                .forEach(binding -> paths.add(Place.of(binding)));
        bindings.forEach(binding -> Place.of(binding, catalog.collections()).forEach(paths::add));
        ObjectNode document = Trees.object("openapi", "3.1.1");
        document.set("info", info(info, catalog));
        document.putArray("servers").addObject().put("url", "/");
        document.set("security", security());
        document.set("tags", tags(paths.groups(), catalog));
        document.set("paths", paths.json());
        return document.set("components", components(operations, catalog));
    }

    /** Whether it is there for those who type a slash too many. */
    private static boolean leadsOn(Binding<?> binding, List<Binding<?>> bindings) {
        String path = binding.template().toString();
        return bindings.stream().anyMatch(other -> path.equals(other.template().toString() + '/'));
    }

    /** A server wants a token or a session that was begun with one, or wants none: the program does not know of its keys here. */
    private static ArrayNode security() {
        ArrayNode either = Trees.array(List.of());
        either.addObject().putArray(TOKEN);
        either.addObject().putArray(SESSION);
        either.addObject();
        return either;
    }

    private static ObjectNode token() {
        return Trees.object("type", "http")
                .put("scheme", "bearer")
                .put(
                        "description",
                        "A JWT or an API key, where the server lets nobody in without.");
    }

    private static ObjectNode session() {
        return Trees.object("type", "apiKey")
                .put("in", "cookie")
                .put("name", SessionCookie.SECURE_NAME)
                .put(
                        "description",
                        "The cookie of a session (`POST /api/_session`), for pages of this server;"
                                + " over http its name is `" + SessionCookie.PLAIN_NAME + "`.");
    }

    private static ObjectNode info(ApiInfo info, Catalog catalog) {
        return Trees.object("title", info.title())
                .put("version", info.version())
                .put("description", ABOUT.strip() + (catalog.isWhole() ? "" : MORE));
    }

    private static ArrayNode tags(Set<String> groups, Catalog catalog) {
        ArrayNode tags = Trees.array(List.of());
        groups.forEach(group -> {
            ObjectNode tag = tags.addObject().put("name", group);
            about(group, catalog).ifPresent(said -> tag.put("description", said));
        });
        return tags;
    }

    /** What is known of a group; one that a program has made speaks for itself. */
    private static Optional<String> about(String group, Catalog catalog) {
        boolean isCollection =
                catalog.collections().stream().map(Defined::name).anyMatch(group::equals);
        return isCollection
                ? Optional.of("The collection `" + group + "`.")
                : Optional.ofNullable(GROUPS.get(group));
    }

    private static ObjectNode components(Operations operations, Catalog catalog) {
        ObjectNode components = Trees.object("schemas", schemas(catalog));
        components.set("parameters", operations.parameters());
        ObjectNode schemes = Trees.object(TOKEN, token());
        schemes.set(SESSION, session());
        components.set("securitySchemes", schemes);
        components.set("headers", operations.responses().headers());
        return components.set("responses", operations.responses().parts());
    }

    private static ObjectNode schemas(Catalog catalog) {
        ObjectNode schemas = Trees.file("schemas.json");
        schemas.setAll(Trees.file("events.json"));
        catalog.collections()
                .forEach(each -> CollectionSchemas.add(each, schemas, List.of("Page")));
        return schemas;
    }
}
