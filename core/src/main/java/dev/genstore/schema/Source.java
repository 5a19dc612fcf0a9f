package dev.genstore.schema;

import dev.genstore.query.TextPattern;
import dev.genstore.resource.ProblemType;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A part of a schema while it is read, which knows where it is. What has a wrong form is refused with
 * the place. Immutable.
 */
record Source(JsonNode json, String pointer) {
    /** A member or an element. */
    Source at(String name) {
        JsonNode part = json.isArray() ? json.get(Integer.parseInt(name)) : json.get(name);
        return new Source(part, pointer + '/' + Where.escaped(name));
    }

    boolean has(String name) {
        return json.has(name);
    }

    /** The names of its members. */
    Set<String> names() {
        if (!json.isObject()) {
            throw wrong("This must be an object.");
        }
        return new LinkedHashSet<>(json.propertyNames());
    }

    /** Its elements, of which there must be one at least. */
    List<Source> elements() {
        if (!json.isArray() || json.isEmpty()) {
            throw wrong("This must be an array with at least one element.");
        }
        var elements = new ArrayList<Source>();
        for (int i = 0; i < json.size(); i++) {
            elements.add(at(Integer.toString(i)));
        }
        return elements;
    }

    double number() {
        if (!json.isNumber()) {
            throw wrong("This must be a number.");
        }
        return json.doubleValue();
    }

    /** A number of things. */
    int count() {
        double count = json.isNumber() ? json.doubleValue() : -1;
        if (count < 0 || count != Math.rint(count)) {
            throw wrong("This must be a whole number that is not below 0.");
        }
        return (int) Math.min(count, Integer.MAX_VALUE);
    }

    String text() {
        if (!json.isString()) {
            throw wrong("This must be a string.");
        }
        return json.stringValue();
    }

    boolean flag() {
        if (!json.isBoolean()) {
            throw wrong("This must be true or false.");
        }
        return json.booleanValue();
    }

    /** Different strings, perhaps none. */
    Set<String> texts() {
        if (!json.isArray()) {
            throw wrong("This must be an array of strings.");
        }
        var texts = new LinkedHashSet<String>();
        for (int i = 0; i < json.size(); i++) {
            Source element = at(Integer.toString(i));
            if (!texts.add(element.text())) {
                throw element.wrong("This is here twice.");
            }
        }
        return texts;
    }

    /** A pattern, which is this text or, of an object with patterns as names, one of those. */
    TextPattern pattern(String text) {
        try {
            return TextPattern.of(text);
        } catch (IllegalArgumentException refused) {
            throw wrong(String.valueOf(refused.getMessage()));
        }
    }

    RuntimeException wrong(String detail) {
        return ProblemType.INVALID_DEFINITION.at(pointer, detail);
    }
}
