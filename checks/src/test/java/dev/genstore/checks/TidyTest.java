package dev.genstore.checks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/** Holds all sources to the rules of STYLE.md that a machine can judge. */
class TidyTest {
    private static final String MAIN = "core/src/main/java/A.java";
    private static final String TEST = "core/src/test/java/ATest.java";
    private static final String COMMAND_LINE =
            "server/src/main/java/dev/genstore/server/cli/Serve.java";

    @Test
    void every_source_is_tidy() {
        assertThat(Source.ofProject().stream().flatMap(source -> Inspection.of(source).stream()))
                .isEmpty();
    }

    @Test
    void the_sources_of_this_module_are_among_those_that_are_inspected() {
        assertThat(Source.ofProject())
                .extracting(Source::path)
                .contains("checks/src/test/java/dev/genstore/checks/TidyTest.java");
    }

    @ParameterizedTest
    @MethodSource({"badlyShaped", "badlyNamed", "badlyBehaved"})
    void each_rule_can_fail(TidyRule rule, String path, String text) {
        assertThat(Inspection.of(Source.of(path, text)))
                .extracting(Finding::rule)
                .containsExactly(rule);
    }

    static List<Arguments> badlyShaped() {
        return List.of(
                Arguments.of(
                        TidyRule.METHOD_LENGTH,
                        MAIN,
                        "class A { void b() {" + "\n".repeat(40) + "} }"),
                Arguments.of(
                        TidyRule.NESTING,
                        MAIN,
                        method("if (a) for (;;) while (b) try { c(); } finally { }")),
                Arguments.of(
                        TidyRule.NESTING,
                        MAIN,
                        method("if (a) b(() -> { switch (c) { default: if (d) e(); } });")),
                Arguments.of(TidyRule.FILE_LENGTH, MAIN, "class A { }" + "\n".repeat(401)));
    }

    static List<Arguments> badlyNamed() {
        return List.of(
                Arguments.of(TidyRule.TYPE_NAME, MAIN, "class A { interface BManager { } }"),
                Arguments.of(TidyRule.TYPE_NAME, MAIN, "record AUtils() { }"),
                Arguments.of(TidyRule.PACKAGE_NAME, MAIN, "package a.util.b; class A { }"),
                Arguments.of(TidyRule.TEST_NAME, TEST, "class A { @Test void aWatcher() { } }"),
                Arguments.of(
                        TidyRule.TEST_NAME,
                        TEST,
                        "class A { @ParameterizedTest void watcher() { } }"));
    }

    static List<Arguments> badlyBehaved() {
        return List.of(
                Arguments.of(TidyRule.PRINTING, MAIN, method("System.out.println();")),
                Arguments.of(
                        TidyRule.PRINTING, MAIN, "import static java.lang.System.err; class A { }"),
                Arguments.of(TidyRule.SLEEPING, TEST, method("Thread.sleep(1);")),
                Arguments.of(
                        TidyRule.SLEEPING,
                        TEST,
                        method("java.util.concurrent.TimeUnit.DAYS.sleep(1);")),
                Arguments.of(
                        TidyRule.SLEEPING,
                        TEST,
                        "import static java.lang.Thread.sleep; class A { }"),
                Arguments.of(TidyRule.SKIPPING, TEST, "class A { @Disabled void b() { } }"),
                Arguments.of(
                        TidyRule.SKIPPING, TEST, "class A { @EnabledOnOs(LINUX) void b() { } }"),
                Arguments.of(TidyRule.SKIPPING, TEST, method("assumeTrue(b);")),
                Arguments.of(
                        TidyRule.SKIPPING,
                        TEST,
                        "import org.junit.jupiter.api.Assumptions; class A { }"));
    }

    @ParameterizedTest
    @MethodSource("tidy")
    void what_is_allowed_is_not_found(String path, String text) {
        assertThat(Inspection.of(Source.of(path, text))).isEmpty();
    }

    static List<Arguments> tidy() {
        return List.of(
                Arguments.of(MAIN, "class A { void b() {" + "\n".repeat(39) + "} }"),
                Arguments.of(
                        MAIN,
                        method("if (a) b(); else if (c) d(); else if (e) f(); else for (;;) g();")),
                Arguments.of(
                        MAIN,
                        method("if (a) for (;;) while (b) new C() { void d() { if (e) f(); } };")),
                Arguments.of(MAIN, method("Thread.sleep(1);")),
                Arguments.of(COMMAND_LINE, method("System.err.println();")),
                Arguments.of(
                        TEST,
                        "class A { @Test void a_slow_watcher_delays_nobody() { clock.sleep(1); } }"));
    }

    private static String method(String statements) {
        return "class A { void method() { " + statements + " } }";
    }
}
