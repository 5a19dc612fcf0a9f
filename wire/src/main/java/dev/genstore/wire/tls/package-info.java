/** Keys and certificates of the server, and what it speaks TLS with (RFC 8446). */
@NullMarked
package dev.genstore.wire.tls;

import org.jspecify.annotations.NullMarked;
