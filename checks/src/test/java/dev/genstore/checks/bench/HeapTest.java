package dev.genstore.checks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** What a JVM allocates is seen from outside of it: here by asking the one that runs this test. */
class HeapTest {
    private static final int PIECE_BYTES = 1 << 20;
    private static final int PIECES = 64;

    private final List<byte[]> pieces = new ArrayList<>();
    private final Process reader = start();
    private final BufferedReader told = reader.inputReader();

    private static Process start() {
        try {
            return new ProcessBuilder(
                            System.getProperty("java.home") + "/bin/java",
                            Bench.folder().resolve("heap/Allocated.java").toString(),
                            Long.toString(ProcessHandle.current().pid()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @AfterEach
    void stop() {
        reader.destroyForcibly().onExit().join();
    }

    @Test
    void what_a_thread_allocates_is_counted_in_all_and_under_its_name() throws IOException {
        assertThat(told.readLine()).isEqualTo("ready");
        List<String> before = ask();
        for (int i = 0; i < PIECES; i++) {
            pieces.add(new byte[PIECE_BYTES]);
        }
        List<String> after = ask();
        long bytes = (long) PIECES * PIECE_BYTES;
        assertThat(all(after) - all(before)).isGreaterThan(bytes);
        assertThat(own(after) - own(before)).isBetween(bytes, bytes + bytes / 8);
        assertThat(pieces).hasSize(PIECES);
    }

    @Test
    void what_asking_costs_is_not_counted() {
        String script = """
                import sys; sys.path.insert(0, sys.argv[1])
                from driver import heap
                begin = heap.parse(['1000', '100 genstore-hub', '50 RMI TCP Connection(1)-x'])
                end = heap.parse(['5000', '600 genstore-hub', '7 loop-1', '1050 RMI Scheduler(0)'])
                print(heap.between(begin, end))
                """;
        assertThat(Bench.run(List.of("python3", "-c", script, Bench.folder().toString())))
                .isEqualTo("{'bytes': 3000, 'threads': {'hub': 500, 'loop': 7}}\n");
    }

    private List<String> ask() throws IOException {
        Writer asking = reader.outputWriter();
        asking.write('\n');
        asking.flush();
        var lines = new ArrayList<String>();
        for (String line = told.readLine(); !line.isEmpty(); line = told.readLine()) {
            lines.add(line);
        }
        return lines;
    }

    private static long all(List<String> lines) {
        return Long.parseLong(lines.getFirst());
    }

    private static long own(List<String> lines) {
        String end = " " + Thread.currentThread().getName();
        return lines.stream()
                .filter(line -> line.endsWith(end))
                .mapToLong(line -> Long.parseLong(line.substring(0, line.indexOf(' '))))
                .findFirst()
                .orElseThrow();
    }
}
