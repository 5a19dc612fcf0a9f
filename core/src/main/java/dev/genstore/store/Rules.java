package dev.genstore.store;

import dev.genstore.query.Rule;
import dev.genstore.query.RuleCompiler;
import dev.genstore.resource.JsonPointer;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;

import tools.jackson.databind.JsonNode;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may do what with the resources of a collection. What has no rule is for nobody.
 *
 * <p>Immutable.
 *
 * @param read on the resource
 * @param create on the resource as it would be
 * @param update on the resource as it is and as it would be
 * @param delete on the resource as it is
 */
public record Rules(Rule read, Rule create, Rule update, Rule delete) {
    /** Nobody may do anything. */
    public static final Rules NONE = new Rules(Rule.NEVER, Rule.NEVER, Rule.NEVER, Rule.NEVER);

    /** What each of them may speak of. */
    private static final Map<String, Set<String>> NAMES = Map.of(
            "read", Set.of(Rule.AUTH, Rule.RESOURCE),
            "create", Set.of(Rule.AUTH, Rule.NEXT),
            "update", Set.of(Rule.AUTH, Rule.RESOURCE, Rule.NEXT),
            "delete", Set.of(Rule.AUTH, Rule.RESOURCE));

    /**
     * Reads the rules of a definition.
     *
     * @throws Problem 400 {@code invalid-definition} that points to what is wrong
     */
    static Rules read(JsonNode json, RuleCompiler compiler) {
        if (!json.isObject()) {
            throw wrong("", "Rules are an object.");
        }
        json.propertyNames().forEach(Rules::requireKnown);
        return new Rules(
                rule("read", json, compiler),
                rule("create", json, compiler),
                rule("update", json, compiler),
                rule("delete", json, compiler));
    }

    private static void requireKnown(String name) {
        if (!NAMES.containsKey(name)) {
            throw wrong(
                    JsonPointer.to(name),
                    "There is no such rule; there are "
                            + String.join(", ", new TreeSet<>(NAMES.keySet())) + ".");
        }
    }

    private static Rule rule(String name, JsonNode json, RuleCompiler compiler) {
        JsonNode expression = json.get(name);
        if (expression == null) {
            return Rule.NEVER;
        }
        if (!expression.isString() || expression.stringValue().isBlank()) {
            throw wrong("/" + name, "A rule is an expression in CEL, such as \"true\".");
        }
        try {
            return compile(name, expression.stringValue(), compiler);
        } catch (Problem problem) {
            throw wrong("/" + name, problem.detail());
        }
    }

    /**
     * The rule of this name.
     *
     * @throws Problem 400 that says where the expression is wrong
     */
    static Rule compile(String name, String expression, RuleCompiler compiler) {
        return compiler.compile(expression, NAMES.getOrDefault(name, Set.of()));
    }

    private static Problem wrong(String pointer, String detail) {
        return ProblemType.INVALID_DEFINITION.at("/rules" + pointer, detail);
    }

    /** About how much memory they take. */
    long weightBytes() {
        return read.weightBytes()
                + create.weightBytes()
                + update.weightBytes()
                + delete.weightBytes();
    }
}
