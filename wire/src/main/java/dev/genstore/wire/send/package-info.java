/**
 * Ways to give frames to the kernel for many sockets at once, past Netty's outbound buffers, and the
 * choice among them.
 */
@NullMarked
package dev.genstore.wire.send;

import org.jspecify.annotations.NullMarked;
