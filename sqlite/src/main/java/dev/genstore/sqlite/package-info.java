/** The store and its log in SQLite; {@link dev.genstore.sqlite.SqliteStorage} opens a folder. */
@NullMarked
package dev.genstore.sqlite;

import org.jspecify.annotations.NullMarked;
