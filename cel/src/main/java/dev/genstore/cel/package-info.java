/** Filters written in CEL, the Common Expression Language, and what of it is understood. */
@NullMarked
package dev.genstore.cel;

import org.jspecify.annotations.NullMarked;
