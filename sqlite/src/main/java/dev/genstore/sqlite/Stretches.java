package dev.genstore.sqlite;

import dev.genstore.query.Place;
import dev.genstore.query.Sort;
import dev.genstore.query.SortValue;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What lies behind a place, as stretches of an index, one behind the other. Behind {@code (3, "b")}
 * come those with 3 and an id above {@code b}, then those above 3. A single condition with OR would
 * make SQLite begin at the first 3 and walk through all of them.
 */
final class Stretches {
    private final Sort sort;
    private final Place place;
    private final Map<String, SortValue> fixed;
    private final MemberIndex index;
    private final List<SqlCondition> same = new ArrayList<>();
    private final Set<String> members;
    private final List<Stretch> behind = new ArrayList<>();

    private Stretches(Sort sort, Place place, Map<String, SortValue> fixed, MemberIndex index) {
        this.sort = sort;
        this.place = place;
        this.fixed = fixed;
        this.index = index;
        this.members = new HashSet<>(fixed.keySet());
    }

    /**
     * The conditions, in order.
     *
     * @param place null for all that there is
     * @param fixed members of which only those with this value are wanted
     * @param index on whose way they are
     */
    static List<Stretch> behind(
            Sort sort, @Nullable Place place, Map<String, SortValue> fixed, MemberIndex index) {
        return place == null
                ? List.of(new Stretch(SqlCondition.all(List.of()), fixed.keySet()))
                : new Stretches(sort, place, fixed, index).run();
    }

    private List<Stretch> run() {
        for (int i = 0; i < sort.keys().size(); i++) {
            Sort.Key key = sort.keys().get(i);
            String member = MemberSql.require(key.path());
            SortValue value = place.values().get(i);
            SortValue only = fixed.get(member);
            if (only == null) {
                behind.addAll(0, from(member, value, key.descending()));
                same.add(index.isAt(member, value));
                members.add(member);
            } else if (!only.equals(value)) {
                return only.compareTo(value) > 0 == key.descending() ? behind : withAllOfThese();
            }
        }
        String relation = sort.idDescending() ? " < ?" : " > ?";
        behind.addFirst(and(SqlCondition.of(index.sql("id") + relation, place.id())));
        return behind;
    }

    private List<Stretch> withAllOfThese() {
        behind.addFirst(new Stretch(SqlCondition.all(same), members));
        return behind;
    }

    private List<Stretch> from(String member, SortValue value, boolean descending) {
        boolean isMissing = value instanceof SortValue.Missing;
        boolean hasNull = index.hasNull(member);
        String sql = index.key(member);
        if (descending) {
            List<Stretch> lower = new ArrayList<>();
            if (!isMissing) {
                lower.add(and(SqlCondition.of(sql + " < ?", MemberSql.parameter(value))));
            }
            if (!isMissing && hasNull) {
                lower.add(missing(member));
            }
            return lower;
        }
        return List.of(
                isMissing && hasNull
                        ? and(SqlCondition.of(sql + " IS NOT NULL"))
                        : and(SqlCondition.of(sql + " > ?", MemberSql.parameter(value))));
    }

    private Stretch missing(String member) {
        Stretch stretch = and(index.isAt(member, new SortValue.Missing()));
        Set<String> more = new HashSet<>(members);
        more.add(member);
        return new Stretch(stretch.condition(), more);
    }

    private Stretch and(SqlCondition last) {
        var all = new ArrayList<>(same);
        all.add(last);
        return new Stretch(SqlCondition.all(all), members);
    }
}
