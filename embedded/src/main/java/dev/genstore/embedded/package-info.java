/** A Genstore inside a program of one's own: {@link dev.genstore.embedded.Genstore}. */
@NullMarked
package dev.genstore.embedded;

import org.jspecify.annotations.NullMarked;
