/** What others have written and Genstore is made of, or tested by. */
@NullMarked
package dev.genstore.checks.libraries;

import org.jspecify.annotations.NullMarked;
