package dev.genstore.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.query.Authority;
import dev.genstore.query.Filter;
import dev.genstore.query.FilterLimits;
import dev.genstore.query.Rule;
import dev.genstore.resource.Json;
import dev.genstore.resource.Resource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Of a rule that is left for somebody what it says of resources, and nothing else. */
class RuleTest {
    private final CelCompiler compiler = new CelCompiler();

    private Rule rule(String expression) {
        return compiler.compile(expression, Set.of(Rule.AUTH, Rule.RESOURCE));
    }

    private static Authority authority(String json) {
        return Authority.of(json(json).tree());
    }

    private static Json json(String json) {
        return Json.trusted(json.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "resource.owner == auth.sub; {\"sub\":\"ann\"}; owner == \"ann\"",
                "auth.sub == resource.owner; {\"sub\":\"ann\"}; owner == \"ann\"",
                "resource.team in auth.teams; {\"teams\":[\"b\",\"a\"]}; team in [\"a\",\"b\"]",
                "auth.boss || resource.open; {\"boss\":false}; open",
                "auth.boss || resource.open; {}; open",
                "auth.level > 3 || resource.a == 1 || resource.b == 2; {}; a == 1 || b == 2",
                "auth.boss ? resource.a : resource.b; {\"boss\":true}; a",
                "resource.tags.exists(t, t == auth.sub); {\"sub\":\"x\"}; tags.exists(u, u == \"x\")",
                "has(resource.a) && has(auth.sub); {\"sub\":1}; has(resource.a)",
                "resource[\"a b\"] == auth[\"c d\"].e; {\"c d\":{\"e\":1}}; resource[\"a b\"] == 1",
                "resource.size > auth.level + 1; {\"level\":2}; size > 3",
            })
    void what_is_left_is_the_filter_that_one_would_write(String rule, String auth, String filter) {
        assertThat(rule(rule).filter(authority(auth))).isEqualTo(compiler.compile(filter));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "true; {}",
                "\"a\" in auth.scopes; {\"scopes\":[\"b\",\"a\"]}",
                "auth.boss || resource.open; {\"boss\":true}",
                "!(auth.level < 3); {\"level\":3}",
                "auth.scopes.exists(s, s.startsWith(\"a\")); {\"scopes\":[\"ab\"]}",
            })
    void a_rule_that_is_content_with_somebody_lets_him_see_all(String rule, String auth) {
        assertThat(rule(rule).filter(authority(auth))).isEqualTo(Filter.ALL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "false; {}",
                "\"a\" in auth.scopes; {\"scopes\":[\"b\"]}",
                "\"a\" in auth.scopes; {}",
                "auth.boss && resource.open; {\"boss\":false}",
                "auth.boss && resource.open; {\"boss\":1}",
                "resource.owner == auth.sub; {}",
                "resource.owner == auth.sub; {\"sub\":null}",
                "resource.owner == auth.a.b; {\"a\":{\"b\":null}}",
                "resource.owner == auth.teams[0]; {\"teams\":[]}",
                "resource.owner == auth.teams[0]; {\"teams\":[null]}",
                "resource.owner == auth.teams[0]; {\"teams\":[null,null]}",
                "auth.teams.exists(t, t == null); {\"teams\":[null]}",
                "null in auth.a.teams; {\"a\":{\"teams\":[null]}}",
                "\"b\" in auth.a; {\"a\":{\"b\":null}}",
                "resource.owner == auth.a[\"b\" + \"c\"]; {\"a\":{}}",
                "has(auth.sub); {\"sub\":null}",
                "!(resource.owner != auth.sub.id); {\"sub\":1}",
                "auth.level < 3; {}",
                "!(auth.level < 3); {}",
                "auth.boss; {\"boss\":\"yes\"}",
            })
    void a_rule_that_is_not_or_can_not_be_asked_lets_him_see_nothing(String rule, String auth) {
        assertThat(rule(rule).filter(authority(auth))).isEqualTo(Filter.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resource.team in auth.teams",
                "auth.teams.exists(t, t == resource.team)",
                "resource.teams == auth.teams",
                "[resource.team] == auth.teams",
                "resource.team in auth.teams[0]",
                "auth.of.exists(t, auth.of[t] == resource.team)",
            })
    void a_null_in_a_list_of_claims_is_not_what_a_resource_does_not_have(String rule) {
        Authority claims = authority("{\"teams\":[null],\"of\":{\"a\":null}}");
        for (String members : List.of("{}", "{\"team\":null,\"teams\":[null]}")) {
            assertThat(rule(rule).lets(claims, note(members), null)).as(members).isFalse();
        }
    }

    @Test
    void what_stands_beside_a_null_counts() {
        assertThat(rule("resource.team in auth.teams")
                        .filter(authority("{\"teams\":[null,\"a\"]}")))
                .isEqualTo(compiler.compile("team in [\"a\"]"));
    }

    @Test
    void who_need_not_be_asked_sees_all_whatever_the_rule() {
        assertThat(rule("false").filter(Authority.ALL)).isEqualTo(Filter.ALL);
        assertThat(rule("false").lets(Authority.ALL, null, null)).isTrue();
    }

    @Test
    void a_rule_on_a_write_sees_what_is_and_what_would_be() {
        Rule rule = compiler.compile(
                "resource.owner == auth.sub && next.owner == resource.owner && next.n > resource.n",
                Set.of(Rule.AUTH, Rule.RESOURCE, Rule.NEXT));
        Authority ann = authority("{\"sub\":\"ann\"}");
        Resource one = note("{\"owner\":\"ann\",\"n\":1}");
        Resource two = note("{\"owner\":\"ann\",\"n\":2}");
        assertThat(rule.lets(ann, one, two)).isTrue();
        assertThat(rule.lets(ann, two, one)).isFalse();
        assertThat(rule.lets(authority("{\"sub\":\"bob\"}"), one, two)).isFalse();
        assertThat(rule.lets(ann, null, two)).isFalse();
    }

    private static Resource note(String members) {
        return new Resource("notes", "7", 1, 0, 0, json(members));
    }

    @Test
    void a_rule_on_a_url_sees_what_stands_in_it() {
        Rule rule = compiler.compile("path.name == auth.sub", Set.of(Rule.AUTH, Rule.PATH));
        Authority ann = authority("{\"sub\":\"ann\"}");
        assertThat(rule.lets(ann, Map.of("name", "ann"))).isTrue();
        assertThat(rule.lets(ann, Map.of("name", "bob"))).isFalse();
        assertThat(rule.lets(ann, Map.of())).isFalse();
    }

    @Test
    void a_rule_has_the_limits_of_a_filter() {
        String text = "x".repeat(FilterLimits.LENGTH_MAX);
        assertThatThrownBy(() -> rule("auth.sub == \"" + text + "\""))
                .hasMessageContaining("at most 2000 characters");
        assertThatThrownBy(() -> rule("auth.a" + " || auth.a".repeat(FilterLimits.NODES_MAX / 2)))
                .hasMessageContaining("at most 200 parts");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "owner == auth.sub; 'owner' is not known here",
                ".owner == auth.sub; is not known here",
                "next.owner == auth.sub; 'next' is not known here",
                "resource == auth.sub; 'resource' is a whole",
                "auth; name a member: auth.status",
                "auth[resource.a] == 1; A member of the auth is named by a constant text",
            })
    void a_name_that_means_nothing_is_refused(String rule, String why) {
        assertThatThrownBy(() -> rule(rule)).hasMessageContaining(why);
    }
}
