/**
 * Durable state and its log. {@link dev.genstore.store.Resources} is what a program reads and
 * writes with; {@link dev.genstore.store.Storage} is what a database provides.
 */
@NullMarked
package dev.genstore.store;

import org.jspecify.annotations.NullMarked;
