package dev.genstore.cel;

import dev.cel.common.ast.CelExpr;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;

import java.util.Map;

/**
 * Where the parts of an expression stand in its text. Lines and columns are counted from 1, columns in
 * characters (code points). Immutable.
 */
final class Places {
    private final int[] text;
    private final Map<Long, Integer> offsets;

    /**
     * The places in a text.
     *
     * @param offsets where each part stands, in code points; an operator's part at its sign
     */
    Places(String text, Map<Long, Integer> offsets) {
        this.text = text.codePoints().toArray();
        this.offsets = offsets;
    }

    /** A problem with a part of the expression. */
    Problem problem(CelExpr part, String detail) {
        int offset = start(part);
        int line = 1;
        int column = 1;
        for (int i = 0; i < offset; i++) {
            boolean isEnd = text[i] == '\n';
            line += isEnd ? 1 : 0;
            column = isEnd ? 1 : column + 1;
        }
        return problem(line, column, detail);
    }

    static Problem problem(int line, int column, String detail) {
        return ProblemType.INVALID_FILTER.because(
                "Line " + line + ", column " + column + ": " + detail);
    }

    /** The parser puts a call at its parenthesis; people look at its name. */
    private int start(CelExpr part) {
        int offset = offsets.getOrDefault(part.id(), 0);
        if (part.getKind() != CelExpr.ExprKind.Kind.CALL
                || offset >= text.length
                || text[offset] != '(') {
            return offset;
        }
        int end = offset;
        while (end > 0 && Character.isWhitespace(text[end - 1])) {
            end--;
        }
        return Math.max(0, end - part.call().function().length());
    }
}
