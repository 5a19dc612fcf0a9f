/** Group commit, on a storage in memory and on one thread. */
@NullMarked
package dev.genstore.checks.store;

import org.jspecify.annotations.NullMarked;
