/**
 * WebSocket as bytes (RFC 6455): the handshake is checked, the client's frames are read strictly, the
 * server's are made.
 */
@NullMarked
package dev.genstore.wire.websocket;

import org.jspecify.annotations.NullMarked;
