/** What {@code docs/reference/protocol.md} promises of watching, each promise on every transport. */
@NullMarked
package dev.genstore.checks.promise;

import org.jspecify.annotations.NullMarked;
