/** Servers and clients that the checks share. */
@NullMarked
package dev.genstore.checks.harness;

import org.jspecify.annotations.NullMarked;
