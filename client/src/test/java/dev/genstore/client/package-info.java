/** Tests of the client: against a model, and against real servers through a bad network. */
@NullMarked
package dev.genstore.client;

import org.jspecify.annotations.NullMarked;
