package dev.genstore.query;

import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import java.util.List;
import java.util.Objects;

/**
 * A resource as conditions see it: as a client does, the server's members included. It is parsed when
 * it is first asked for a member of the client's.
 *
 * <p>Confined to one thread.
 */
public final class Document {
    private static final List<String> SERVERS_MEMBERS =
            List.of("id", "_revision", "_created", "_updated");

    private final @Nullable Resource resource;
    private final int lengthBytes;
    private @Nullable JsonNode members;

    public Document(Resource resource) {
        this.resource = resource;
        this.lengthBytes = resource.members().bytes().length;
    }

    private Document(ObjectNode members, int lengthBytes) {
        this.resource = null;
        this.lengthBytes = lengthBytes;
        this.members = members;
    }

    /**
     * Anything else that conditions may look into.
     *
     * @param lengthBytes what it was made of, for what looking into it may cost
     */
    static Document of(ObjectNode members, int lengthBytes) {
        return new Document(members, lengthBytes);
    }

    /** The resource that it is; of anything else there is none. */
    public Resource resource() {
        return Objects.requireNonNull(resource, "resource");
    }

    /** What stands at this path; the null of JSON where nothing does. */
    public JsonNode at(List<String> path) {
        JsonNode found = find(path);
        return found == null ? NullNode.getInstance() : found;
    }

    /** What stands at this path, if anything does. */
    public @Nullable JsonNode find(List<String> path) {
        JsonNode found = member(path.get(0));
        for (int i = 1; i < path.size() && found != null; i++) {
            found = found.get(path.get(i));
        }
        return found;
    }

    /** The member of the resource that has this name, if there is one. */
    @Nullable JsonNode member(String name) {
        return resource == null ? members().get(name) : member(name, resource);
    }

    private @Nullable JsonNode member(String name, Resource of) {
        return switch (name) {
            case "id" -> StringNode.valueOf(of.id());
            case "_revision" -> LongNode.valueOf(of.revision());
            case "_created" -> StringNode.valueOf(Resource.time(of.createdMillis()));
            case "_updated" -> StringNode.valueOf(Resource.time(of.updatedMillis()));
            default -> members().get(name);
        };
    }

    int lengthBytes() {
        return lengthBytes;
    }

    /** Parses it now, not when it is asked. */
    public void parse() {
        members();
    }

    /** The whole, as a client sees it. */
    public ObjectNode tree() {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        SERVERS_MEMBERS.forEach(name -> whole.set(name, member(name)));
        return whole.setAll((ObjectNode) members());
    }

    private JsonNode members() {
        if (members == null) {
            members = resource().members().tree();
        }
        return members;
    }
}
