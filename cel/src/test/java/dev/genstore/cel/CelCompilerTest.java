package dev.genstore.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.query.Equality;
import dev.genstore.query.Filter;
import dev.genstore.query.Term;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.node.StringNode;

import java.util.List;

/** Filters are kept, have one form, and say which members must have which values. */
class CelCompilerTest {
    @Test
    void a_filter_that_was_asked_for_lately_is_kept() {
        var compiler = new CelCompiler();
        assertThat(compiler.compile("a == 1")).isSameAs(compiler.compile("a == 1"));
    }

    @Test
    void of_many_filters_the_latest_are_kept() {
        var recent = new RecentFilters(2);
        recent.put("a", Filter.ALL);
        recent.put("b", Filter.ALL);
        assertThat(recent.get("a")).isNotNull();
        recent.put("c", Filter.ALL);
        assertThat(recent.count()).isEqualTo(2);
        assertThat(recent.get("a")).isNotNull();
        assertThat(recent.get("b")).isNull();
        assertThat(recent.get("c")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " <=> ",
            quoteCharacter = '`',
            value = {
                "a==1 <=> a  ==  1.0",
                "a == 1 <=> 1 == a",
                "a == 1 <=> ((a) == (1e0))",
                "a == 0 <=> a == -0.0",
                "a == 16 <=> a == 0x10",
                "a < 1 <=> 1 > a",
                "a <= b <=> b >= a",
                "a == b <=> b == a",
                "a && b <=> b && a",
                "a && b && c <=> c && (b && a)",
                "a || b || c <=> (c || a) || b",
                "a == 1 && a == 1 <=> a == 1",
                "a && b || c <=> c || (b && a)",
                "!(a == 1) <=> a != 1",
                "!(a < 1) <=> a >= 1",
                "!!(a < 1) <=> a < 1",
                "!!!(a in b) <=> !(a in b)",
                "a == 'x' <=> a == \"x\"",
                "a == 'x' <=> a == r'''x'''",
                "a in [\"x\", \"y\"] <=> a == \"y\" || a == \"x\"",
                "a in [1, 2, 2.0] <=> a in [2, 1]",
                "a in [1] <=> a == 1",
                "a && a <=> a",
                "t.exists(x, x > 1) <=> t.exists(y, 1 < y)",
                "t.exists(x, s.all(y, x < y)) <=> t.exists(y, s.all(x, y < x))",
                "[1, 2] == a <=> a == [1.0, 2.0]",
                "a == -1 <=> a == -(1)"
            })
    void filters_that_trivially_mean_the_same_are_equal(String one, String other) {
        assertThat(Trial.filter(one)).isEqualTo(Trial.filter(other));
        assertThat(Trial.filter(one)).hasSameHashCodeAs(Trial.filter(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " <=> ",
            quoteCharacter = '`',
            value = {
                "a.b == 1 <=> a[\"b\"] == 1",
                "resource.a == 1 <=> a == 1",
                ".a == 1 <=> a == 1",
                "resource.a.b == 1 <=> resource[\"a\"].b == 1",
                "has(resource.a) <=> \"a\" in resource"
            })
    void a_member_can_be_named_in_several_ways(String one, String other) {
        assertThat(Trial.filter(one)).isEqualTo(Trial.filter(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " <=> ",
            quoteCharacter = '`',
            value = {
                "a == 1 <=> a == \"1\"",
                "a == b.c <=> a == b",
                "a < b <=> a > b",
                "a - b == 1 <=> b - a == 1",
                "a + b == c <=> b + a == c",
                "(a && a) == b <=> a == b",
                "!!a == b <=> a == b",
                "a == 1 <=> a == 1 || a == 2",
                "a in [] <=> a in [1]",
                "t.exists(x, s.all(y, x < y)) <=> t.exists(x, s.all(y, y < x))",
                "a.matches(\"x\") <=> a.matches(\"y\")"
            })
    void filters_that_mean_something_else_are_not(String one, String other) {
        assertThat(Trial.filter(one)).isNotEqualTo(Trial.filter(other));
    }

    @Test
    void an_equality_parameter_is_the_same_filter() {
        var equality = new Term.Comparison(
                Term.Relation.EQUAL,
                Term.Member.of("status"),
                new Term.Constant(StringNode.valueOf("open")));
        assertThat(Trial.filter("status == \"open\""))
                .isEqualTo(Filter.of(equality))
                .isEqualTo(Filter.ALL.and(Filter.of(equality)));
    }

    @Test
    void what_must_be_equal_can_be_looked_up() {
        Filter filter = Trial.filter(
                "size > 3 && \"ann\" == owner && status in [\"a\", \"b\"] && done && !open"
                        + " && (x == 1 || x == null || x)"
                        + " && (y == 1 || z == 1) && (y == 1 || y > 5) && w != 2 && v == [1]");
        assertThat(filter.equalities().stream().map(CelCompilerTest::said))
                .containsExactlyInAnyOrder(
                        "owner in [\"ann\"]",
                        "status in [\"a\",\"b\"]",
                        "done in [true]",
                        "open in [false]",
                        "x in [true,1.0,null]");
    }

    private static String said(Equality equality) {
        List<String> values = equality.values().stream().map(Object::toString).toList();
        return String.join(".", equality.path()) + " in [" + String.join(",", values) + "]";
    }
}
