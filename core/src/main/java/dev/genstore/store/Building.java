package dev.genstore.store;

import dev.genstore.query.Index;
import dev.genstore.resource.Json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The member by which a definition says which of its indexes are being built. It is the server's: what
 * a client sends under this name is left out.
 */
final class Building {
    private static final String MEMBER = "_building";

    private Building() {}

    /** Whether a member of a definition is this one. */
    static boolean isNamed(String name) {
        return name.equals(MEMBER);
    }

    /** The members without this one. */
    static Json without(Json members) {
        Set<String> names = new LinkedHashSet<>(members.tree().propertyNames());
        return names.remove(MEMBER) ? Json.trusted(Json.retain(members.bytes(), names)) : members;
    }

    /** The members with this one, as the last, if there is something to say. */
    static Json with(Json members, Set<Index> building) {
        Json own = without(members);
        if (building.isEmpty()) {
            return own;
        }
        byte[] bytes = own.bytes();
        var out = new ByteArrayOutputStream();
        out.write(bytes, 0, bytes.length - 1);
        out.writeBytes(text(building, bytes.length > 2 ? "," : ""));
        return Json.trusted(out.toByteArray());
    }

    private static byte[] text(Set<Index> building, String comma) {
        String array = Json.text(generator -> {
            generator.writeStartArray();
            building.stream().map(Index::toString).sorted().forEach(generator::writeString);
            generator.writeEndArray();
        });
        return (comma + "\"" + MEMBER + "\":" + array + "}").getBytes(StandardCharsets.UTF_8);
    }
}
