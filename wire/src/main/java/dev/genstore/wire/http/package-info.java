/**
 * HTTP/1.1 as bytes: requests are read strictly by RFC 9112, answers are written. What two readers
 * could understand differently is refused, since that is what request smuggling lives on.
 */
@NullMarked
package dev.genstore.wire.http;

import org.jspecify.annotations.NullMarked;
