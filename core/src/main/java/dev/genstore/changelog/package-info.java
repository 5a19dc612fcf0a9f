/** The log of changes as its readers see it: the recent part in memory, the rest in the storage. */
@NullMarked
package dev.genstore.changelog;

import org.jspecify.annotations.NullMarked;
