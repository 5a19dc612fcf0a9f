/** What proxies in front say of those who ask, and whom one may believe. */
@NullMarked
package dev.genstore.wire.proxy;

import org.jspecify.annotations.NullMarked;
