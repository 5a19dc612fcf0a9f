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
import java.util.Arrays;
import java.util.Map;

/** What {@code ./genstore} does with what a rehearsal left; the JDK is real, the server only looks. */
@Timeout(120)
class QuickStartTest {
    private static final String MAIN = """
            package dev.genstore.server;
            class Main {
                public static void main(String[] arguments) {
                    System.out.println("serving");
                }
            }
            """;
    private static final String REHEARSAL = """
            package dev.genstore.server;
            class Rehearsal {
                public static void main(String[] arguments) {
                    Main.main(arguments);
                    System.exit(new java.io.File("fails").exists() ? 1 : 0);
                }
            }
            """;
    private static final String BUILD = """
            #!/bin/sh
            set -e
            lib=server/target/genstore/lib
            mkdir -p classes "$lib"
            "$JAVA_HOME/bin/javac" -d classes Main.java Rehearsal.java
            "$JAVA_HOME/bin/jar" --create --file "$lib/genstore-server-1.jar" -C classes .
            """;
    private static final Ended SERVED = new Ended(0, "serving\n", "");
    private static final String GETS_READY = "Getting Genstore ready .*… done in \\d+ s\n";

    @TempDir
    private Path home;

    private Copied copied;
    private Path cache;

    @BeforeEach
    void copyLauncher() throws IOException {
        copied = Copied.into(home, Path.of(System.getProperty("java.home")), BUILD);
        Files.writeString(home.resolve("Main.java"), MAIN);
        Files.writeString(home.resolve("Rehearsal.java"), REHEARSAL);
        cache = home.resolve("server/target/genstore/genstore.aot");
    }

    @Test
    void it_rehearses_in_the_build_and_starts_with_what_it_learned() throws Exception {
        assertThat(start().err()).matches("Building Genstore .*… done in \\d+ s\n");
        assertThat(start()).isEqualTo(SERVED);
        String loaded = start("-Xlog:class+load").out();
        assertThat(loaded).containsPattern("dev.genstore.server.Main source: shared objects file");
        assertThat(start("-Xshare:off")).isEqualTo(SERVED);
    }

    @Test
    void a_cache_that_is_missing_or_cut_off_stops_no_start_and_is_no_news() throws Exception {
        start();
        byte[] whole = Files.readAllBytes(cache);
        byte[][] cut = {{}, new byte[5000], Arrays.copyOf(whole, whole.length / 2)};
        for (byte[] bytes : cut) {
            Files.write(cache, bytes);
            assertThat(start()).isEqualTo(SERVED);
        }
        Files.delete(cache);
        assertThat(start()).isEqualTo(SERVED);
    }

    @Test
    void a_cache_for_other_jars_or_another_setting_of_the_jvm_is_no_news() throws Exception {
        start();
        assertThat(start("-XX:ObjectAlignmentInBytes=16")).isEqualTo(SERVED);
        assertThat(start("-XX:-UseSerialGC -XX:+UseZGC")).isEqualTo(SERVED);
        Files.setLastModifiedTime(
                home.resolve("server/target/genstore/lib/genstore-server-1.jar"),
                FileTime.from(Instant.EPOCH.plusSeconds(1)));
        // Without sources it neither builds nor rehearses.
        Files.delete(home.resolve("pom.xml"));
        assertThat(start()).isEqualTo(SERVED);
    }

    @Test
    void it_rehearses_again_for_another_jdk() throws Exception {
        start();
        Files.writeString(home.resolve("server/target/genstore/genstore.aot.jdk"), "JDK 24");
        Files.writeString(cache, "of JDK 24");
        assertThat(start().err()).matches(GETS_READY);
        assertThat(Files.size(cache)).isGreaterThan(1_000_000);
        assertThat(start()).isEqualTo(SERVED);
    }

    @Test
    void a_rehearsal_that_fails_stops_no_start_and_is_not_tried_at_each() throws Exception {
        Files.createFile(home.resolve("fails"));
        assertThat(start().out()).isEqualTo("serving\n");
        assertThat(start()).isEqualTo(SERVED);
        assertThat(cache).doesNotExist();
    }

    /** The bytes of an unfinished one never have the name of a whole one. */
    @Test
    void what_a_killed_rehearsal_left_is_cleared_away_by_the_next() throws Exception {
        start();
        Path left = cache.resolveSibling("genstore.aot.4711");
        Files.move(cache, left);
        Files.delete(cache.resolveSibling("genstore.aot.jdk"));
        assertThat(start().err()).matches(GETS_READY);
        assertThat(left).doesNotExist();
        assertThat(cache).exists();
    }

    private Ended start() throws Exception {
        return start("");
    }

    private Ended start(String options) throws Exception {
        return copied.start("exec ./genstore", Map.of("GENSTORE_JAVA_OPTS", options));
    }
}
