/** What schemas let through, where they say what is wrong, and what they can cost. */
@NullMarked
package dev.genstore.schema;

import org.jspecify.annotations.NullMarked;
