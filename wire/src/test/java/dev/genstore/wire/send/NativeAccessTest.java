package dev.genstore.wire.send;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The choice in programs whose JVM was not told to enable native access. */
class NativeAccessTest {
    @TempDir
    private Path folder;

    private record Run(SenderKind kind, String output) {}

    @Test
    void the_jvm_never_warns_of_a_sender() throws Exception {
        Run run = choose("--illegal-native-access=warn");
        assertThat(run.kind()).isEqualTo(Kinds.working().getFirst());
        assertThat(run.output()).doesNotContain("dev.genstore");
    }

    @Test
    void where_native_access_is_denied_the_channel_is_left() throws Exception {
        Run run = choose("--illegal-native-access=deny");
        assertThat(run.kind()).isEqualTo(SenderKind.CHANNEL);
        assertThat(run.output()).doesNotContain("dev.genstore");
    }

    private Run choose(String option) throws IOException, InterruptedException {
        Path label = folder.resolve("label");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        option,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChoosingProgram.class.getName(),
                        label.toString()))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return new Run(SenderKind.labelled(Files.readString(label)), output);
    }
}
