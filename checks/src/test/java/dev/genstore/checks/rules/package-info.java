/** Who may read and write what, by the rules of collections, over real sockets. */
@NullMarked
package dev.genstore.checks.rules;

import org.jspecify.annotations.NullMarked;
