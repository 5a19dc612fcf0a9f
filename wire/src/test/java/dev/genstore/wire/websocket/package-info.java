/** Tests of the WebSocket codec. What frames must become stands in the tables among the resources. */
@NullMarked
package dev.genstore.wire.websocket;

import org.jspecify.annotations.NullMarked;
