/** The documents of the API say what the API does. */
@NullMarked
package dev.genstore.checks.apidocs;

import org.jspecify.annotations.NullMarked;
