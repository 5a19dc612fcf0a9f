package dev.genstore.store;

import dev.genstore.query.Authority;
import dev.genstore.query.Filter;
import dev.genstore.query.Rule;
import dev.genstore.query.RuleCompiler;
import dev.genstore.resource.Names;
import dev.genstore.resource.Problem;
import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;

/**
 * The read rule of a definition. It is compiled when the first one is asked about by it: a start with
 * many rules need not wait for that.
 *
 * <p>Thread-safe.
 */
final class ReadRule {
    private static final Logger LOG = LoggerFactory.getLogger(ReadRule.class);

    private final long revision;
    private final String path;
    private final String expression;
    private final RuleCompiler compiler;
    private volatile @Nullable Rule compiled;

    private ReadRule(Resource definition, long revision, String expression, RuleCompiler compiler) {
        this.revision = revision;
        this.path = definition.path();
        this.expression = expression;
        this.compiler = compiler;
    }

    /** The one that this definition makes, or null when it has none. */
    static @Nullable ReadRule of(Resource definition, RuleCompiler compiler) {
        return of(definition, definition.revision(), compiler);
    }

    /**
     * The one of this definition, or null when it has none.
     *
     * @param revision behind which it is so
     */
    static @Nullable ReadRule of(Resource definition, long revision, RuleCompiler compiler) {
        String expression = expression(definition);
        return expression == null ? null : new ReadRule(definition, revision, expression, compiler);
    }

    /** What a definition says of it; null when that is nothing. */
    static @Nullable String expression(Resource definition) {
        if (!definition.collection().equals(Names.DEFINITIONS)) {
            throw new IllegalArgumentException("no definition: " + definition.path());
        }
        JsonNode expression = definition.members().tree().path("rules").path("read");
        return expression.isString() ? expression.stringValue() : null;
    }

    /** Whether it lets the same people see the same. */
    boolean saysTheSameAs(ReadRule other) {
        return expression.equals(other.expression) || rule().equals(other.rule());
    }

    /** The revision behind which it is so. */
    long revision() {
        return revision;
    }

    /** What somebody sees. */
    Filter filter(Authority by) {
        return rule().filter(by);
    }

    private Rule rule() {
        Rule known = compiled;
        if (known == null) {
            known = compile();
            compiled = known;
        }
        return known;
    }

    /** One that another version of the program has stored may not be understood, and lets nobody. */
    private Rule compile() {
        try {
            return Rules.compile("read", expression, compiler);
        } catch (Problem problem) {
            LOG.error("The read rule of {} can't be used: {}", path, problem.detail());
            return Rule.NEVER;
        }
    }
}
