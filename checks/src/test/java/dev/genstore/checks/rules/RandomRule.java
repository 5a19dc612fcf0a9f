package dev.genstore.checks.rules;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * A read rule, and what it means, said in Java.
 *
 * @param lets whether somebody of this name sees a resource
 */
record RandomRule(String expression, BiPredicate<String, JsonNode> lets) {
    static final List<RandomRule> ALL = List.of(
            new RandomRule("true", (who, note) -> true),
            new RandomRule("resource.open", (who, note) -> open(note)),
            new RandomRule("resource.owner == auth.name", RandomRule::owns),
            new RandomRule(
                    "resource.open || auth.name == resource.owner",
                    (who, note) -> open(note) || owns(who, note)),
            new RandomRule(
                    "resource.team in auth.scopes",
                    (who, note) -> scopes(who).contains(team(note))),
            new RandomRule(
                    "\"red\" in auth.scopes ? resource.level < 3 : resource.level > 1",
                    (who, note) -> scopes(who).contains("red") ? level(note) < 3 : level(note) > 1),
            new RandomRule(
                    "\"red\" in auth.scopes && resource.level < 3",
                    (who, note) -> scopes(who).contains("red") && level(note) < 3),
            new RandomRule(
                    "resource.tags.exists(tag, tag == auth.name)",
                    (who, note) -> tagged(who, note)),
            new RandomRule(
                    "auth.scopes.exists(scope, scope == resource.team) || resource.level == 4",
                    (who, note) -> scopes(who).contains(team(note)) || level(note) == 4),
            new RandomRule(
                    "auth.nothing > 3 || !(resource.owner == auth.name)",
                    (who, note) -> !owns(who, note)),
            new RandomRule(
                    "auth.nothing > 3 || auth.name == \"ann\"", (who, note) -> who.equals("ann")),
            new RandomRule(
                    "has(auth.nothing) || resource.id.endsWith(\"1\")",
                    (who, note) -> note.path("id").asString().endsWith("1")),
            new RandomRule("auth.nothing", (who, note) -> false));

    private static boolean open(JsonNode note) {
        return note.path("open").asBoolean();
    }

    private static boolean owns(String who, JsonNode note) {
        return who.equals(note.path("owner").asString());
    }

    private static String team(JsonNode note) {
        return note.path("team").asString();
    }

    private static int level(JsonNode note) {
        return note.path("level").asInt();
    }

    private static boolean tagged(String who, JsonNode note) {
        return note.path("tags").valueStream().anyMatch(tag -> who.equals(tag.asString()));
    }

    private static Set<String> scopes(String who) {
        return RuledServer.PEOPLE.getOrDefault(who, Set.of());
    }
}
