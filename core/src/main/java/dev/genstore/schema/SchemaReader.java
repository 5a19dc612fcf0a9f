package dev.genstore.schema;

import tools.jackson.databind.JsonNode;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads a schema. References lead to other parts of the same document only, and are followed when all
 * of it was read. Confined to one reading.
 */
final class SchemaReader {
    private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

    /** What older drafts had, and what has its place now: ignoring it would let everything through. */
    private static final Map<String, String> OLDER = Map.of(
            "dependencies", "dependentRequired or dependentSchemas",
            "additionalItems", "items beside prefixItems",
            "$recursiveRef", "$dynamicRef",
            "$recursiveAnchor", "$dynamicAnchor");

    private final JsonNode document;
    private final Map<String, Node> parts = new LinkedHashMap<>();
    private final Map<String, Node> anchors = new HashMap<>();
    private final Deque<Runnable> references = new ArrayDeque<>();
    private boolean asksWhatWasSeen;

    SchemaReader(JsonNode document) {
        this.document = document;
    }

    /**
     * The whole schema.
     *
     * @throws dev.genstore.resource.Problem 400 that points to what is wrong
     */
    Node read() {
        Node root = node(new Source(document, ""));
        for (Runnable next = references.poll(); next != null; next = references.poll()) {
            next.run();
        }
        Set<Node> done = new HashSet<>();
        for (Map.Entry<String, Node> part : parts.entrySet()) {
            if (comesBack(part.getValue(), new HashSet<>(), done)) {
                throw new Source(document, part.getKey())
                        .wrong("This schema asks itself about the same value, without an end.");
            }
        }
        return root;
    }

    /** Remembers that some keyword is about what others have not looked at. */
    void askWhatWasSeen() {
        asksWhatWasSeen = true;
    }

    boolean asksWhatWasSeen() {
        return asksWhatWasSeen;
    }

    /** The schema that stands here. */
    Node node(Source source) {
        Node known = parts.get(source.pointer());
        if (known != null) {
            return known;
        }
        if (parts.size() == SchemaLimits.PARTS_MAX) {
            throw source.wrong(
                    "A schema has at most " + SchemaLimits.PARTS_MAX + " schemas inside it.");
        }
        var node = new Node();
        parts.put(source.pointer(), node);
        fill(node, source);
        return node;
    }

    private void fill(Node node, Source source) {
        if (source.json().isBoolean()) {
            boolean allows = source.json().booleanValue();
            node.add(look -> look.require(allows, "This is not allowed here."));
        } else if (source.json().isObject()) {
            refuse(source);
            identify(node, source);
            Values.read(source, node);
            Elements.read(source, node, this);
            Members.read(source, node, this);
            Choices.read(source, node, this);
            refer(node, source, "$ref");
            refer(node, source, "$dynamicRef");
        } else {
            throw source.wrong("A schema is an object, true or false.");
        }
    }

    private static void refuse(Source source) {
        OLDER.forEach((keyword, instead) -> {
            if (source.has(keyword)) {
                throw source.at(keyword)
                        .wrong("This keyword is of an older draft; use " + instead + ".");
            }
        });
        if (source.has("$schema")
                && !source.at("$schema").text().replaceFirst("#$", "").equals(DRAFT)) {
            throw source.at("$schema").wrong("Schemas are of draft 2020-12: " + DRAFT + ".");
        }
        if (source.has("$id") && !source.pointer().isEmpty()) {
            throw source.at("$id")
                    .wrong("A schema is one document; refer to its parts by #/$defs/… or $anchor.");
        }
    }

    /** Remembers the names that it can be referred to by, and reads what is only there for that. */
    private void identify(Node node, Source source) {
        for (String keyword : Set.of("$anchor", "$dynamicAnchor")) {
            if (source.has(keyword) && anchors.put(source.at(keyword).text(), node) != null) {
                throw source.at(keyword).wrong("Another schema has this anchor.");
            }
        }
        if (source.has("$defs")) {
            Source parts = source.at("$defs");
            parts.names().forEach(name -> node(parts.at(name)));
        }
    }

    private void refer(Node node, Source source, String keyword) {
        if (source.has(keyword)) {
            Source at = source.at(keyword);
            String target = at.text();
            references.add(() -> {
                Node referred = find(target, at);
                node.asks(referred);
                node.add(look -> look.fits(referred));
            });
        }
    }

    private Node find(String target, Source at) {
        if (!target.startsWith("#")) {
            throw at.wrong(
                    "Nothing is fetched: a reference begins with # and leads to a part of the"
                            + " same schema.");
        }
        String fragment = decoded(target.substring(1), at);
        if (fragment.isEmpty() || fragment.startsWith("/")) {
            return node(part(fragment, at));
        }
        Node anchor = anchors.get(fragment);
        if (anchor == null) {
            throw at.wrong("There is no $anchor " + fragment + " in this schema.");
        }
        return anchor;
    }

    private static String decoded(String fragment, Source at) {
        try {
            return URLDecoder.decode(fragment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw at.wrong("The escapes in this reference are malformed.");
        }
    }

    private Source part(String pointer, Source at) {
        var part = new Source(document, "");
        for (String step :
                pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
            String name = step.replace("~1", "/").replace("~0", "~");
            boolean exists = part.json().isArray()
                    ? name.matches("0|[1-9][0-9]{0,8}")
                            && Integer.parseInt(name) < part.json().size()
                    : part.json().has(name);
            if (!exists) {
                throw at.wrong("There is nothing at " + pointer + " in this schema.");
            }
            part = part.at(name);
        }
        return part;
    }

    /**
     * Whether asking it about a value comes to asking somebody twice about the same value.
     *
     * @param open who has been asked on the way to it
     * @param done who is known to come to an end
     */
    private static boolean comesBack(Node node, Set<Node> open, Set<Node> done) {
        if (done.contains(node)) {
            return false;
        }
        if (!open.add(node)) {
            return true;
        }
        boolean found = node.asked().stream().anyMatch(asked -> comesBack(asked, open, done));
        open.remove(node);
        done.add(node);
        return found;
    }
}
