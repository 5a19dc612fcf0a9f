package dev.genstore.sqlite;

import static dev.genstore.sqlite.Tampering.commit;
import static dev.genstore.sqlite.Tampering.failure;
import static dev.genstore.sqlite.Tampering.head;
import static dev.genstore.sqlite.Tampering.note;
import static dev.genstore.sqlite.Tampering.notes;
import static dev.genstore.sqlite.Tampering.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.genstore.resource.Json;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.store.Edit;
import dev.genstore.store.Precondition;
import dev.genstore.store.Retention;
import dev.genstore.store.StorageException.Kind;
import dev.genstore.store.Write;
import dev.genstore.store.Writer;
import dev.genstore.store.WriterSetup;
import dev.genstore.testkit.Chronicle;
import dev.genstore.testkit.ManualClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** A full disk stops writing and nothing else. */
class FullDiskTest {
    private static final String BODY = "{\"text\":\"" + "long ".repeat(2_000) + "\"}";
    private static final int PAGES = 60;
    private static final int NO_LIMIT = Integer.MAX_VALUE;

    @TempDir
    Path folder;

    private SqliteStorage storage;

    @BeforeEach
    void openStorage() {
        storage = open(folder);
    }

    @AfterEach
    void closeStorage() {
        storage.close();
    }

    @Test
    void the_ledger_tells_that_the_disk_is_full_and_goes_on_when_it_is_not() {
        var chronicle = new Chronicle();
        commit(storage, chronicle.create("notes", "small", "{}"));
        storage.limitPages(PAGES);
        storage.ledger().begin();
        failure(Kind.FULL, () -> appendWithoutEnd(chronicle.copy()));
        assertThat(note(storage, "small")).isNotNull();
        storage.ledger().recover();
        storage.ledger().begin();
        failure(Kind.FULL, () -> appendWithoutEnd(chronicle.copy()));
        storage.ledger().recover();
        storage.limitPages(NO_LIMIT);
        commit(storage, chronicle.create("notes", "large", BODY));
        assertThat(head(storage)).isEqualTo(2);
        assertThat(notes(storage)).hasSize(2);
    }

    @Test
    void a_writer_answers_507_while_the_disk_is_full_and_nothing_that_it_took_is_lost()
            throws Exception {
        var setup = WriterSetup.of(Retention.DEFAULT, new ManualClock(), changes -> {});
        var writer = new Writer(storage, setup);
        storage.limitPages(PAGES);
        List<String> taken = new ArrayList<>();
        Problem refusal = writeUntilRefused(writer, taken);
        assertThat(refusal.type()).isEqualTo(ProblemType.STORAGE_FULL);
        storage.limitPages(NO_LIMIT);
        write(writer, "afterwards").get();
        taken.add("afterwards");
        reopen();
        assertThat(notes(storage))
                .extracting(resource -> resource.id())
                .containsExactlyInAnyOrderElementsOf(taken);
        assertThat(head(storage)).isEqualTo(taken.size());
    }

    private Problem writeUntilRefused(Writer writer, List<String> taken) {
        for (int id = 0; ; id++) {
            Future<?> answer = write(writer, Integer.toString(id));
            var failure = catchThrowableOfType(ExecutionException.class, answer::get);
            if (failure != null) {
                return (Problem) Objects.requireNonNull(failure.getCause());
            }
            taken.add(Integer.toString(id));
        }
    }

    private static Future<?> write(Writer writer, String id) {
        var edit = new Edit.Create(Json.trusted(BODY.getBytes(StandardCharsets.UTF_8)));
        Future<?> answer = writer.submit(new Write("notes", id, edit, Precondition.NONE, null));
        writer.commitWaiting();
        return answer;
    }

    private void appendWithoutEnd(Chronicle chronicle) {
        for (int id = 0; ; id++) {
            storage.ledger().append(chronicle.create("notes", Integer.toString(id), BODY));
        }
    }

    private void reopen() {
        storage.close();
        storage = open(folder);
    }
}
