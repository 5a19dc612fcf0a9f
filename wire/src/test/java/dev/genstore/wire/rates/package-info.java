@NullMarked
package dev.genstore.wire.rates;

import org.jspecify.annotations.NullMarked;
