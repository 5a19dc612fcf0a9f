/** That the benches run. */
@NullMarked
package dev.genstore.pieces;

import org.jspecify.annotations.NullMarked;
