/**
 * Watches. A watcher is a position in the log: {@link dev.genstore.hub.Hub} encodes each change once
 * for each distinct watch, and each {@link dev.genstore.hub.Watcher} copies what lies between its
 * position and the head to its sink, as fast as that takes it.
 */
@NullMarked
package dev.genstore.hub;

import org.jspecify.annotations.NullMarked;
