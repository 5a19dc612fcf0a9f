package dev.genstore.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Optional;

class LineTest {
    private final Line line = new Line("k3f9-7");

    @Test
    void it_begins_where_it_is_told_to() {
        assertThat(line.start()).isEqualTo("k3f9-7");
        assertThat(new Line("2026-01-01T00:00:00Z").start()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(new Line(null).start()).isNull();
        assertThat(new Line(Position.NOWHERE).start()).isEqualTo(Position.NOWHERE);
    }

    @Test
    void what_was_told_is_not_told_again() {
        assertThat(shown("updated", "k3f9-7", "")).contains(List.of());
        assertThat(shown("updated", "k3f9-8", "")).contains(List.of("k3f9-8"));
        assertThat(shown("updated", "k3f9-8", "")).contains(List.of());
        assertThat(line.start()).isEqualTo("k3f9-8");
    }

    @Test
    void a_hole_is_seen() {
        assertThat(shown("updated", "k3f9-9", ",\"prev\":\"k3f9-8\"")).isEmpty();
        assertThat(shown("updated", "k3f9-9", ",\"prev\":\"k3f9-7\"")).isPresent();
    }

    @Test
    void another_history_does_not_go_on_here() {
        assertThat(shown("updated", "zzzz-8", "")).isEmpty();
        assertThat(shown("synced", "zzzz-8", "")).isEmpty();
    }

    @Test
    void a_batch_is_shown_whole() {
        assertThat(shown("updated", "k3f9-8", ",\"commit\":\"k3f9-10\"")).contains(List.of());
        assertThat(line.start()).isEqualTo("k3f9-8");
        assertThat(shown("synced", "k3f9-10", "")).contains(List.of("k3f9-8", "k3f9-10"));
    }

    @Test
    void two_events_of_one_change_are_shown_together() {
        assertThat(shown("deleted", "k3f9-7.1", "")).contains(List.of());
        assertThat(line.start()).isEqualTo("k3f9-7.1");
        assertThat(shown("created", "k3f9-8", "")).contains(List.of("k3f9-7.1", "k3f9-8"));
    }

    @Test
    void a_state_that_was_cut_off_is_begun_anew() {
        assertThat(shown("reset", "zzzz-0", "")).contains(List.of("zzzz-0"));
        assertThat(shown("created", "zzzz-3", "")).contains(List.of("zzzz-3"));
        assertThat(line.start()).isEqualTo(Position.NOWHERE);
        assertThat(shown("synced", "zzzz-5", "")).contains(List.of("zzzz-5"));
        assertThat(line.start()).isEqualTo("zzzz-5");
    }

    /** The ids of what is shown because of this event. */
    private Optional<List<String>> shown(String type, String id, String more) {
        String event = "{\"type\":\"" + type + "\",\"id\":\"" + id + "\"" + more + "}";
        return line.accept(Message.read(JsonMapper.shared(), event))
                .map(events -> events.stream().map(Message::id).toList());
    }
}
