/** Tests of the whole: its architecture, its tidiness, its promises over real sockets. */
@NullMarked
package dev.genstore.checks;

import org.jspecify.annotations.NullMarked;
