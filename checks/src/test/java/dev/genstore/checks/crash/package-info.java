/**
 * Servers in processes of their own: killed, stopped, out of space, damaged; and what must hold all
 * the same.
 */
@NullMarked
package dev.genstore.checks.crash;

import org.jspecify.annotations.NullMarked;
