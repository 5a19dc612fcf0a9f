/** Tests of what proxies say. */
@NullMarked
package dev.genstore.wire.proxy;

import org.jspecify.annotations.NullMarked;
