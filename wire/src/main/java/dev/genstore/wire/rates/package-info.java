/** What one client may do, and how often: limits and rates by address and by principal. */
@NullMarked
package dev.genstore.wire.rates;

import org.jspecify.annotations.NullMarked;
