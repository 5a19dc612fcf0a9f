/** The audit log: what has a line, what is in it, and what never is. */
@NullMarked
package dev.genstore.checks.audit;

import org.jspecify.annotations.NullMarked;
