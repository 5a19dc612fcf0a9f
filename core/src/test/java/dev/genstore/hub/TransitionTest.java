package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.changelog.StoredLog;
import dev.genstore.query.Filter;
import dev.genstore.resource.Change;
import dev.genstore.resource.Target;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Objects;

class TransitionTest {
    private static final Target NOTES = new Target.InCollection("notes");
    private static final Filter OPEN = Conditions.all(Conditions.is("s", "\"open\""));

    private final StoredLog stored = new StoredLog();

    @ParameterizedTest
    @CsvSource({
        "none,   open,   CREATED",
        "none,   closed,",
        "closed, open,   CREATED",
        "open,   closed, DELETED",
        "open,   open,   UPDATED",
        "closed, closed,",
        "open,   none,   DELETED",
        "closed, none,"
    })
    void a_change_is_what_it_does_to_what_is_seen(
            String before, String after, Change.@Nullable Kind kind) {
        Change first = change(before, 1);
        Change change = after.equals("none") ? stored.delete("notes", "1") : change(after, 2);
        assertThat(kind(Objects.requireNonNull(change), NOTES)).isEqualTo(kind);
        assertThat(first == null).isEqualTo(before.equals("none"));
    }

    @Test
    void what_is_elsewhere_is_not_seen() {
        Change change = stored.put("tasks", "1", "{\"s\":\"open\"}");
        assertThat(kind(change, NOTES)).isNull();
        assertThat(kind(change, new Target.Single("tasks", "2"))).isNull();
        assertThat(kind(change, new Target.Single("tasks", "1"))).isEqualTo(Change.Kind.CREATED);
        assertThat(kind(change, new Target.Everything())).isEqualTo(Change.Kind.CREATED);
    }

    @Test
    void what_is_there_now_is_created_to_who_has_nothing() {
        stored.put("notes", "1", "{\"s\":\"open\"}");
        Change change = stored.put("notes", "1", "{\"s\":\"open\",\"n\":1}");
        Transition present = Transition.toPresent(Objects.requireNonNull(change.after()));
        Sight sight = Objects.requireNonNull(present.seenThrough(NOTES, OPEN));
        assertThat(sight.kind()).isEqualTo(Change.Kind.CREATED);
        assertThat(sight.revision()).isEqualTo(2);
    }

    private @Nullable Change change(String status, int n) {
        return status.equals("none")
                ? null
                : stored.put("notes", "1", "{\"s\":\"" + status + "\",\"n\":" + n + "}");
    }

    private static Change.@Nullable Kind kind(Change change, Target target) {
        Sight sight = new Transition(change).seenThrough(target, OPEN);
        return sight == null ? null : sight.kind();
    }
}
