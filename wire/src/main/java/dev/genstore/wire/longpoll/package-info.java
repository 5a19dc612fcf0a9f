/** Requests that wait for a change. */
@NullMarked
package dev.genstore.wire.longpoll;

import org.jspecify.annotations.NullMarked;
