package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.changelog.StoredLog;
import dev.genstore.query.Filter;
import dev.genstore.resource.Change;
import dev.genstore.resource.Target;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransitionTest {
    private static final Target NOTES = new Target.InCollection("notes");
    private static final Filter OPEN = Conditions.all(Conditions.is("s", "\"open\""));

    private final StoredLog stored = new StoredLog();

    @ParameterizedTest
    @CsvSource({
        "none,   open,   CREATED",
        "none,   closed, nothing",
        "closed, open,   CREATED",
        "open,   closed, DELETED",
        "open,   open,   UPDATED",
        "closed, closed, nothing",
        "open,   none,   DELETED",
        "closed, none,   nothing"
    })
    void a_change_is_what_it_does_to_what_is_seen(String before, String after, String kind) {
        Change change = to(before, 0);
        change = to(after, 1) == null ? change : to(after, 2);
        assertThat(name(seen(before, after))).isEqualTo(kind);
    }

    @Test
    void what_is_elsewhere_is_not_seen() {
        Change change = stored.put("tasks", "1", "{\"s\":\"open\"}");
        assertThat(new Transition(change).seenThrough(NOTES, OPEN)).isNull();
        assertThat(new Transition(change).seenThrough(new Target.Everything(), OPEN)).isNotNull();
    }
}
