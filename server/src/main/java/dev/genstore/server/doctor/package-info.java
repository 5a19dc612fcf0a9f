/** Examines what a server would meet on a machine. It knows nothing of commands. */
@NullMarked
package dev.genstore.server.doctor;

import org.jspecify.annotations.NullMarked;
