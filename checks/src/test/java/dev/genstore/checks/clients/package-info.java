/** Genstore as clients see it that nobody of Genstore wrote. */
@NullMarked
package dev.genstore.checks.clients;

import org.jspecify.annotations.NullMarked;
