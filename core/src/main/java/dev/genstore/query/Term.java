package dev.genstore.query;

import tools.jackson.databind.JsonNode;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A part of a condition. What is not there is null: a member that a resource does not have, a member
 * of what is no object, an element behind the end. A term that can't be evaluated (a text less than a
 * number) is an error, which {@code &&} and {@code ||} absorb where the other side decides, as CEL has
 * it; a condition that is an error in the end does not hold.
 *
 * <p>There is one kind of number, the double of 64 bits, as in JSON; none is infinite or NaN.
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

    /** A member of the resource; a longer path leads into the objects in it. Never an error. */
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

    /**
     * What a {@link Loop} stands at.
     *
     * @param level how many loops are around the one that it belongs to
     */
    record Variable(int level) implements Term {}

    /**
     * What stands at a place in a value: in an object the member of that name, in a list the element
     * of that number, counted from 0. Null where nothing does; an error only if a part is one.
     */
    record Element(Term of, Term place) implements Term {}

    /** A list of values. */
    record ListOf(List<Term> elements) implements Term {
        public ListOf {
            elements = List.copyOf(elements);
        }
    }

    /** One of two values; the other is not looked at. */
    record Conditional(Term condition, Term then, Term otherwise) implements Term {}

    /**
     * A calculation with two numbers; ADD also joins two texts. Dividing by 0 is an error, and so is
     * a result that no double can hold.
     */
    record Arithmetic(Operation operation, Term left, Term right) implements Term {}

    /** How many characters (code points) a text has, elements a list, or members an object. */
    record Size(Term of) implements Term {}

    /**
     * A comparison of two values. Only two numbers, two texts or two booleans have an order, texts
     * that of their code points; any values may be equal or not.
     */
    record Comparison(Relation relation, Term left, Term right) implements Term {}

    /** A list has an element that equals a value, or an object a member of that name. */
    record In(Term value, Term container) implements Term {}

    /** A text begins or ends with another, or contains it. */
    record TextTest(Test test, Term text, Term part) implements Term {}

    /** A pattern is found somewhere in a text. */
    record Matches(Term text, TextPattern pattern) implements Term {}

    /**
     * Something is there, be it null.
     *
     * @param place a {@link Member}, or an {@link Element} whose place is a constant text
     */
    record Has(Term place) implements Term {
        public Has {
            if (!(place instanceof Member || place instanceof Element)) {
                throw new IllegalArgumentException("no place: " + place);
            }
        }
    }

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

    /**
     * A condition on the elements of a list, or on the names of an object's members. ANY and ALL
     * absorb errors as {@link Or} and {@link And} do; ONE is an error if it is one for any element.
     *
     * @param level of the {@link Variable} that stands for the element
     */
    record Loop(Quantifier quantifier, int level, Term of, Term condition) implements Term {}

    /**
     * Another condition for the resources of each collection; of those of other collections it does
     * not hold.
     *
     * @param conditions by the names of the collections
     */
    record ByCollection(Map<String, Term> conditions) implements Term {
        public ByCollection {
            conditions = Collections.unmodifiableMap(new TreeMap<>(conditions));
        }
    }

    /** How two values relate. */
    enum Relation {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL;

        /** The relation that holds where this one does not. */
        Relation opposite() {
            return switch (this) {
                case EQUAL -> NOT_EQUAL;
                case NOT_EQUAL -> EQUAL;
                case LESS -> GREATER_OR_EQUAL;
                case LESS_OR_EQUAL -> GREATER;
                case GREATER -> LESS_OR_EQUAL;
                case GREATER_OR_EQUAL -> LESS;
            };
        }

        /** The same relation, seen from the other side. */
        Relation reversed() {
            return switch (this) {
                case EQUAL, NOT_EQUAL -> this;
                case LESS -> GREATER;
                case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
                case GREATER -> LESS;
                case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
            };
        }
    }

    /** What is done with two numbers. */
    enum Operation {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        REMAINDER
    }

    /** Where a text has another. */
    enum Test {
        STARTS_WITH,
        ENDS_WITH,
        CONTAINS
    }

    /** For how many elements a condition holds. */
    enum Quantifier {
        ANY,
        ALL,
        ONE
    }
}
