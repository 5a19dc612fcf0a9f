/** What filters mean, which are refused, and what they can cost. */
@NullMarked
package dev.genstore.cel;

import org.jspecify.annotations.NullMarked;
