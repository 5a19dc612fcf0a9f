/** Tests of the audit log, without a server. */
@NullMarked
package dev.genstore.embedded.audit;

import org.jspecify.annotations.NullMarked;
