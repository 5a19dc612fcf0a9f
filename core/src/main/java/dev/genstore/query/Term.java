package dev.genstore.query;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Objects;

/**
 * A part of a condition. What is not there is null: a member that a resource does not have, a member
 * of what is no object. A term that can't be evaluated (text less than a number) is an error, which
 * {@code &&} and {@code ||} absorb where the other side decides, as CEL has it; a condition that is an
 * error in the end does not hold.
 *
 * <p>Immutable.
 */
public sealed interface Term {
    /** Null, a boolean, a number, a text, or a list of these. */
    record Constant(JsonNode value) implements Term {
        public Constant {
            Objects.requireNonNull(value, "value");
        }
    }

    /** A member of the resource; a longer path leads into the objects in it. */
    record Member(List<String> path) implements Term {
        public Member {
            path = List.copyOf(path);
            if (path.isEmpty()) {
                throw new IllegalArgumentException("a path names something");
            }
        }

        public static Member of(String... path) {
            return new Member(List.of(path));
        }
    }

    /** A comparison of two values. Only values of one kind have an order; any may be equal or not. */
    record Comparison(Relation relation, Term left, Term right) implements Term {}

    /** All hold. */
    record And(List<Term> terms) implements Term {
        public And {
            terms = List.copyOf(terms);
        }
    }

    /** One holds at least. */
    record Or(List<Term> terms) implements Term {
        public Or {
            terms = List.copyOf(terms);
        }
    }

    /** It does not hold. */
    record Not(Term term) implements Term {}

    /** How two values relate. */
    enum Relation {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }
}
