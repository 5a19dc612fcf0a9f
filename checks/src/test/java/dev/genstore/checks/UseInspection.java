package dev.genstore.checks;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.Tree;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.regex.Pattern;

/** Uses of what main code or tests must not use. A static import hides nothing: it is seen too. */
final class UseInspection extends Inspection {
    /** Where printing is the task. */
    private static final List<String> PRINTERS = List.of(
            "server/src/main/java/dev/genstore/server/Main.java",
            "server/src/main/java/dev/genstore/server/cli/");

    private static final Pattern PRINTING = Pattern.compile("(.*\\.)?System\\.(out|err)");
    private static final Pattern SLEEPING = Pattern.compile(
            "(.*\\.)?(Thread|TimeUnit|(NANO|MICRO|MILLI)?SECONDS|MINUTES|HOURS|DAYS)\\.sleep");
    private static final Pattern SKIPPING_ANNOTATION =
            Pattern.compile("(.*\\.)?(Disabled|Enabled(If|On|For)|Ignore).*");
    private static final Pattern SKIPPING_NAME = Pattern.compile("Assumptions|assum(e|ing)[A-Z].*");

    UseInspection(Source source) {
        super(source);
    }

    @Override
    public @Nullable Void visitMemberSelect(MemberSelectTree tree, Integer depth) {
        String text = tree.toString();
        if (source().isMain() && !mayPrint() && PRINTING.matcher(text).matches()) {
            report(TidyRule.PRINTING, tree, text);
        }
        if (source().isTest() && SLEEPING.matcher(text).matches()) {
            report(TidyRule.SLEEPING, tree, text);
        }
        reportSkipping(tree, tree.getIdentifier());
        return super.visitMemberSelect(tree, depth);
    }

    @Override
    public @Nullable Void visitIdentifier(IdentifierTree tree, Integer depth) {
        reportSkipping(tree, tree.getName());
        return super.visitIdentifier(tree, depth);
    }

    @Override
    public @Nullable Void visitAnnotation(AnnotationTree tree, Integer depth) {
        String name = tree.getAnnotationType().toString();
        if (source().isTest() && SKIPPING_ANNOTATION.matcher(name).matches()) {
            report(TidyRule.SKIPPING, tree, "@" + name);
        }
        return super.visitAnnotation(tree, depth);
    }

    private void reportSkipping(Tree place, CharSequence name) {
        if (source().isTest() && SKIPPING_NAME.matcher(name).matches()) {
            report(TidyRule.SKIPPING, place, name.toString());
        }
    }

    private boolean mayPrint() {
        return PRINTERS.stream().anyMatch(source().path()::startsWith);
    }
}
