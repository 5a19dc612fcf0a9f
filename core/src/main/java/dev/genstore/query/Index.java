package dev.genstore.query;

import dev.genstore.resource.ProblemType;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Members by which a collection's resources are to be found without reading all of them. Behind the
 * last member an index has the id. So {@code status,_created} serves {@code ?status=open} in order of
 * {@code _created}, upwards and downwards.
 *
 * <p>Immutable.
 *
 * @param members paths, from one to {@value Sort#KEYS_MAX}
 */
public record Index(List<List<String>> members) {
    public Index {
        members = List.copyOf(members);
        if (members.isEmpty() || members.size() > Sort.KEYS_MAX) {
            throw new IllegalArgumentException("an index has 1 to 4 members: " + members);
        }
    }

    /**
     * Reads {@code status,_created}.
     *
     * @throws dev.genstore.resource.Problem 400 when it is no index
     */
    public static Index parse(String text) {
        Sort sort = Sort.parse(text);
        if (sort.idDescending()
                || sort.keys().isEmpty()
                || sort.keys().stream().anyMatch(Sort.Key::descending)) {
            throw ProblemType.INVALID_PARAMETER.because("An index is a list of up to "
                    + Sort.KEYS_MAX + " members, like status,_created; it has no direction, and"
                    + " the id by itself.");
        }
        return new Index(sort.keys().stream().map(Sort.Key::path).toList());
    }

    /** As it is written. */
    @Override
    public String toString() {
        return members.stream()
                .map(path -> String.join(".", path))
                .collect(Collectors.joining(","));
    }
}
