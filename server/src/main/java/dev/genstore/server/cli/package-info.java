/**
 * The command line. {@link dev.genstore.server.cli.Commands} is all of it; what a command then does
 * is behind an interface of its own, as {@link dev.genstore.server.cli.Serving}.
 */
@NullMarked
package dev.genstore.server.cli;

import org.jspecify.annotations.NullMarked;
