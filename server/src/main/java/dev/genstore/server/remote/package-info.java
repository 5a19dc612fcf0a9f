/**
 * A client of a running server, as the command line needs it: requests, and watches that come back to
 * where they were. It knows nothing of commands.
 */
@NullMarked
package dev.genstore.server.remote;

import org.jspecify.annotations.NullMarked;
