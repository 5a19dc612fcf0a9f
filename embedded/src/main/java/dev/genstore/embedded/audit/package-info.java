/**
 * Who did what, as lines of JSON in a file: {@link dev.genstore.embedded.audit.AuditLog}. What was
 * written, and what lets somebody in, is never in it.
 */
@NullMarked
package dev.genstore.embedded.audit;

import org.jspecify.annotations.NullMarked;
