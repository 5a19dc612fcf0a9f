package dev.genstore.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.tools.ToolProvider;

/** Holds the compiled classes of all modules to ARCHITECTURE.md. */
class ArchitectureTest {
    private static final ArchRule NO_CYCLES =
            slices().matching("dev.genstore.(**)").should().beFreeOfCycles().allowEmptyShould(true);
    private static final ArchRule ARROWS = classes().should(new Arrows()).allowEmptyShould(true);
    private static final ArchRule BARE_CORE = noClasses()
            .that()
            .resideInAnyPackage(Arrows.CORE.stream()
                    .map(area -> Arrows.ROOT + area + "..")
                    .toArray(String[]::new))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "java.sql..", "javax.sql..")
            .allowEmptyShould(true);

    private static final JavaClasses GENSTORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.genstore");

    @Test
    void packages_have_no_cycles() {
        NO_CYCLES.check(GENSTORE);
    }

    @Test
    void packages_know_only_what_the_arrows_point_to() {
        ARROWS.check(GENSTORE);
    }

    @Test
    void the_core_knows_neither_netty_nor_jdbc() {
        BARE_CORE.check(GENSTORE);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void each_rule_can_fail(ArchRule rule, List<String> sources, @TempDir Path folder)
            throws IOException {
        assertThat(rule.evaluate(compile(sources, folder)).hasViolation()).isTrue();
    }

    static List<Arguments> wrong() {
        return List.of(
                Arguments.of(
                        NO_CYCLES,
                        List.of(
                                "wire; public class A { dev.genstore.wire.sse.B b; }",
                                "wire.sse; public class B { dev.genstore.wire.A a; }")),
                Arguments.of(
                        ARROWS,
                        List.of(
                                "hub; public class A { dev.genstore.action.B b; }",
                                "action; public class B { }")),
                Arguments.of(ARROWS, List.of("elsewhere; public class A { }")),
                Arguments.of(BARE_CORE, List.of("store; class A { java.sql.Connection b; }")),
                Arguments.of(BARE_CORE, List.of("hub; class A { io.netty.buffer.ByteBuf b; }")));
    }

    @Test
    void an_arrow_may_be_used(@TempDir Path folder) throws IOException {
        List<String> sources = List.of(
                "hub; public class A { dev.genstore.changelog.B b; org.slf4j.Logger log; }",
                "changelog; public class B { }");
        JavaClasses allowed = compile(sources, folder);
        assertThat(List.of(NO_CYCLES, ARROWS, BARE_CORE))
                .noneMatch(rule -> rule.evaluate(allowed).hasViolation());
    }

    /**
     * Compiles classes and reads them back. Each source begins in the middle of its package's name,
     * and its class has one letter.
     */
    private static JavaClasses compile(List<String> sources, Path folder) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-d", folder.toString()));
        for (String source : sources) {
            Path file = folder.resolve(source.replaceFirst(".* class (\\w).*", "$1.java"));
            Files.writeString(file, "package " + Arrows.ROOT + source);
            arguments.add(file.toString());
        }
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, arguments.toArray(String[]::new));
        assertThat(status).isZero();
        return new ClassFileImporter().importPath(folder);
    }
}
