/**
 * Inputs that nobody thought of. Each {@link dev.genstore.fuzz.Target} says what must hold of any
 * bytes; inputs come from tables, from damage to these, and from Jazzer.
 */
@NullMarked
package dev.genstore.fuzz;

import org.jspecify.annotations.NullMarked;
