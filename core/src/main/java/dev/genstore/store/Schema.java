package dev.genstore.store;

import dev.genstore.resource.Json;
import dev.genstore.resource.Problem.FieldError;

import java.util.List;

/**
 * What the resources of a collection must be like. Two that were written alike are equal.
 *
 * <p>Immutable.
 */
public interface Schema {
    /**
     * What does not fit: the first members at fault, none when the document fits.
     *
     * @throws dev.genstore.resource.Problem 422 {@code schema} when it would cost too much to say
     */
    List<FieldError> check(Json document);

    /** About how much memory it takes. */
    long weightBytes();
}
