/** Clock, storage and contracts for tests: what comes in from outside, made to be controlled. */
@NullMarked
package dev.genstore.testkit;

import org.jspecify.annotations.NullMarked;
