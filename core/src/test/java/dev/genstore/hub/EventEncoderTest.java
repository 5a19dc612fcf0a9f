package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.genstore.changelog.StoredLog;
import dev.genstore.resource.Change;
import dev.genstore.resource.Target;
import dev.genstore.resource.TraceParent;

import org.junit.jupiter.api.Test;

import java.util.Objects;

class EventEncoderTest {
    private static final Target NOTES = new Target.InCollection("notes");

    private final StoredLog stored = new StoredLog();

    @Test
    void a_change_is_a_cloud_event() {
        Change change = stored.put("notes", "7", "{\"title\":\"\u00fc\"}");
        Event event = encoder(DataMode.FULL).change(Sights.of(change), 0);
        assertThat(event.id()).isEqualTo("e1-1");
        assertThat(event.type()).isEqualTo("created");
        assertThat(text(event))
                .isEqualTo("{\"specversion\":\"1.0\",\"id\":\"e1-1\",\"source\":\"/api/notes\","
                        + "\"subject\":\"7\",\"type\":\"created\",\"time\":\"2026-01-01T00:00:01.000Z\","
                        + "\"prev\":\"e1-0\",\"data\":{\"id\":\"7\",\"_revision\":1,"
                        + "\"_created\":\"2026-01-01T00:00:01.000Z\","
                        + "\"_updated\":\"2026-01-01T00:00:01.000Z\",\"title\":\"\u00fc\"}}");
    }

    @Test
    void a_resource_without_members_is_whole() {
        Event event = encoder(DataMode.FULL).change(Sights.of(stored.put("notes", "7", "{}")), 0);
        assertThat(Lines.read(event).get("data").size()).isEqualTo(4);
    }

    @Test
    void the_source_is_the_collection_whatever_is_watched() {
        var everything = new EventEncoder("e1", new Watch(new Target.Everything(), DataMode.FULL));
        Event event = everything.change(Sights.of(stored.put("notes", "7", "{}")), 0);
        assertThat(Lines.read(event).get("source").stringValue()).isEqualTo("/api/notes");
        assertThat(Lines.read(everything.synced(1, 0)).get("source").stringValue())
                .isEqualTo("/api");
    }

    @Test
    void an_origin_is_told_when_there_is_one() {
        Event with = encoder(DataMode.FULL)
                .change(Sights.of(stored.put("notes", "7", "{}", "a/b=c")), 0);
        Event without = encoder(DataMode.FULL).change(Sights.of(stored.put("notes", "8", "{}")), 1);
        assertThat(Lines.read(with).get("origin").stringValue()).isEqualTo("a/b=c");
        assertThat(Lines.read(without).has("origin")).isFalse();
    }

    @Test
    void a_place_in_a_trace_is_told_when_there_is_one() {
        String text = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        Change without = stored.put("notes", "7", "{}");
        Change with = new Change(
                1, 0, without.before(), without.after(), null, new TraceParent(text), null);
        assertThat(Lines.read(encoder(DataMode.FULL).change(Sights.of(with), 0))
                        .get("traceparent")
                        .stringValue())
                .isEqualTo(text);
        assertThat(Lines.read(encoder(DataMode.FULL).change(Sights.of(without), 0))
                        .has("traceparent"))
                .isFalse();
    }

    @Test
    void a_deletion_has_only_the_id_and_the_revision() {
        stored.put("notes", "7", "{\"title\":\"t\"}");
        Change deleted = stored.delete("notes", "7");
        for (DataMode mode : new DataMode[] {DataMode.FULL, DataMode.PATCH}) {
            Event event = encoder(mode).change(Sights.of(deleted), 1);
            assertThat(event.type()).isEqualTo("deleted");
            assertThat(Lines.read(event).get("data"))
                    .isEqualTo(Lines.read("{\"id\":\"7\",\"_revision\":2}"));
        }
    }

    @Test
    void a_patch_says_what_changed_and_that_it_is_one() {
        stored.put("notes", "7", "{\"a\":1,\"b\":2}");
        Event event =
                encoder(DataMode.PATCH).change(Sights.of(stored.put("notes", "7", "{\"b\":3}")), 1);
        assertThat(Lines.read(event).get("patch").booleanValue()).isTrue();
        assertThat(Lines.read(event).get("data"))
                .isEqualTo(
                        Lines.read(
                                "{\"a\":null,\"b\":3,\"_revision\":2,\"_updated\":\"2026-01-01T00:00:02.000Z\"}"));
    }

    @Test
    void what_no_patch_can_say_is_told_whole() {
        stored.put("notes", "7", "{\"a\":1}");
        Event event = encoder(DataMode.PATCH)
                .change(Sights.of(stored.put("notes", "7", "{\"a\":null}")), 1);
        assertThat(Lines.read(event).has("patch")).isFalse();
        assertThat(Lines.read(event).get("data").get("a").isNull()).isTrue();
        assertThat(Lines.read(event).get("data").get("id").stringValue()).isEqualTo("7");
    }

    @Test
    void a_patch_can_be_asked_for_in_full() {
        stored.put("notes", "7", "{\"a\":1}");
        Event event = encoder(DataMode.PATCH)
                .changeInFull(Sights.of(stored.put("notes", "7", "{\"a\":2}")), 1);
        assertThat(event.type()).isEqualTo("updated");
        assertThat(Lines.read(event).has("patch")).isFalse();
        assertThat(Lines.read(event).get("data").get("id").stringValue()).isEqualTo("7");
    }

    @Test
    void without_data_only_the_envelope_is_told() {
        Change change = stored.put("notes", "7", "{\"a\":1}");
        EventEncoder encoder = encoder(DataMode.NONE);
        assertThat(Lines.read(encoder.change(Sights.of(change), 0)).has("data")).isFalse();
        assertThat(Lines.read(encoder.changeInFull(Sights.of(change), 0)).has("data"))
                .isFalse();
        assertThat(Lines.read(encoder.change(
                                Sights.ofPresent(Objects.requireNonNull(change.after())), 0))
                        .has("data"))
                .isFalse();
        assertThat(Lines.read(encoder.change(Sights.of(stored.delete("notes", "7")), 1))
                        .has("data"))
                .isFalse();
    }

    @Test
    void the_present_state_is_told_as_created_and_whole() {
        stored.put("notes", "7", "{\"a\":1}");
        Change change = stored.put("notes", "7", "{\"a\":2}", "w1");
        Event event = encoder(DataMode.PATCH)
                .change(Sights.ofPresent(Objects.requireNonNull(change.after())), 0);
        assertThat(event.id()).isEqualTo("e1-2");
        assertThat(event.type()).isEqualTo("created");
        assertThat(Lines.read(event).has("origin")).isFalse();
        assertThat(Lines.read(event).get("data").get("a").intValue()).isEqualTo(2);
    }

    @Test
    void synced_and_reset_are_about_no_resource() {
        EventEncoder encoder = encoder(DataMode.FULL);
        assertThat(text(encoder.synced(9, 1_000)))
                .isEqualTo("{\"specversion\":\"1.0\",\"id\":\"e1-9\",\"source\":\"/api/notes\","
                        + "\"type\":\"synced\",\"time\":\"1970-01-01T00:00:01.000Z\"}");
        assertThat(text(encoder.reset(ResetReason.HISTORY_GONE, 1_000)))
                .isEqualTo("{\"specversion\":\"1.0\",\"id\":\"e1-0\",\"source\":\"/api/notes\","
                        + "\"type\":\"reset\",\"time\":\"1970-01-01T00:00:01.000Z\","
                        + "\"data\":{\"reason\":\"history-gone\"}}");
    }

    private static EventEncoder encoder(DataMode mode) {
        return new EventEncoder("e1", new Watch(NOTES, mode));
    }

    private static String text(Event event) {
        return new String(event.json(), UTF_8);
    }
}
