/** The programs that the guides show. */
@NullMarked
package dev.genstore.embedded.example;

import org.jspecify.annotations.NullMarked;
