package dev.genstore.schema;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Keywords that ask other schemas about the same value. */
final class Choices {
    private final Source schema;
    private final Node node;
    private final SchemaReader reader;

    private Choices(Source schema, Node node, SchemaReader reader) {
        this.schema = schema;
        this.node = node;
        this.reader = reader;
    }

    /** Reads these keywords into a node. */
    static void read(Source schema, Node node, SchemaReader reader) {
        var choices = new Choices(schema, node, reader);
        choices.all();
        choices.any();
        choices.one();
        choices.not();
        choices.when();
    }

    private void all() {
        for (Node each : nodes("allOf")) {
            node.add(look -> look.fits(each));
        }
    }

    /** What was seen counts of each that fits, so none is left out. */
    private void any() {
        List<Node> nodes = nodes("anyOf");
        if (!nodes.isEmpty()) {
            node.add(look -> look.require(
                    fitting(look, nodes) > 0,
                    "Must fit one of the " + nodes.size() + " forms that are allowed here."));
        }
    }

    private void one() {
        List<Node> nodes = nodes("oneOf");
        if (!nodes.isEmpty()) {
            node.add(look -> {
                long count = fitting(look, nodes);
                return look.require(
                        count == 1,
                        "Must fit exactly one of the " + nodes.size()
                                + " forms that are allowed here; it fits " + count + ".");
            });
        }
    }

    private static long fitting(Look look, List<Node> nodes) {
        return nodes.stream().filter(look::wouldFit).count();
    }

    private void not() {
        if (schema.has("not")) {
            Node refused = ask("not");
            node.add(look -> {
                var apart = new Look(look.value(), look.where(), look.run(), Seen.UNASKED);
                return look.require(
                        !apart.wouldFit(refused), "Must not have the form that is refused here.");
            });
        }
    }

    private void when() {
        @Nullable Node then = schema.has("then") ? ask("then") : null;
        @Nullable Node otherwise = schema.has("else") ? ask("else") : null;
        if (schema.has("if")) {
            Node condition = ask("if");
            node.add(look -> {
                Node next = look.wouldFit(condition) ? then : otherwise;
                return next == null || look.fits(next);
            });
        }
    }

    private Node ask(String keyword) {
        Node asked = reader.node(schema.at(keyword));
        node.asks(asked);
        return asked;
    }

    private List<Node> nodes(String keyword) {
        if (!schema.has(keyword)) {
            return List.of();
        }
        List<Node> nodes =
                schema.at(keyword).elements().stream().map(reader::node).toList();
        nodes.forEach(node::asks);
        return nodes;
    }
}
