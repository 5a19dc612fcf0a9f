/**
 * Sockets. Each connection is a state machine on one event loop; what it tells its peer comes from a
 * watcher of the hub, what it answers from the router.
 */
@NullMarked
package dev.genstore.wire;

import org.jspecify.annotations.NullMarked;
