package dev.genstore.checks.simulation;

import dev.genstore.resource.Json;
import dev.genstore.resource.Position;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.Objects;

/** An event as a client reads it. */
record Told(JsonNode event) {
    static Told read(byte[] json) {
        return new Told(Json.trusted(json).tree());
    }

    String type() {
        return Objects.requireNonNull(text("type"));
    }

    Position id() {
        return Objects.requireNonNull(position("id"));
    }

    long revision() {
        return id().revision();
    }

    @Nullable Position prev() {
        return position("prev");
    }

    /** The revision of the last change of its batch, or null when it names none. */
    @Nullable Long commit() {
        Position commit = position("commit");
        return commit == null ? null : commit.revision();
    }

    /** The value of a member of the envelope, or null when it is not there. */
    @Nullable String text(String name) {
        JsonNode value = event.get(name);
        return value == null ? null : value.stringValue();
    }

    @Nullable JsonNode data() {
        return event.get("data");
    }

    boolean hasPatch() {
        return event.path("patch").asBoolean(false);
    }

    boolean isAboutResource() {
        return text("subject") != null;
    }

    private @Nullable Position position(String name) {
        String value = text(name);
        return value == null ? null : Position.parse(value);
    }

    @Override
    public String toString() {
        Position prev = prev();
        return type() + ' ' + id() + (prev == null ? "" : " behind " + prev.revision());
    }
}
