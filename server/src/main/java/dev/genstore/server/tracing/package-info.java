/** Traces of requests and of what they change, for OpenTelemetry. */
@NullMarked
package dev.genstore.server.tracing;

import org.jspecify.annotations.NullMarked;
