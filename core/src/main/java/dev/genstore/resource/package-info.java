/** Values that everything else is said in: resources, positions, changes, problems. */
@NullMarked
package dev.genstore.resource;

import org.jspecify.annotations.NullMarked;
