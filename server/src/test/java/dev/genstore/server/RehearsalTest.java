package dev.genstore.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

class RehearsalTest {
    @Test
    void it_serves_every_usual_request_and_stops(@TempDir Path folder) {
        var said = new StringWriter();
        assertThat(Rehearsal.in(folder, new PrintWriter(said))).isZero();
        assertThat(said.toString()).startsWith("Genstore listens on ");
        assertThat(folder.resolve("data")).isNotEmptyDirectory();
    }
}
