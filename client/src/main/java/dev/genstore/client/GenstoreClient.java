package dev.genstore.client;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server's resources: reads, writes, and watches. Paths begin with {@code /api/}; what a URL
 * can't have in them, as the spaces of a filter, is escaped.
 *
 * <p>Reads and writes block, which a virtual thread may well do. They throw a {@link Problem} where
 * the server refuses, an {@link UncheckedIOException} where it can't be reached, and a {@code
 * JacksonException} where a resource does not fit its type. No thread belongs to a watch.
 *
 * <p>Thread-safe.
 */
public final class GenstoreClient implements AutoCloseable {
    private static final String JSON = "application/json";
    private static final int NOT_MODIFIED = 304;
    private static final Set<Integer> CONFLICTS = Set.of(409, 412);

    private final Requests requests;
    private final Surroundings surroundings;
    private final Runnable closing;
    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
    private final String name;
    private final AtomicLong writes = new AtomicLong();
    private volatile boolean isClosed;

    GenstoreClient(Requests requests, Surroundings surroundings, Runnable closing) {
        this.requests = requests;
        this.surroundings = surroundings;
        this.closing = closing;
        this.name = "java-%016x-".formatted(surroundings.random().nextLong());
    }

    /** A client of the server at this URL, with the defaults. */
    public static GenstoreClient of(String server) {
        return builder(URI.create(server)).build();
    }

    /** A client of the server at this URL, to be made. */
    public static ClientBuilder builder(URI server) {
        return new ClientBuilder(server);
    }

    /** The resource. */
    public <T> Stored<T> get(String path, Class<T> type) {
        return stored(requests.send("GET", path, Map.of(), null), type);
    }

    /** The resource; what is known already is given back if it has not changed. */
    public <T> Stored<T> get(String path, Class<T> type, Stored<T> known) {
        HttpResponse<byte[]> answer =
                requests.send("GET", path, Map.of("If-None-Match", known.etag()), null);
        return answer.statusCode() == NOT_MODIFIED ? known : stored(answer, type);
    }

    /** One page of a list. */
    public <T> Page<T> list(String path, Class<T> type) {
        JsonNode page = tree(requests.send("GET", path, Map.of(), null));
        var items = new ArrayList<T>();
        page.path("items").forEach(item -> items.add(requests.mapper().treeToValue(item, type)));
        return new Page<>(items, page.path("position").asString(""), text(page, "next"));
    }

    /** All resources of a list, page by page. */
    public <T> List<T> listAll(String path, Class<T> type) {
        var all = new ArrayList<T>();
        Optional<String> next = Optional.of(path);
        while (next.isPresent()) {
            Page<T> page = list(next.get(), type);
            all.addAll(page.items());
            next = page.next();
        }
        return all;
    }

    /** Makes a resource in a collection; the server gives it an id unless it has one. */
    public <T> Stored<T> create(String collection, T value) {
        return create(collection, value, Write.plain());
    }

    /** Makes a resource in a collection; the server gives it an id unless it has one. */
    public <T> Stored<T> create(String collection, T value, Write how) {
        return stored(write("POST", collection, value, JSON, how), typeOf(value));
    }

    /** Makes or replaces a resource. */
    public <T> Stored<T> put(String path, T value) {
        return put(path, value, Write.plain());
    }

    /** Makes or replaces a resource. */
    public <T> Stored<T> put(String path, T value, Write how) {
        return stored(write("PUT", path, value, JSON, how), typeOf(value));
    }

    /**
     * Changes members of a resource.
     *
     * @param change a list is a JSON Patch (RFC 6902), anything else a merge patch (RFC 7396)
     */
    public <T> Stored<T> patch(String path, Object change, Class<T> type) {
        return patch(path, change, type, Write.plain());
    }

    /** Changes members of a resource. */
    public <T> Stored<T> patch(String path, Object change, Class<T> type, Write how) {
        JsonNode tree = requests.mapper().valueToTree(change);
        String form = tree.isArray() ? "json-patch+json" : "merge-patch+json";
        return stored(write("PATCH", path, tree, "application/" + form, how), type);
    }

    /** Deletes a resource; gives the position of that. */
    public String delete(String path) {
        return delete(path, Write.plain());
    }

    /** Deletes a resource; gives the position of that. */
    public String delete(String path, Write how) {
        return new Stored<>(path, etag(write("DELETE", path, null, JSON, how))).position();
    }

    /** Several writes, all or nothing. */
    public List<Done> batch(List<Operation> operations) {
        return batch(operations, Write.plain());
    }

    /** Several writes, all or nothing. */
    public List<Done> batch(List<Operation> operations, Write how) {
        ObjectNode body = requests.mapper().createObjectNode();
        ArrayNode all = body.putArray("operations");
        operations.forEach(operation -> all.add(tree(operation)));
        var results = new ArrayList<Done>();
        for (JsonNode one : tree(write("POST", "/api/_batch", body, JSON, how)).path("results")) {
            results.add(new Done(
                    one.path("status").asInt(0),
                    text(one, "etag"),
                    text(one, "location"),
                    one.optional("body")));
        }
        return results;
    }

    private ObjectNode tree(Operation operation) {
        ObjectNode tree = requests.mapper().createObjectNode();
        tree.put("method", operation.method()).put("url", operation.path());
        if (operation.body() != null) {
            tree.set("body", requests.mapper().<JsonNode>valueToTree(operation.body()));
        }
        if (operation.ifMatch() != null) {
            tree.put("if-match", operation.ifMatch());
        }
        if (operation.isNew()) {
            tree.put("if-none-match", "*");
        }
        return tree;
    }

    /** What happens at a URL from now on; nothing is connected until somebody subscribes. */
    public <T> Watch<T> watch(String path, Class<T> type) {
        return new Watch<>(this, path, new Telling<>(requests.mapper(), type), null);
    }

    /** What is at a URL, kept up to date from now on. */
    public <T> Live<T> live(String path, Class<T> type) {
        return new Live<>(this, path, new Telling<>(requests.mapper(), type));
    }

    /** Whether this client wrote what is told, if its write had no {@code requestId} of its own. */
    public boolean isOwn(Change change) {
        return change.origin().filter(origin -> origin.startsWith(name)).isPresent();
    }

    /** Ends all watches, which are told, and closes what the client has made for itself. */
    @Override
    public void close() {
        isClosed = true;
        followers.forEach(Follower::close);
        closing.run();
    }

    Follower follow(String path, @Nullable String since, Audience audience) {
        var follower = new Follower(surroundings, path, since, audience);
        followers.add(follower);
        if (isClosed) {
            follower.close();
        }
        return follower;
    }

    void forget(Follower follower) {
        followers.remove(follower);
    }

    Surroundings surroundings() {
        return surroundings;
    }

    private HttpResponse<byte[]> write(
            String method, String path, @Nullable Object value, String form, Write how) {
        var headers = new HashMap<String, String>();
        byte[] body = value == null ? null : requests.mapper().writeValueAsBytes(value);
        if (body != null) {
            headers.put("Content-Type", form);
        }
        putIfGiven(headers, "If-Match", how.ifMatch());
        putIfGiven(headers, "If-None-Match", how.isNew() ? "*" : null);
        putIfGiven(headers, "Idempotency-Key", how.idempotencyKey());
        String id = how.requestId();
        headers.put("Request-Id", id != null ? id : name + writes.incrementAndGet());
        try {
            return requests.send(method, path, headers, body);
        } catch (Problem problem) {
            if (!CONFLICTS.contains(problem.status())) {
                throw problem;
            }
            throw conflict(problem, place(method, path, value));
        }
    }

    private static void putIfGiven(
            Map<String, String> headers, String header, @Nullable String value) {
        if (value != null) {
            headers.put(header, value);
        }
    }

    /** Where the resource is that a write is about, or null where only the server knows its id. */
    private @Nullable String place(String method, String path, @Nullable Object value) {
        if (!method.equals("POST")) {
            return path;
        }
        JsonNode tree = requests.mapper().valueToTree(value);
        return tree.path("id").isString() ? path + "/" + tree.path("id").asString() : null;
    }

    private Conflict conflict(Problem problem, @Nullable String place) {
        Stored<JsonNode> current = null;
        try {
            current = place == null ? null : get(place, JsonNode.class);
        } catch (Problem | UncheckedIOException unknown) {
            // Then there is nothing to show; that it is a conflict is certain.
        }
        return new Conflict(problem, current);
    }

    private <T> Stored<T> stored(HttpResponse<byte[]> answer, Class<T> type) {
        return new Stored<>(requests.mapper().readValue(answer.body(), type), etag(answer));
    }

    private static String etag(HttpResponse<byte[]> answer) {
        return answer.headers().firstValue("ETag").orElse("\"\"");
    }

    private JsonNode tree(HttpResponse<byte[]> answer) {
        return requests.mapper().readTree(answer.body());
    }

    /** What a value is read as again; of trees it is any tree. */
    @SuppressWarnings("unchecked")
    private static <T> Class<T> typeOf(T value) {
        Class<?> type = value instanceof Map ? Map.class : value.getClass();
        return (Class<T>) type;
    }

    private static Optional<String> text(JsonNode node, String member) {
        return Optional.ofNullable(node.path(member).asString(null));
    }
}
