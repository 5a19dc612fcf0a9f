/** Server-Sent Events. */
@NullMarked
package dev.genstore.wire.sse;

import org.jspecify.annotations.NullMarked;
