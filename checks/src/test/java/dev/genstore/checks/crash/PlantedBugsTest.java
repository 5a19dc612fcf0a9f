package dev.genstore.checks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.crash.Complaint.Kind;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.time.Duration;

/** The checks that {@link KillTest} relies on can fail: each kind of bug, planted, is named. */
class PlantedBugsTest {
    private static final int CHANGES = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "LOSES_EVENT, EVENT_LOST",
        "DOUBLES_EVENT, EVENT_DOUBLED",
        "SWAPS_EVENTS, OUT_OF_ORDER"
    })
    void a_bug_in_what_is_told_is_caught(Fault fault, Kind kind) throws Exception {
        try (Ordeal ordeal = Ordeal.begin(FaultyServer.launch(folder, fault), 1)) {
            ordeal.awaitChanges(CHANGES);
            for (Transport transport : Transport.values()) {
                ordeal.joinFromTheStart(transport).seen().await(CHANGES, PATIENCE);
            }
            ordeal.kill();
            ordeal.start(Launch.serve(folder));
            assertThat(ordeal.complaints()).extracting(Complaint::kind).contains(kind);
        }
    }

    /** Told early, one change is enough; of those that are answered early, the answers must arrive. */
    @ParameterizedTest
    @CsvSource({"TELLS_EARLY, 1, TOLD_BEFORE_DURABLE", "ANSWERS_EARLY, 20, WRITE_LOST"})
    void a_bug_in_what_is_durable_is_caught(Fault fault, int unsound, Kind kind) throws Exception {
        try (Ordeal ordeal = Ordeal.begin(FaultyServer.launch(folder, fault), 1)) {
            ordeal.awaitChanges(Fault.SOUND_CHANGES + unsound);
            ordeal.kill();
            ordeal.start(Launch.serve(folder));
            assertThat(ordeal.complaints()).extracting(Complaint::kind).contains(kind);
        }
    }
}
