/** Tests of who is let in. */
@NullMarked
package dev.genstore.auth;

import org.jspecify.annotations.NullMarked;
