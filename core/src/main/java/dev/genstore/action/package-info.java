/** What requests do: one class for each. They know the store and nothing of watchers or sockets. */
@NullMarked
package dev.genstore.action;

import org.jspecify.annotations.NullMarked;
