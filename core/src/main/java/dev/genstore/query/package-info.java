/** What a URL asks of its resources: which ones, which members of them, and in what order. */
@NullMarked
package dev.genstore.query;

import org.jspecify.annotations.NullMarked;
