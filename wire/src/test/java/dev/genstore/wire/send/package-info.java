/** Tests of the senders, over real sockets. Where a kind does not work, its rows are left out. */
@NullMarked
package dev.genstore.wire.send;

import org.jspecify.annotations.NullMarked;
