/** One event per line (NDJSON). */
@NullMarked
package dev.genstore.wire.ndjson;

import org.jspecify.annotations.NullMarked;
