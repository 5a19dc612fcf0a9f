/** Resources as rows of files, NDJSON and CSV, and their way into a server. It knows nothing of commands. */
@NullMarked
package dev.genstore.server.transfer;

import org.jspecify.annotations.NullMarked;
