package dev.genstore.checks;

import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;

import java.util.ArrayList;
import java.util.List;

/**
 * A walk through one source that collects findings. The number handed down is the depth of nested
 * blocks; walks that do not care for it pass it on.
 */
abstract class Inspection extends TreeScanner<Void, Integer> {
    private final Source source;
    private final List<Finding> findings = new ArrayList<>();

    Inspection(Source source) {
        this.source = source;
    }

    /** Everything that is untidy in {@code source}. */
    static List<Finding> of(Source source) {
        return List.of(
                        new ShapeInspection(source),
                        new NameInspection(source),
                        new UseInspection(source))
                .stream()
                .flatMap(inspection -> inspection.run().stream())
                .toList();
    }

    final Source source() {
        return source;
    }

    final void report(TidyRule rule, Tree place, String what) {
        findings.add(new Finding(rule, source.path(), source.line(place), what));
    }

    private List<Finding> run() {
        scan(source.unit(), 0);
        return findings;
    }
}
