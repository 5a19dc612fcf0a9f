/** Tables of what a request is answered with, as {@code docs/reference/protocol.md} says it. */
@NullMarked
package dev.genstore.checks.contract;

import org.jspecify.annotations.NullMarked;
