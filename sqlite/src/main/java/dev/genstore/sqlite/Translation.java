package dev.genstore.sqlite;

import dev.genstore.query.SortValue;
import dev.genstore.query.Term;
import dev.genstore.resource.Resource;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a term says in SQL, as far as that goes. The condition holds wherever the term does, and may
 * hold elsewhere too: SQL only chooses which rows are worth being looked at, and what a filter means is
 * decided by the filter. So nothing here has to be exact, but nothing may be lost:
 *
 * <ul>
 *   <li>{@code true} and {@code false} are 1 and 0 in SQL, arrays and objects are texts, and what is
 *       not there is NULL as null is, or in an index's entry the lowest number.
 *   <li>Whole numbers that a double has not exactly are compared as doubles here and as written there,
 *       so bounds move out by one double.
 *   <li>Texts are ordered by UTF-8 there and perhaps by UTF-16 here. Both agree where one of the two
 *       has no character from the surrogates on.
 *   <li>In an index's entry there is only the beginning of a long text, and the beginning of what it is
 *       compared with has the same order, or is the same.
 *   <li>A text with U+0000 is not translated; some functions of SQLite take it for the end.
 * </ul>
 */
final class Translation {
    /** Parsing is slow, and deep expressions are refused, at some length. */
    private static final int SQL_LENGTH_MAX = 16_000;

    /** From here on a double does not have every whole number. */
    private static final double EXACT_MAX = 1L << 53;

    private final MemberIndex index;

    private Translation(MemberIndex index) {
        this.index = index;
    }

    /**
     * A condition that holds wherever this term does, if it says enough for one. Whether it does is not
     * up to the index.
     *
     * @param index on whose way it is asked
     */
    static Optional<SqlCondition> of(Term term, MemberIndex index) {
        return new Translation(index).of(term);
    }

    private Optional<SqlCondition> of(Term term) {
        return switch (term) {
            case Term.And(List<Term> terms) -> all(terms);
            case Term.Or(List<Term> terms) -> any(terms);
            case Term.Comparison comparison -> comparison(comparison);
            case Term.Member(List<String> path) ->
                MemberSql.of(path).map(member -> SqlCondition.of(index.sql(member) + " = 1"));
            case Term.Constant _,
                    Term.Variable _,
                    Term.Element _,
                    Term.ListOf _,
                    Term.Conditional _,
                    Term.Arithmetic _,
                    Term.Size _,
                    Term.In _,
                    Term.TextTest _,
                    Term.Matches _,
                    Term.Has _,
                    Term.Not _,
                    Term.Loop _,
                    Term.ByCollection _ -> Optional.empty();
        };
    }

    /** The values by which a member that equals this is looked up; none when it can't be. */
    static Optional<SortValue> key(JsonNode value) {
        boolean isExact = value.isBoolean()
                || value.isNull()
                || (value.isNumber() && Math.abs(value.doubleValue()) < EXACT_MAX)
                || (value.isString() && isPlain(value.stringValue()));
        return isExact ? Optional.of(SortValue.of(value)) : Optional.empty();
    }

    private Optional<SqlCondition> all(List<Term> terms) {
        List<SqlCondition> conditions = new ArrayList<>();
        int length = 0;
        for (Term term : terms) {
            Optional<SqlCondition> condition = of(term);
            length += condition.map(each -> each.sql().length()).orElse(0);
            if (condition.isPresent() && length <= SQL_LENGTH_MAX) {
                conditions.add(condition.get());
            }
        }
        return conditions.isEmpty() ? Optional.empty() : Optional.of(SqlCondition.all(conditions));
    }

    private Optional<SqlCondition> any(List<Term> terms) {
        List<SqlCondition> conditions = new ArrayList<>();
        int length = 0;
        for (Term term : terms) {
            Optional<SqlCondition> condition = of(term);
            length += condition.map(each -> each.sql().length()).orElse(SQL_LENGTH_MAX + 1);
            if (length > SQL_LENGTH_MAX) {
                return Optional.empty();
            }
            condition.ifPresent(conditions::add);
        }
        return conditions.isEmpty() ? Optional.empty() : Optional.of(SqlCondition.any(conditions));
    }

    private Optional<SqlCondition> comparison(Term.Comparison comparison) {
        return switch (comparison) {
            case Term.Comparison(
                    Term.Relation relation,
                    Term.Member(List<String> path),
                    Term.Constant(JsonNode value)) -> compare(path, relation, value);
            case Term.Comparison(
                    Term.Relation relation,
                    Term.Constant(JsonNode value),
                    Term.Member(List<String> path)) -> compare(path, turned(relation), value);
            case Term.Comparison _ -> Optional.empty();
        };
    }

    private static Term.Relation turned(Term.Relation relation) {
        return switch (relation) {
            case EQUAL, NOT_EQUAL -> relation;
            case LESS -> Term.Relation.GREATER;
            case LESS_OR_EQUAL -> Term.Relation.GREATER_OR_EQUAL;
            case GREATER -> Term.Relation.LESS;
            case GREATER_OR_EQUAL -> Term.Relation.LESS_OR_EQUAL;
        };
    }

    private Optional<SqlCondition> compare(
            List<String> path, Term.Relation relation, JsonNode value) {
        Optional<String> member = MemberSql.of(path);
        boolean isTime = member.isPresent() && member.get().endsWith("_millis");
        if (member.isEmpty() || value.isContainer()) {
            return Optional.empty();
        }
        return isTime
                ? time(member.get(), relation, value)
                : compare(member.get(), relation, value);
    }

    private Optional<SqlCondition> compare(String member, Term.Relation relation, JsonNode value) {
        return switch (relation) {
            case EQUAL -> equal(member, value);
            case NOT_EQUAL -> Optional.empty();
            case LESS, LESS_OR_EQUAL ->
                bound(member, value, 1).map(bound -> index.atMost(member, bound));
            case GREATER, GREATER_OR_EQUAL ->
                bound(member, value, -1)
                        .map(bound -> SqlCondition.of(index.sql(member) + " >= ?", bound));
        };
    }

    private Optional<SqlCondition> equal(String member, JsonNode value) {
        Optional<SortValue> key = key(value);
        return key.isPresent() || !value.isNumber()
                ? key.map(each -> index.equal(member, value))
                : Optional.of(SqlCondition.of(
                        index.sql(member) + " BETWEEN ? AND ?", moved(value, -1), moved(value, 1)));
    }

    /** What a member is compared with, moved upwards or downwards where that is not exact. */
    private Optional<Object> bound(String member, JsonNode value, int direction) {
        if (value.isNumber()) {
            return Optional.of(moved(value, direction));
        }
        return value.isString() && isOrderedAlike(value.stringValue())
                ? Optional.of(index.text(member, value.stringValue()))
                : Optional.empty();
    }

    private static double moved(JsonNode number, int direction) {
        double value = number.doubleValue();
        if (Math.abs(value) < EXACT_MAX) {
            return value;
        }
        return direction > 0 ? Math.nextUp(value) : Math.nextDown(value);
    }

    private static boolean isPlain(String text) {
        return text.indexOf('\0') < 0;
    }

    private static boolean isOrderedAlike(String text) {
        return isPlain(text) && text.chars().allMatch(c -> c < Character.MIN_SURROGATE);
    }

    /** A time is a text to the filter, and a number in its column; both have the same order. */
    private Optional<SqlCondition> time(String column, Term.Relation relation, JsonNode value) {
        if (!value.isString()) {
            return Optional.empty();
        }
        long millis = Times.firstFrom(value.stringValue());
        String sql = index.sql(column);
        return switch (relation) {
            case EQUAL -> Optional.of(SqlCondition.of(sql + " = ?", millis));
            case NOT_EQUAL -> Optional.empty();
            case LESS, LESS_OR_EQUAL -> Optional.of(SqlCondition.of(sql + " <= ?", millis));
            case GREATER, GREATER_OR_EQUAL -> Optional.of(SqlCondition.of(sql + " >= ?", millis));
        };
    }

    /** The times that resources have, as texts. */
    private static final class Times {
        /** From the year 0 to the end of 9999, where the texts have one length. */
        private static final long FIRST = -62_167_219_200_000L;

        private static final long LAST = 253_402_300_799_999L;

        /** The first time whose text is not below this one. */
        static long firstFrom(String text) {
            long low = FIRST;
            long high = LAST;
            while (low < high) {
                long middle = Math.floorDiv(low + high, 2);
                if (Resource.time(middle).compareTo(text) < 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }
}
