/** The console: what its build has made, and what it does in a browser. */
@NullMarked
package dev.genstore.checks.console;

import org.jspecify.annotations.NullMarked;
