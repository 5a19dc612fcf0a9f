/** JSON Schema 2020-12: what a document must be like, and in plain words where it is not. */
@NullMarked
package dev.genstore.schema;

import org.jspecify.annotations.NullMarked;
