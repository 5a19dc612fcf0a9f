package dev.genstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.resource.Position;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What somebody knows of a live window who applies what he is told, and nothing else. */
final class TopClient {
    private final Map<String, Long> held = new HashMap<>();
    private @Nullable String position;

    /** Resources and their revisions. */
    Map<String, Long> held() {
        return held;
    }

    /** From where he goes on. */
    Start start() {
        if (position == null) {
            return new Start.Now();
        }
        Start.Between between = Start.Between.parse(position);
        return between == null
                ? new Start.After(Objects.requireNonNull(Position.parse(position)))
                : between;
    }

    void apply(List<JsonNode> events) {
        events.forEach(this::apply);
    }

    private void apply(JsonNode event) {
        String id = event.get("id").stringValue();
        switch (event.get("type").stringValue()) {
            case "reset" -> held.clear();
            case "synced" -> assertThat(number(id)).isGreaterThanOrEqualTo(position());
            case "deleted" -> {
                follows(event, id);
                held.remove(event.get("subject").stringValue());
            }
            default -> {
                follows(event, id);
                held.put(
                        event.get("subject").stringValue(),
                        event.get("data").get("_revision").longValue());
            }
        }
        position = id;
    }

    /** Ids only rise, and none names one before it that he has not got. */
    private void follows(JsonNode event, String id) {
        assertThat(number(id)).as("%s", event).isGreaterThan(position());
        assertThat(number(event.get("prev").stringValue()))
                .as("%s", event)
                .isLessThanOrEqualTo(position());
    }

    private BigDecimal position() {
        return position == null ? BigDecimal.ZERO : number(position);
    }

    private static BigDecimal number(String id) {
        return new BigDecimal(id.substring(id.indexOf('-') + 1));
    }
}
