package dev.genstore.query;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Makes loops ready to be tested. Each turn is paid for in steps. */
final class Loops {
    private Loops() {}

    static Condition of(Term.Loop loop) {
        Operand of = Operands.of(loop.of());
        Condition condition = Conditions.of(loop.condition());
        var body = new Body(condition, loop.level(), Canonical.parts(loop.condition()));
        return scope -> {
            JsonNode value = of.value(scope);
            return switch (value) {
                case ArrayNode list -> run(loop.quantifier(), list, body, scope);
                case ObjectNode object -> run(loop.quantifier(), names(object, scope), body, scope);
                case null, default -> Truth.ERROR;
            };
        };
    }

    /**
     * What is tested for each element.
     *
     * @param steps what a turn costs besides what it spends itself
     */
    private record Body(Condition condition, int level, int steps) {
        Truth test(JsonNode element, Scope scope) {
            scope.spend(steps);
            scope.stand(level, element);
            return condition.test(scope);
        }
    }

    private static ArrayNode names(ObjectNode object, Scope scope) {
        scope.spend(object.size());
        var names = JsonNodeFactory.instance.arrayNode(object.size());
        object.propertyNames().forEach(name -> names.add(StringNode.valueOf(name)));
        return names;
    }

    private static Truth run(Term.Quantifier quantifier, ArrayNode list, Body body, Scope scope) {
        return switch (quantifier) {
            case ANY -> all(list, Truth.FALSE, body, scope);
            case ALL -> all(list, Truth.TRUE, body, scope);
            case ONE -> one(list, body, scope);
        };
    }

    /** As {@code &&} and {@code ||} have it. */
    private static Truth all(ArrayNode list, Truth sought, Body body, Scope scope) {
        Truth result = sought;
        for (JsonNode element : list) {
            Truth truth = body.test(element, scope);
            if (truth == Truth.ERROR) {
                result = truth;
            } else if (truth != sought) {
                return truth;
            }
        }
        return result;
    }

    private static Truth one(ArrayNode list, Body body, Scope scope) {
        int found = 0;
        for (JsonNode element : list) {
            Truth truth = body.test(element, scope);
            if (truth == Truth.ERROR) {
                return truth;
            }
            found += truth == Truth.TRUE ? 1 : 0;
        }
        return Truth.of(found == 1);
    }
}
