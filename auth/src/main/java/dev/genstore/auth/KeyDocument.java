package dev.genstore.auth;

import dev.genstore.resource.Json;
import dev.genstore.resource.StrictJson;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;

/** How keys are written down: {@code {"keys":[{"id":…,"name":…,"sha256":…,"scopes":[…],…}]}}. */
final class KeyDocument {
    private KeyDocument() {}

    /**
     * The keys in a file.
     *
     * @throws KeyFileException when it is not what {@link #write} makes
     */
    static List<ApiKey> read(byte[] utf8, Path file) {
        try {
            var keys = new ArrayList<ApiKey>();
            for (JsonNode key : StrictJson.tree(utf8).path("keys").asArray()) {
                keys.add(key(key));
            }
            return List.copyOf(keys);
        } catch (RuntimeException wrong) {
            throw new KeyFileException(
                    file + " is not a file of keys any more; restore it, or delete it and make new"
                            + " keys.",
                    wrong);
        }
    }

    private static ApiKey key(JsonNode key) {
        var scopes = new HashSet<String>();
        key.required("scopes").asArray().forEach(scope -> scopes.add(scope.stringValue()));
        return new ApiKey(
                key.required("id").stringValue(),
                key.required("name").stringValue(),
                key.required("sha256").stringValue(),
                scopes,
                Instant.parse(key.required("created").stringValue()),
                time(key, "expires"),
                time(key, "revoked"));
    }

    /** A time that there may be. */
    private static @Nullable Instant time(JsonNode key, String name) {
        JsonNode value = key.get(name);
        return value == null ? null : Instant.parse(value.stringValue());
    }

    static byte[] write(List<ApiKey> keys) {
        return Json.write(generator -> {
            generator.writeStartObject();
            generator.writeArrayPropertyStart("keys");
            keys.forEach(key -> write(key, generator));
            generator.writeEndArray();
            generator.writeEndObject();
        });
    }

    private static void write(ApiKey key, JsonGenerator generator) {
        generator.writeStartObject();
        generator.writeStringProperty("id", key.id());
        generator.writeStringProperty("name", key.name());
        generator.writeStringProperty("sha256", key.sha256());
        generator.writeArrayPropertyStart("scopes");
        new TreeSet<>(key.scopes()).forEach(generator::writeString);
        generator.writeEndArray();
        generator.writeStringProperty("created", key.created().toString());
        write("expires", key.expires(), generator);
        write("revoked", key.revoked(), generator);
        generator.writeEndObject();
    }

    private static void write(String name, @Nullable Instant time, JsonGenerator generator) {
        if (time != null) {
            generator.writeStringProperty(name, time.toString());
        }
    }
}
