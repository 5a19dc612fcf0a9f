/** Who is let in, and for how long, over real sockets. */
@NullMarked
package dev.genstore.checks.credentials;

import org.jspecify.annotations.NullMarked;
