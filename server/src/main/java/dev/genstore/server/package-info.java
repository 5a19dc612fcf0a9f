/** The program: one command that reads its configuration and runs a server. */
@NullMarked
package dev.genstore.server;

import org.jspecify.annotations.NullMarked;
