package dev.genstore.checks.harness;

import dev.genstore.query.FilterCompiler;
import dev.genstore.resource.ProblemType;

/** What tests need of filters. */
public final class Filters {
    /** For servers of parts, where nobody writes any. */
    public static final FilterCompiler NONE = expression -> {
        throw ProblemType.INVALID_PARAMETER.because("No filters here: " + expression);
    };

    private Filters() {}
}
