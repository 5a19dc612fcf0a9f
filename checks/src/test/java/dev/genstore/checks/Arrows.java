package dev.genstore.checks;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The arrows of ARCHITECTURE.md: which area of Genstore may know which. An area is the first package
 * below {@code dev.genstore}, with everything in it. One that is not named here may not exist.
 */
final class Arrows extends ArchCondition<JavaClass> {
    static final String ROOT = "dev.genstore.";
    static final Set<String> CORE =
            Set.of("resource", "query", "router", "store", "action", "changelog", "hub");

    private static final Map<String, Set<String>> ALLOWED = new TreeMap<>(Map.of(
            "resource", Set.of(),
            "query", Set.of("resource"),
            "router", Set.of("query", "resource"),
            "store", Set.of("query", "resource"),
            "action", Set.of("router", "store", "query", "resource"),
            "changelog", Set.of("store", "query", "resource"),
            "hub", Set.of("changelog", "store", "query", "resource"),
            "sqlite", Set.of("store", "query", "resource"),
            "wire", Set.of("hub", "router", "query", "resource"),
            "testkit", CORE));

    static {
        ALLOWED.put("schema", Set.of("store", "query", "resource"));
        ALLOWED.put("client", Set.of());
        ALLOWED.put("cel", Set.of("query", "resource"));
        ALLOWED.put("apidocs", Set.of("router", "store", "query", "resource"));
        ALLOWED.put("console", Set.of("router", "resource"));
        ALLOWED.put("auth", Set.of("router", "query", "resource"));
        ALLOWED.put("embedded", with(CORE, "apidocs", "auth", "cel", "schema", "sqlite", "wire"));
        ALLOWED.put(
                "server",
                with(
                        CORE,
                        "apidocs",
                        "auth",
                        "cel",
                        "console",
                        "schema",
                        "sqlite",
                        "wire",
                        "embedded"));
    }

    Arrows() {
        super("know only what the arrows of ARCHITECTURE.md point to");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        String from = area(type);
        Set<String> allowed = ALLOWED.get(from);
        if (allowed == null) {
            events.add(violated(type, type.getName() + " is in an area without arrows: " + from));
            return;
        }
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            String to = area(dependency.getTargetClass());
            if (!to.isEmpty() && !to.equals(from) && !allowed.contains(to)) {
                events.add(violated(
                        dependency,
                        from + " must not know " + to + ": " + dependency.getDescription()));
            }
        }
    }

    private static String area(JavaClass type) {
        String name = type.getPackageName() + ".";
        return name.startsWith(ROOT) ? name.substring(ROOT.length()).replaceFirst("\\..*", "") : "";
    }

    private static Set<String> with(Set<String> areas, String... more) {
        Set<String> all = new HashSet<>(areas);
        all.addAll(Set.of(more));
        return Set.copyOf(all);
    }
}
