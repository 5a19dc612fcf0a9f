/** A page that shows the store and changes it, and demos, as files that the server has with it. */
@NullMarked
package dev.genstore.console;

import org.jspecify.annotations.NullMarked;
