/**
 * The truth about the whole: the real writer, change log, hub and watchers, driven by one random
 * number on one thread, with everything that can go wrong, and clients that check what they are told.
 */
@NullMarked
package dev.genstore.checks.simulation;

import org.jspecify.annotations.NullMarked;
