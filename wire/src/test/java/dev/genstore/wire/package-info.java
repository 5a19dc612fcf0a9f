/** Tests of what connections are made of. Whole connections are tested over sockets, in the checks. */
@NullMarked
package dev.genstore.wire;

import org.jspecify.annotations.NullMarked;
