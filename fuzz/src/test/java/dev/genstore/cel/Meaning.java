package dev.genstore.cel;

import dev.genstore.testkit.FilterModel;
import dev.genstore.testkit.FilterModel.Failure;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/** What a part of an expression comes to. */
@FunctionalInterface
interface Meaning {
    @Nullable Object in(Surroundings surroundings);

    /** True, false or error. */
    default String outcome(Surroundings surroundings) {
        try {
            return Boolean.toString(FilterModel.bool(in(surroundings)));
        } catch (Failure error) {
            return "error";
        }
    }

    /**
     * What a part finds around it. Immutable.
     *
     * @param resource the members of the resource
     * @param variables the elements that loops stand at
     */
    record Surroundings(
            Map<String, @Nullable Object> resource, Map<String, @Nullable Object> variables) {
        /** In no loop. */
        static Surroundings of(Map<String, @Nullable Object> resource) {
            return new Surroundings(resource, new HashMap<>());
        }

        Surroundings with(String variable, @Nullable Object element) {
            Map<String, @Nullable Object> more = new HashMap<>(variables);
            more.put(variable, element);
            return new Surroundings(resource, more);
        }
    }
}
