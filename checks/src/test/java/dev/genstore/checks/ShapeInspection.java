package dev.genstore.checks;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LambdaExpressionTree.BodyKind;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;

import org.jspecify.annotations.Nullable;

/** Sizes and depths. */
final class ShapeInspection extends Inspection {
    private static final int METHOD_LINES_MAX = 40;
    private static final int FILE_LINES_MAX = 400;
    private static final int NESTING_MAX = 3;

    ShapeInspection(Source source) {
        super(source);
    }

    @Override
    public @Nullable Void visitCompilationUnit(CompilationUnitTree unit, Integer depth) {
        if (source().lines() > FILE_LINES_MAX) {
            report(TidyRule.FILE_LENGTH, unit, "the file has " + source().lines() + " lines");
        }
        return super.visitCompilationUnit(unit, depth);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, Integer depth) {
        if (source().lines(method) > METHOD_LINES_MAX) {
            report(
                    TidyRule.METHOD_LENGTH,
                    method,
                    method.getName() + " has " + source().lines(method) + " lines");
        }
        return super.visitMethod(method, depth);
    }

    @Override
    public @Nullable Void scan(@Nullable Tree tree, Integer depth) {
        if (tree == null) {
            return null;
        }
        int inside = depthInside(tree, depth);
        if (inside > depth && inside == NESTING_MAX + 1) {
            report(TidyRule.NESTING, tree, "this block is the " + inside + "th level");
        }
        return super.scan(tree, inside);
    }

    /** An {@code else if} goes on beside its {@code if}, not inside it. */
    @Override
    public @Nullable Void visitIf(IfTree tree, Integer depth) {
        scan(tree.getCondition(), depth);
        scan(tree.getThenStatement(), depth);
        return scan(
                tree.getElseStatement(),
                tree.getElseStatement() instanceof IfTree ? depth - 1 : depth);
    }

    private static int depthInside(Tree tree, int depth) {
        return switch (tree.getKind()) {
            case IF,
                    FOR_LOOP,
                    ENHANCED_FOR_LOOP,
                    WHILE_LOOP,
                    DO_WHILE_LOOP,
                    TRY,
                    SWITCH,
                    SWITCH_EXPRESSION -> depth + 1;
            case LAMBDA_EXPRESSION ->
                ((LambdaExpressionTree) tree).getBodyKind() == BodyKind.STATEMENT
                        ? depth + 1
                        : depth;
            case METHOD, CLASS, INTERFACE, ENUM, RECORD, ANNOTATION_TYPE -> 0;
            default -> depth;
        };
    }
}
