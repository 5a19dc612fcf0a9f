package dev.genstore.cel;

import dev.genstore.query.Rule;
import dev.genstore.query.Term;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the names in an expression mean. In a filter a name is a member of the resource, and {@code
 * resource.status} is {@code status}. In a rule there is more than the resource, and each member has in
 * front what it is of.
 *
 * <p>Immutable.
 *
 * @param owners what has members
 * @param isRule whether a name alone means nothing
 */
record Names(Set<String> owners, boolean isRule) {
    /** Those of a filter. */
    static final Names OF_FILTER = new Names(Set.of(Rule.RESOURCE), false);

    Names {
        owners = Set.copyOf(owners);
    }

    /** Those of a rule. */
    static Names ofRule(Set<String> owners) {
        return new Names(owners, true);
    }

    /** Whether it is the name of something that has members. */
    boolean isOwner(String name) {
        return owners.contains(name);
    }

    /** The member that a name alone means. A dot in front says that it is no variable. */
    Optional<Term> member(String name) {
        String plain = name.startsWith(".") ? name.substring(1) : name;
        return isRule ? Optional.empty() : Optional.of(Term.Member.of(plain));
    }

    /** A member of something. */
    Term member(String owner, String name) {
        return isRule ? Term.Member.of(owner, name) : Term.Member.of(name);
    }

    /** How members may be named. */
    String examples() {
        return new TreeSet<>(owners)
                .stream().map(owner -> owner + ".name").collect(Collectors.joining(", "));
    }
}
