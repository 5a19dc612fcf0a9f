/** Who gets as far as the door: addresses, names, origins, and what proxies in front say. */
@NullMarked
package dev.genstore.checks.door;

import org.jspecify.annotations.NullMarked;
