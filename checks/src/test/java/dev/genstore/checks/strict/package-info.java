/** The tables of what is let in and what is not, over real connections. */
@NullMarked
package dev.genstore.checks.strict;

import org.jspecify.annotations.NullMarked;
