package dev.genstore.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import dev.genstore.query.Filter;
import dev.genstore.query.FilterCompiler;
import dev.genstore.query.FilterLimits;
import dev.genstore.query.Rule;
import dev.genstore.query.RuleCompiler;
import dev.genstore.query.Term;

import java.util.Set;

/**
 * Makes filters and rules of expressions in CEL. The library parses; what an expression means, and
 * which are refused, is said by {@link Translation}. Filters that were asked for lately are kept, as
 * the same few come with every request.
 *
 * <p>Thread-safe. The library is not loaded before the first filter.
 */
public final class CelCompiler implements FilterCompiler, RuleCompiler {
    private static final int FILTERS_KEPT = 1_000;

    private final RecentFilters recent = new RecentFilters(FILTERS_KEPT);

    /** Loaded with the first filter: a server that is never asked for one need not know of it. */
    private static final class Library {
        /** Without its macros, whose expansion would hide what was written. Thread-safe. */
        static final CelParser PARSER = CelParserFactory.standardCelParserBuilder()
                .setOptions(CelOptions.current()
                        .maxExpressionCodePointSize(FilterLimits.LENGTH_MAX)
                        .maxParseRecursionDepth(FilterLimits.DEPTH_MAX)
                        .maxParseErrorRecoveryLimit(1)
                        .retainRepeatedUnaryOperators(true)
                        .build())
                .build();
    }

    @Override
    public Filter compile(String expression) {
        Filter known = recent.get(expression);
        if (known != null) {
            return known;
        }
        Filter filter = Filter.of(translate(expression, Names.OF_FILTER));
        recent.put(expression, filter);
        return filter;
    }

    @Override
    public Rule compile(String expression, Set<String> names) {
        return Rule.of(translate(expression, Names.ofRule(names)));
    }

    private static Term translate(String expression, Names names) {
        if (expression.length() > FilterLimits.LENGTH_MAX) {
            throw Places.problem(
                    1, 1, "A filter has at most " + FilterLimits.LENGTH_MAX + " characters.");
        }
        if (expression.isBlank()) {
            throw Places.problem(1, 1, "The filter is empty; leave it out to get everything.");
        }
        CelAbstractSyntaxTree tree = parse(expression);
        var places = new Places(expression, tree.getSource().getPositionsMap());
        return new Translation(places, names).condition(tree.getExpr());
    }

    private static CelAbstractSyntaxTree parse(String expression) {
        try {
            return Library.PARSER.parse(expression).getAst();
        } catch (CelValidationException failure) {
            throw SyntaxWords.problem(failure.getErrors());
        }
    }
}
