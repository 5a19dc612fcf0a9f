package dev.genstore.cel;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;

/** The library's reading of an expression, which is not held against anything. */
final class PlainCel {
    private static final CelParser PARSER = CelParserFactory.standardCelParserBuilder()
            .setOptions(CelOptions.current().retainRepeatedUnaryOperators(true).build())
            .build();

    private PlainCel() {}

    /** The parts of an expression that can be parsed. */
    static CelExpr parse(String expression) {
        try {
            return PARSER.parse(expression).getAst().getExpr();
        } catch (CelValidationException failure) {
            throw new AssertionError("let in: " + expression, failure);
        }
    }
}
