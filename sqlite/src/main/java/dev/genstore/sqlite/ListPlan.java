package dev.genstore.sqlite;

import dev.genstore.query.Equality;
import dev.genstore.query.Sort;
import dev.genstore.query.SortValue;
import dev.genstore.query.Term;
import dev.genstore.store.ListQuery;

import tools.jackson.databind.JsonNode;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a query means for the indexes of a collection: which of them have its order, and which can find
 * what it asks for.
 *
 * <p>An index has the order when it begins with members of which one value is wanted, or a few, and
 * goes on as the order does. For each choice of such values it is walked once.
 *
 * <p>Immutable.
 */
final class ListPlan {
    /** How many walks one list may be merged from. */
    private static final int WALKS_MAX = 16;

    private final Sort sort;
    private final List<Conjunct> conjuncts;
    private final Map<String, SequencedSet<SortValue>> wanted = new HashMap<>();

    /**
     * A term of which all must hold.
     *
     * @param member that it is about, or an empty text when it is about several
     * @param term that says something in SQL
     */
    private record Conjunct(String member, Term term) {
        private SqlCondition condition(MemberIndex index) {
            return Translation.of(term, index).orElse(SqlCondition.all(List.of()));
        }
    }

    ListPlan(ListQuery query) {
        sort = query.sort();
        conjuncts =
                query.filter().conjuncts().stream().flatMap(ListPlan::conjunct).toList();
        query.filter().equalities().forEach(this::want);
    }

    private static Stream<Conjunct> conjunct(Term term) {
        return Translation.of(term, MemberIndex.BY_ID)
                .map(sql -> new Conjunct(member(term), term))
                .stream();
    }

    private static String member(Term term) {
        return switch (term) {
            case Term.Comparison(
                    Term.Relation relation,
                    Term.Member(List<String> path),
                    Term.Constant constant) -> MemberSql.of(path).orElse("");
            case Term.Comparison(
                    Term.Relation relation,
                    Term.Constant constant,
                    Term.Member(List<String> path)) -> MemberSql.of(path).orElse("");
            case Term.Or(List<Term> terms) ->
                terms.stream().map(ListPlan::member).distinct().count() == 1
                        ? member(terms.getFirst())
                        : "";
            default -> "";
        };
    }

    private void want(Equality equality) {
        Optional<String> member = MemberSql.of(equality.path());
        SequencedSet<SortValue> values = new LinkedHashSet<>();
        boolean areAll = true;
        for (JsonNode value : equality.values()) {
            Optional<SortValue> key = Translation.key(value);
            key.ifPresent(values::add);
            areAll &= key.isPresent();
        }
        boolean isColumn = equality.path().getFirst().startsWith("_");
        if (member.isPresent() && !isColumn && areAll) {
            wanted.putIfAbsent(member.get(), values);
        }
    }

    /** The members of the order, as SQL. */
    List<String> sortMembers() {
        return sort.keys().stream().map(key -> MemberSql.require(key.path())).toList();
    }

    /** All that SQL can say of the filter on the way of an index. */
    List<SqlCondition> conditions(MemberIndex index) {
        return conjuncts.stream().map(each -> each.condition(index)).toList();
    }

    /** What SQL can say of the filter about these members. */
    List<SqlCondition> conditionsOn(Set<String> members, MemberIndex index) {
        return conjuncts.stream()
                .filter(each -> members.contains(each.member))
                .map(each -> each.condition(index))
                .toList();
    }

    /** What SQL can say of the filter about others. */
    List<SqlCondition> conditionsNotOn(Set<String> members, MemberIndex index) {
        return conjuncts.stream()
                .filter(each -> !members.contains(each.member))
                .map(each -> each.condition(index))
                .toList();
    }

    /** The walks over the best of these indexes that has the order; empty when none has it. */
    List<Walk> walks(List<MemberIndex> indexes) {
        return indexes.stream()
                .flatMap(index -> fixedBy(index).stream().map(count -> Map.entry(index, count)))
                .max(Comparator.comparingInt(each -> merit(each.getKey(), each.getValue())))
                .map(best -> walks(best.getKey(), best.getValue()))
                .orElse(List.of());
    }

    /** The more values are fixed the better, and then the index whose order the filter cuts. */
    private int merit(MemberIndex index, int fixed) {
        boolean isCut = fixed < index.columns().size()
                && conjuncts.stream()
                        .anyMatch(each -> each.member.equals(index.columns().get(fixed)));
        return 2 * fixed + (isCut ? 1 : 0);
    }

    /** Whether this index finds what the filter asks for, whatever its order is. */
    boolean isFoundBy(MemberIndex index) {
        return !index.columns().isEmpty()
                && conjuncts.stream()
                        .anyMatch(each -> each.member.equals(index.columns().getFirst()));
    }

    /** What it finds. */
    SqlCondition selection(MemberIndex index) {
        return SqlCondition.all(conditionsOn(Set.of(index.columns().getFirst()), index));
    }

    /** How many members at the start of the index are fixed when it has the order. */
    private Optional<Integer> fixedBy(MemberIndex index) {
        int most = (int) index.columns().stream().takeWhile(wanted::containsKey).count();
        for (int count = most; count >= 0; count--) {
            if (hasOrder(index, count) && choices(index, count) <= WALKS_MAX) {
                return Optional.of(count);
            }
        }
        return Optional.empty();
    }

    private boolean hasOrder(MemberIndex index, int fixed) {
        List<String> first = index.columns().subList(0, fixed);
        List<String> rest = index.columns().subList(fixed, index.columns().size());
        List<Sort.Key> keys = sort.keys().stream()
                .filter(key -> !first.contains(MemberSql.require(key.path())))
                .toList();
        return rest.equals(
                        keys.stream().map(key -> MemberSql.require(key.path())).toList())
                && keys.stream().allMatch(key -> key.descending() == sort.idDescending());
    }

    private long choices(MemberIndex index, int fixed) {
        return index.columns().subList(0, fixed).stream()
                .mapToLong(column -> valuesOf(column).size())
                .reduce(1, (left, right) -> left * right);
    }

    private Set<SortValue> valuesOf(String member) {
        return wanted.getOrDefault(member, new LinkedHashSet<>());
    }

    private List<Walk> walks(MemberIndex index, int fixed) {
        List<Map<String, SortValue>> choices = List.of(Map.of());
        for (String member : index.columns().subList(0, fixed)) {
            choices = choices.stream()
                    .flatMap(choice ->
                            valuesOf(member).stream().map(value -> with(choice, member, value)))
                    .toList();
        }
        String cut = fixed < index.columns().size() ? index.columns().get(fixed) : "id";
        return choices.stream()
                .map(choice -> new Walk(index, choice, cut, this))
                .collect(Collectors.toList());
    }

    private static Map<String, SortValue> with(
            Map<String, SortValue> choice, String member, SortValue value) {
        var more = new HashMap<>(choice);
        more.put(member, value);
        return Map.copyOf(more);
    }
}
