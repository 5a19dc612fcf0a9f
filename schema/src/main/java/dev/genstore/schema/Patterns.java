package dev.genstore.schema;

import com.networknt.schema.regex.RegularExpression;

import dev.genstore.query.TextPattern;

/** Regular expressions of RE2 for the library, so that no pattern takes long. */
final class Patterns {
    private Patterns() {}

    /** The pattern; the draft has it found anywhere in a text. */
    static RegularExpression compile(String text) {
        return TextPattern.of(text)::isIn;
    }
}
