/** Tests of the HTTP codec. What a request must become stands in the tables among the resources. */
@NullMarked
package dev.genstore.wire.http;

import org.jspecify.annotations.NullMarked;
