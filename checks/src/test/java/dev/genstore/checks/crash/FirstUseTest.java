package dev.genstore.checks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.crash.Copied.Ended;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

/** When {@code ./genstore} builds, and what it says; the build and the JDK are only their looks. */
@Timeout(60)
class FirstUseTest {
    private static final String BUILD = """
            #!/bin/sh
            echo built >>builds
            echo 'a wall of log'
            mkdir -p server/target/genstore/lib
            : >server/target/genstore/lib/genstore-server-1.jar
            """;

    @TempDir
    private Path home;

    private Copied copied;

    @BeforeEach
    void copyLauncher() throws IOException {
        copied = Copied.into(home, home.resolve("jdk"), BUILD);
        Files.createDirectories(home.resolve("jdk/bin"));
        Files.writeString(home.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
        copied.program("jdk/bin/javac", "#!/bin/sh\n");
        copied.program("jdk/bin/java", "#!/bin/sh\necho \"java $*\"\n");
    }

    @Test
    void it_is_built_once_and_says_so_in_one_line() throws Exception {
        Ended first = start("./genstore serve --port 1");
        assertThat(first.err()).matches("Building Genstore \\(first use.*\\)… done in \\d+ s\n");
        assertThat(first.out()).startsWith("java ").endsWith(" serve --port 1\n");
        Ended second = start("./genstore serve --port 1");
        assertThat(second).isEqualTo(new Ended(0, first.out(), ""));
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void it_is_built_again_when_its_sources_have_changed() throws Exception {
        start("./genstore");
        Files.setLastModifiedTime(
                home.resolve("core/src/main/Some.java"),
                FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(start("./genstore").err()).startsWith("Building Genstore (its sources have");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void a_build_that_fails_shows_its_end_and_is_tried_again() throws Exception {
        copied.program("mvnw", "#!/bin/sh\necho 'what went wrong'\nexit 1\n");
        Ended failed = start("./genstore");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).contains("could not be built").endsWith("what went wrong\n");
        assertThat(failed.out()).isEmpty();
        copied.program("mvnw", BUILD);
        assertThat(start("./genstore").code()).isZero();
    }

    /** In a container that was killed and started again, both have the same process id. */
    @Test
    void what_a_start_that_was_killed_has_left_keeps_nobody_waiting() throws Exception {
        String leave = "mkdir target; ln -s $$ target/genstore-build.lock; ";
        assertThat(start(leave + "exec ./genstore").code()).isZero();
        assertThat(start("rm -r server/target; exec ./genstore").code()).isZero();
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void a_folder_may_have_any_name_where_no_locale_is_set_or_installed() throws Exception {
        copied.program("jdk/bin/java", "#!/bin/sh\necho \"$LC_ALL\"\n");
        String unset = "unset LC_ALL LC_CTYPE LANG; ";
        for (String locale : List.of("", "LC_ALL=C ", "LANG=POSIX ", "LANG=xx_XX.UTF-8 ")) {
            assertThat(start(unset + locale + "exec ./genstore").out())
                    .as(locale)
                    .isEqualTo("C.UTF-8\n");
        }
    }

    private Ended start(String command) throws Exception {
        return copied.start(command);
    }

    private long builds() throws IOException {
        return Files.readAllLines(home.resolve("builds")).size();
    }
}
