/** JSON Schema 2020-12 by a library, held to limits: what a document must be like, in plain words. */
@NullMarked
package dev.genstore.schema;

import org.jspecify.annotations.NullMarked;
