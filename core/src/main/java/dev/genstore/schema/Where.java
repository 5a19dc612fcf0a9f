package dev.genstore.schema;

import org.jspecify.annotations.Nullable;

/**
 * A place in a document that is checked. It becomes a JSON Pointer only where something is wrong.
 *
 * <p>Immutable.
 *
 * @param around what it is in, or null when it is the document itself
 */
record Where(@Nullable Where around, String name) {
    /** The document itself. */
    static final Where ROOT = new Where(null, "");

    /** A member or an element of it. */
    Where to(String inside) {
        return new Where(this, inside);
    }

    /** The JSON Pointer (RFC 6901). */
    String pointer() {
        return around == null ? "" : around.pointer() + '/' + escaped(name);
    }

    /** A name as it stands in a JSON Pointer. */
    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
