package dev.genstore.checks;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PackageTree;

import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.regex.Pattern;

/** Names of types, packages and tests. */
final class NameInspection extends Inspection {
    private static final Pattern EMPTY_TYPE_NAME =
            Pattern.compile(".*(Impl|Utils?|Manager|Helper)");
    private static final Pattern EMPTY_PACKAGE_NAME =
            Pattern.compile("(.*\\.)?(util|common|impl)(\\..*)?");
    private static final Pattern SENTENCE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)+");
    private static final Set<String> TEST_ANNOTATIONS =
            Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "TestTemplate");

    NameInspection(Source source) {
        super(source);
    }

    @Override
    public @Nullable Void visitPackage(PackageTree tree, Integer depth) {
        String name = tree.getPackageName().toString();
        if (EMPTY_PACKAGE_NAME.matcher(name).matches()) {
            report(TidyRule.PACKAGE_NAME, tree, "package " + name);
        }
        return super.visitPackage(tree, depth);
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, Integer depth) {
        if (EMPTY_TYPE_NAME.matcher(type.getSimpleName()).matches()) {
            report(TidyRule.TYPE_NAME, type, "type " + type.getSimpleName());
        }
        return super.visitClass(type, depth);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, Integer depth) {
        boolean isTest = method.getModifiers().getAnnotations().stream()
                .map(AnnotationTree::getAnnotationType)
                .anyMatch(type -> TEST_ANNOTATIONS.contains(type.toString()));
        if (isTest && !SENTENCE.matcher(method.getName()).matches()) {
            report(TidyRule.TEST_NAME, method, "test " + method.getName());
        }
        return super.visitMethod(method, depth);
    }
}
