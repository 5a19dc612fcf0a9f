package dev.genstore.sqlite;

import static dev.genstore.sqlite.Tampering.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.store.StorageException.Kind;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@link Session}. */
class SessionTest {
    private static final String INSERT = "INSERT INTO pair (number, text) VALUES (?, ?)";

    private static final String LONG = """
            WITH RECURSIVE counting(n) AS \
            (SELECT 1 UNION ALL SELECT n + 1 FROM counting WHERE n < ?) \
            SELECT count(*) FROM counting""";

    @TempDir
    Path folder;

    private Session session;

    @BeforeEach
    void openSession() {
        session = Session.open(folder.resolve("any.db"), false);
        session.script("CREATE TABLE pair (number INTEGER PRIMARY KEY, text TEXT) STRICT");
    }

    @AfterEach
    void closeSession() {
        session.close();
    }

    @Test
    void a_refused_value_does_not_break_it() {
        session.update(INSERT, 1, "one");
        assertThatIllegalArgumentException().isThrownBy(() -> session.update(INSERT, 1, "again"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session.update(INSERT, 2, new byte[] {1}));
        assertThat(session.isBroken()).isFalse();
        assertThat(session.number("SELECT count(*) FROM pair")).isOne();
    }

    @Test
    void a_failure_breaks_it() {
        failure(Kind.UNAVAILABLE, () -> session.number("SELECT count(*) FROM nothing"));
        assertThat(session.isBroken()).isTrue();
    }

    /** Who asks next for the same is not told of it. */
    @Test
    void a_statement_that_was_told_to_end_can_be_run_again() {
        var isOver = new AtomicBoolean();
        session.endWhen(isOver::get);
        assertThat(session.number(LONG, 1_000)).isEqualTo(1_000);
        isOver.set(true);
        assertThatThrownBy(() -> session.number(LONG, 1_000_000)).isInstanceOf(Ended.class);
        assertThatThrownBy(() -> session.list(LONG, row -> row.getLong(1), 1_000_000))
                .isInstanceOf(Ended.class);
        isOver.set(false);
        assertThat(session.number(LONG, 1_000)).isEqualTo(1_000);
        assertThat(session.isBroken()).isFalse();
    }

    @Test
    void null_is_a_value() {
        session.update(INSERT, 1, null);
        assertThat(session.list("SELECT text FROM pair", row -> row.getString(1) == null))
                .containsExactly(true);
        assertThat(session.number("SELECT number FROM pair WHERE text IS NULL")).isOne();
    }

    @Test
    void a_visitor_can_have_enough() {
        session.script("INSERT INTO pair VALUES (1, 'a'), (2, 'b'), (3, 'c')");
        var seen = new StringBuilder();
        session.visit("SELECT text FROM pair ORDER BY number", row -> {
            seen.append(row.getString(1));
            return seen.length() < 2;
        });
        assertThat(seen).hasToString("ab");
    }
}
