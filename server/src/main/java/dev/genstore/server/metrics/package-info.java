/** What the server counts and measures, for Prometheus. */
@NullMarked
package dev.genstore.server.metrics;

import org.jspecify.annotations.NullMarked;
