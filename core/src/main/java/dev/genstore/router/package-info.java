/** Binds methods and URL templates to actions: what a request means and who answers it. */
@NullMarked
package dev.genstore.router;

import org.jspecify.annotations.NullMarked;
