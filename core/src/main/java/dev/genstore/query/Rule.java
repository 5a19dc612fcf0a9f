package dev.genstore.query;

import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import java.util.List;
import java.util.Map;

/**
 * A condition on who does something and on what he does it to. In its term the names that it speaks
 * of come first: {@code resource.owner} is the member {@code owner} of the member {@code resource}.
 * Two are equal when they trivially mean the same.
 *
 * <p>Immutable.
 */
public final class Rule {
    /** Who asks. */
    public static final String AUTH = "auth";

    /** The resource as it is stored. */
    public static final String RESOURCE = "resource";

    /** The resource as it would be. */
    public static final String NEXT = "next";

    /** What stands in the URL where its template has variables. */
    public static final String PATH = "path";

    /** Lets everybody. */
    public static final Rule ALWAYS = new Rule(new Term.And(List.of()));

    /** Lets nobody. */
    public static final Rule NEVER = new Rule(new Term.Or(List.of()));

    private final Term term;

    private Rule(Term canonical) {
        this.term = canonical;
    }

    /** The rule that this term says. */
    public static Rule of(Term term) {
        return new Rule(Canonical.condition(term));
    }

    /** Lets those whose credentials have this scope. */
    public static Rule ofScope(String scope) {
        return of(new Term.In(
                new Term.Constant(StringNode.valueOf(scope)), Term.Member.of(AUTH, "scopes")));
    }

    /**
     * The condition on resources that it is for somebody. What it says of him alone is decided here, so
     * those for whom it comes to the same see through equal filters.
     */
    public Filter filter(Authority by) {
        return by.isAll() ? Filter.ALL : new Decision(by.auth(), true).filter(term);
    }

    /** Whether it lets somebody make this of that; null where there is nothing. */
    public boolean lets(Authority by, @Nullable Resource resource, @Nullable Resource next) {
        if (by.isAll()) {
            return true;
        }
        Filter left = new Decision(by.auth(), false).filter(term);
        return isDecided(left) ? left.isAll() : left.matches(document(resource, next));
    }

    /** Whether what it says of somebody, this and that is an error, and so lets nobody. */
    public boolean fails(Authority by, @Nullable Resource resource, @Nullable Resource next) {
        if (by.isAll()) {
            return false;
        }
        Filter left = new Decision(by.auth(), false).whole(term);
        return left.truth(Scope.of(document(resource, next))) == Truth.ERROR;
    }

    /** Whether it lets somebody use a URL in which this stands where its template has variables. */
    public boolean lets(Authority by, Map<String, String> path) {
        if (by.isAll()) {
            return true;
        }
        Filter left = new Decision(by.auth(), false).filter(term);
        ObjectNode variables = JsonNodeFactory.instance.objectNode();
        path.forEach(variables::put);
        ObjectNode known = JsonNodeFactory.instance.objectNode();
        known.set(PATH, variables);
        return isDecided(left) ? left.isAll() : left.matches(Document.of(known, 0));
    }

    private static boolean isDecided(Filter left) {
        return left.isAll() || left.isNone();
    }

    private static Document document(@Nullable Resource resource, @Nullable Resource next) {
        ObjectNode known = JsonNodeFactory.instance.objectNode();
        int lengthBytes = add(RESOURCE, resource, known) + add(NEXT, next, known);
        return Document.of(known, lengthBytes);
    }

    private static int add(String name, @Nullable Resource resource, ObjectNode known) {
        if (resource == null) {
            return 0;
        }
        var document = new Document(resource);
        known.set(name, document.tree());
        return document.lengthBytes();
    }

    /** About how much memory it takes. */
    public long weightBytes() {
        return 100L * Canonical.parts(term);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Rule rule && term.equals(rule.term);
    }

    @Override
    public int hashCode() {
        return term.hashCode();
    }

    @Override
    public String toString() {
        return term.toString();
    }
}
