/** What is spoken over TLS, and what TLS itself must keep to. */
@NullMarked
package dev.genstore.checks.tls;

import org.jspecify.annotations.NullMarked;
