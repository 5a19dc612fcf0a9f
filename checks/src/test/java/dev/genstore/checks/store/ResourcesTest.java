package dev.genstore.checks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.store.Precondition;
import dev.genstore.store.Resources;
import dev.genstore.store.Retention;
import dev.genstore.store.Writer;
import dev.genstore.testkit.ManualClock;
import dev.genstore.testkit.MemoryDisk;
import dev.genstore.testkit.MemoryStorage;

import org.junit.jupiter.api.Test;

import java.util.Random;

/** {@link Resources}, for a program that embeds the store; nobody commits what it writes. */
class ResourcesTest {
    private static final int RESOURCE_BYTES_MAX = 20;

    private final MemoryStorage storage = new MemoryDisk(new Random(3)).open();
    private final Resources resources = new Resources(
            storage,
            new Writer(
                    storage, Writer.Setup.of(Retention.DEFAULT, new ManualClock(), durable -> {})),
            () -> "7",
            RESOURCE_BYTES_MAX);

    @Test
    void who_is_interrupted_while_it_writes_is_told_when_to_come_back() {
        Thread.currentThread().interrupt();
        Problem problem = refused("{}");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(problem.type()).isEqualTo(ProblemType.STOPPING);
        assertThat(problem.headers()).containsEntry("Retry-After", "1");
    }

    @Test
    void what_the_program_itself_writes_is_no_longer_than_what_a_client_may_write() {
        String longest = "{\"a\":\"" + "x".repeat(RESOURCE_BYTES_MAX - 8) + "\"}";
        assertThat(resources.draft(longest.getBytes(UTF_8)).members()).hasToString(longest);
        String tooLong = longest.replace("\"}", "x\"}");
        assertThat(refused(tooLong).type()).isEqualTo(ProblemType.BODY_TOO_LARGE);
        Problem refused = catchThrowableOfType(
                Problem.class, () -> resources.create("notes", tooLong.getBytes(UTF_8)));
        assertThat(refused.type()).isEqualTo(ProblemType.BODY_TOO_LARGE);
    }

    private Problem refused(String json) {
        return catchThrowableOfType(
                Problem.class,
                () -> resources.put("notes", "7", json.getBytes(UTF_8), Precondition.NONE));
    }
}
