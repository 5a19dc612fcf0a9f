package dev.genstore.action;

import dev.genstore.query.Place;
import dev.genstore.query.Sort;
import dev.genstore.query.SortValue;
import dev.genstore.resource.Json;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.StrictJson;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where a list goes on, as a client gets it: the order, and the place in it behind which the next page
 * begins. It is opaque to clients, and stable under writes, as it names a place and not a number of
 * rows. Inside it is JSON: {@code ["-priority",3,"7"]}.
 */
final class PlaceCursor {
    /** So that a URL with it still fits into a request line. */
    private static final int LENGTH_MAX = 4_096;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._~-]{1,128}");

    private PlaceCursor() {}

    /**
     * The cursor that goes on behind this place.
     *
     * @throws Problem 400 when the values that are sorted by are too long for one
     */
    static String behind(Place place, Sort sort) {
        byte[] json = Json.write(generator -> {
            generator.writeStartArray();
            generator.writeString(sort.toString());
            place.values().forEach(value -> write(value, generator));
            generator.writeString(place.id());
            generator.writeEndArray();
        });
        String cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(json);
        if (cursor.length() > LENGTH_MAX) {
            throw ProblemType.INVALID_PARAMETER.because("The list can't go on behind '" + place.id()
                    + "': what it is sorted by is too long for a cursor there. Sort by another"
                    + " member, or choose another limit.");
        }
        return cursor;
    }

    private static void write(SortValue value, JsonGenerator generator) {
        switch (value) {
            case SortValue.Missing missing -> generator.writeNull();
            case SortValue.Whole(long number) -> generator.writeNumber(number);
            case SortValue.Real(double number) -> generator.writeNumber(number);
            case SortValue.Text(String text) -> generator.writeString(text);
        }
    }

    /**
     * The place behind which a list in this order goes on.
     *
     * @throws Problem 400 when no list in this order gave this cursor
     */
    static Place read(String cursor, Sort sort) {
        List<JsonNode> parts = parts(cursor);
        if (parts.size() != sort.keys().size() + 2
                || !parts.getFirst().asString("").equals(sort.toString())) {
            throw malformed();
        }
        String id = parts.getLast().asString("");
        List<SortValue> values = new ArrayList<>();
        for (JsonNode part : parts.subList(1, parts.size() - 1)) {
            values.add(value(part));
        }
        if (!NAME.matcher(id).matches()) {
            throw malformed();
        }
        var place = new Place(values, id);
        if (!behind(place, sort).equals(cursor)) {
            throw malformed();
        }
        return place;
    }

    private static SortValue value(JsonNode part) {
        if (part.isContainer() || part.isBoolean()) {
            throw malformed();
        }
        return SortValue.of(part);
    }

    private static List<JsonNode> parts(String cursor) {
        try {
            JsonNode tree = StrictJson.tree(Base64.getUrlDecoder().decode(cursor));
            return tree.isArray() ? tree.valueStream().toList() : List.of();
        } catch (IllegalArgumentException | Problem failure) {
            throw malformed();
        }
    }

    private static RuntimeException malformed() {
        return ProblemType.INVALID_PARAMETER.because(
                "A cursor is what 'next' of an earlier page in the same order gave; take it as it is.");
    }
}
