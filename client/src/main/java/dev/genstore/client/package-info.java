/**
 * A client for Genstore's resources: reads, writes, and follows what happens at a URL.
 *
 * <p>{@link dev.genstore.client.GenstoreClient} is where it begins.
 */
@NullMarked
package dev.genstore.client;

import org.jspecify.annotations.NullMarked;
