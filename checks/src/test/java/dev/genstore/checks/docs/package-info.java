/** The documents: all that they have one type, and all that they show, is tried. */
@NullMarked
package dev.genstore.checks.docs;

import org.jspecify.annotations.NullMarked;
