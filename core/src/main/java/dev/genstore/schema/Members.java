package dev.genstore.schema;

import dev.genstore.query.TextPattern;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Keywords that ask about the members of an object. */
final class Members {
    private final Source schema;
    private final Node node;
    private final SchemaReader reader;

    private Members(Source schema, Node node, SchemaReader reader) {
        this.schema = schema;
        this.node = node;
        this.reader = reader;
    }

    /** Reads these keywords into a node. */
    static void read(Source schema, Node node, SchemaReader reader) {
        var members = new Members(schema, node, reader);
        members.required();
        members.properties();
        members.names();
        members.dependencies();
        members.bounds("minProperties", true);
        members.bounds("maxProperties", false);
        members.others();
    }

    /** What each member must fit, by its name, by patterns, or because it is one of the others. */
    private record Each(
            Map<String, Node> named,
            Map<TextPattern, Node> patterned,
            @Nullable Node others) implements Rule {
        @Override
        public boolean fits(Look look) {
            boolean fits = true;
            for (Map.Entry<String, JsonNode> member : look.value().properties()) {
                if (!fits && look.run().hasEnough()) {
                    return false;
                }
                fits &= fits(look, member.getKey(), member.getValue());
            }
            return fits;
        }

        private boolean fits(Look look, String name, JsonNode value) {
            boolean fits = true;
            boolean isOther = true;
            Node own = named.get(name);
            if (own != null) {
                isOther = false;
                fits = look.partFits(name, value, own);
            }
            for (Map.Entry<TextPattern, Node> pattern : patterned.entrySet()) {
                look.run().step(1 + pattern.getKey().steps(name));
                if (pattern.getKey().isIn(name)) {
                    isOther = false;
                    fits &= look.partFits(name, value, pattern.getValue());
                }
            }
            if (isOther && others != null) {
                fits = look.partFits(name, value, others);
            }
            if (!isOther || others != null) {
                look.seen().member(name);
            }
            return fits;
        }
    }

    private void properties() {
        Map<String, Node> named = schemas("properties");
        Map<TextPattern, Node> patterned = new LinkedHashMap<>();
        if (schema.has("patternProperties")) {
            Source patterns = schema.at("patternProperties");
            for (String pattern : patterns.names()) {
                Source at = patterns.at(pattern);
                patterned.put(at.pattern(pattern), reader.node(at));
            }
        }
        Node others = schema.has("additionalProperties")
                ? reader.node(schema.at("additionalProperties"))
                : null;
        if (!named.isEmpty() || !patterned.isEmpty() || others != null) {
            node.add(new Each(named, patterned, others));
        }
    }

    private Map<String, Node> schemas(String keyword) {
        Map<String, Node> schemas = new LinkedHashMap<>();
        if (schema.has(keyword)) {
            Source members = schema.at(keyword);
            members.names().forEach(name -> schemas.put(name, reader.node(members.at(name))));
        }
        return schemas;
    }

    private void required() {
        if (schema.has("required")) {
            Set<String> names = schema.at("required").texts();
            node.add(look -> !look.value().isObject() || hasAll(look, names));
        }
    }

    private static boolean hasAll(Look look, Set<String> names) {
        boolean fits = true;
        look.run().step(names.size());
        for (String name : names) {
            fits &= look.require(look.value().has(name), name, "This member is missing.");
        }
        return fits;
    }

    private void names() {
        if (!schema.has("propertyNames")) {
            return;
        }
        Node names = reader.node(schema.at("propertyNames"));
        node.add(look -> {
            boolean fits = true;
            for (String name : look.value().propertyNames()) {
                boolean named = look.run()
                        .silently(() -> look.partFits(name, StringNode.valueOf(name), names));
                fits &= look.require(named, name, "No member may have this name.");
            }
            return fits;
        });
    }

    private void dependencies() {
        if (schema.has("dependentRequired")) {
            Source at = schema.at("dependentRequired");
            Map<String, Set<String>> needs = new HashMap<>();
            at.names().forEach(name -> needs.put(name, at.at(name).texts()));
            node.add(look -> {
                boolean fits = true;
                for (Map.Entry<String, Set<String>> need : needs.entrySet()) {
                    fits &= !look.value().has(need.getKey()) || hasAll(look, need.getValue());
                }
                return fits;
            });
        }
        schemas("dependentSchemas").forEach((name, dependent) -> {
            node.asks(dependent);
            node.add(look -> !look.value().has(name) || look.fits(dependent));
        });
    }

    private void bounds(String keyword, boolean isLeast) {
        if (!schema.has(keyword)) {
            return;
        }
        int bound = schema.at(keyword).count();
        String detail = "Must have at " + (isLeast ? "least " : "most ") + bound
                + (bound == 1 ? " member." : " members.");
        node.add(look -> !look.value().isObject()
                || look.require(
                        isLeast ? look.value().size() >= bound : look.value().size() <= bound,
                        detail));
    }

    private void others() {
        if (!schema.has("unevaluatedProperties")) {
            return;
        }
        Node others = reader.node(schema.at("unevaluatedProperties"));
        reader.askWhatWasSeen();
        node.addLast(look -> {
            boolean fits = true;
            for (Map.Entry<String, JsonNode> member : look.value().properties()) {
                String name = member.getKey();
                fits &= look.seen().hasMember(name)
                        || look.partFits(name, member.getValue(), others);
                look.seen().member(name);
            }
            return fits;
        });
    }
}
