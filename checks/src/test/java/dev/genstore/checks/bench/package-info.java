/** That the benchmark counts right: what it says is only as good as that. */
@NullMarked
package dev.genstore.checks.bench;

import org.jspecify.annotations.NullMarked;
