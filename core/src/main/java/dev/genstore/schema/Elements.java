package dev.genstore.schema;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Keywords that ask about the elements of an array. */
final class Elements {
    private final Source schema;
    private final Node node;
    private final SchemaReader reader;

    private Elements(Source schema, Node node, SchemaReader reader) {
        this.schema = schema;
        this.node = node;
        this.reader = reader;
    }

    /** Reads these keywords into a node. */
    static void read(Source schema, Node node, SchemaReader reader) {
        var elements = new Elements(schema, node, reader);
        elements.items();
        elements.contains();
        elements.bounds("minItems", true);
        elements.bounds("maxItems", false);
        elements.unique();
        elements.others();
    }

    private void items() {
        List<Node> first = new ArrayList<>();
        if (schema.has("prefixItems")) {
            schema.at("prefixItems").elements().forEach(each -> first.add(reader.node(each)));
        }
        Node rest = schema.has("items") ? reader.node(schema.at("items")) : null;
        if (!first.isEmpty() || rest != null) {
            node.add(look -> eachFits(look, first, rest));
        }
    }

    private static boolean eachFits(Look look, List<Node> first, @Nullable Node rest) {
        if (!look.value().isArray()) {
            return true;
        }
        int size = look.value().size();
        int end = rest == null ? Math.min(size, first.size()) : size;
        boolean fits = true;
        for (int i = 0; i < end && (fits || !look.run().hasEnough()); i++) {
            Node element = i < first.size() || rest == null ? first.get(i) : rest;
            fits &= look.partFits(Integer.toString(i), look.value().get(i), element);
        }
        look.seen().elementsBelow(end);
        return fits;
    }

    private void contains() {
        if (!schema.has("contains")) {
            return;
        }
        Node wanted = reader.node(schema.at("contains"));
        int least = schema.has("minContains") ? schema.at("minContains").count() : 1;
        int most = schema.has("maxContains") ? schema.at("maxContains").count() : Integer.MAX_VALUE;
        String words = most == Integer.MAX_VALUE ? "at least " + least : least + " to " + most;
        node.add(look -> {
            if (!look.value().isArray()) {
                return true;
            }
            int found = count(look, wanted);
            return look.require(
                    found >= least && found <= most,
                    "Must have " + words + " elements of the kind that is asked for; it has "
                            + found + ".");
        });
    }

    private static int count(Look look, Node wanted) {
        int found = 0;
        for (int i = 0; i < look.value().size(); i++) {
            String name = Integer.toString(i);
            var element = look.value().get(i);
            if (look.run().silently(() -> look.partFits(name, element, wanted))) {
                look.seen().element(i);
                found++;
            }
        }
        return found;
    }

    private void bounds(String keyword, boolean isLeast) {
        if (!schema.has(keyword)) {
            return;
        }
        int bound = schema.at(keyword).count();
        String detail = "Must have at " + (isLeast ? "least " : "most ") + bound
                + (bound == 1 ? " element." : " elements.");
        node.add(look -> !look.value().isArray()
                || look.require(
                        isLeast ? look.value().size() >= bound : look.value().size() <= bound,
                        detail));
    }

    private void unique() {
        if (schema.has("uniqueItems") && schema.at("uniqueItems").flag()) {
            node.add(look -> !look.value().isArray() || isUnique(look));
        }
    }

    private static boolean isUnique(Look look) {
        look.run().step(2L * Sizes.of(look.value()));
        Set<String> known = new HashSet<>();
        for (int i = 0; i < look.value().size(); i++) {
            if (!known.add(Sizes.text(look.value().get(i)))) {
                return look.require(
                        false, Integer.toString(i), "Must be different from those before it.");
            }
        }
        return true;
    }

    private void others() {
        if (!schema.has("unevaluatedItems")) {
            return;
        }
        Node others = reader.node(schema.at("unevaluatedItems"));
        reader.askWhatWasSeen();
        node.addLast(look -> {
            boolean fits = true;
            for (int i = 0; i < look.value().size() && look.value().isArray(); i++) {
                boolean isSeen = look.seen().hasElement(i);
                fits &= isSeen
                        || look.partFits(Integer.toString(i), look.value().get(i), others);
            }
            look.seen().elementsBelow(look.value().isArray() ? look.value().size() : 0);
            return fits;
        });
    }
}
