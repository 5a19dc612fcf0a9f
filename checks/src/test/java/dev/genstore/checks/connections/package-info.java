/** Connections, as raw sockets see them: how they are talked with, and every way in which they end. */
@NullMarked
package dev.genstore.checks.connections;

import org.jspecify.annotations.NullMarked;
