package dev.genstore.cel;

import dev.cel.common.CelIssue;
import dev.genstore.query.FilterLimits;
import dev.genstore.resource.Problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what the parser complains of in words for those who write filters. */
final class SyntaxWords {
    /** What the parser says, and how it is said here; the group is what it quotes. */
    private static final List<Rule> RULES = List.of(
            new Rule(
                    "(?:mismatched|extraneous) input '(.*)' expecting .*", SyntaxWords::unexpected),
            new Rule("missing '.*' at '(.*)'", SyntaxWords::unexpected),
            new Rule("no viable alternative at input '(.*)'", SyntaxWords::unexpected),
            new Rule("token recognition error at: '(.*)'", SyntaxWords::token),
            new Rule("reserved identifier: (.*)", SyntaxWords::reserved),
            new Rule("For input string: \"(.*)\".*", "The number %s is too large."::formatted),
            new Rule(
                    "Expression (recursion limit).*",
                    _ -> "It is nested deeper than " + FilterLimits.DEPTH_MAX + " levels."));

    private record Rule(Pattern heard, UnaryOperator<String> said) {
        Rule(String heard, UnaryOperator<String> said) {
            this(Pattern.compile(heard, Pattern.DOTALL), said);
        }

        Optional<String> say(String message) {
            Matcher matcher = heard.matcher(message);
            return matcher.matches() ? Optional.of(said.apply(matcher.group(1))) : Optional.empty();
        }
    }

    private SyntaxWords() {}

    /** The first of several: those behind it mostly follow from it. */
    static Problem problem(Collection<CelIssue> issues) {
        CelIssue first = issues.stream()
                .min(Comparator.comparingInt(
                                (CelIssue issue) -> issue.getSourceLocation().getLine())
                        .thenComparingInt(issue -> issue.getSourceLocation().getColumn()))
                .orElseThrow();
        var place = first.getSourceLocation();
        return Places.problem(
                Math.max(1, place.getLine()),
                Math.max(0, place.getColumn()) + 1,
                say(first.getMessage()));
    }

    private static String say(String message) {
        return RULES.stream()
                .flatMap(rule -> rule.say(message).stream())
                .findFirst()
                .orElse(message + ".");
    }

    private static String reserved(String name) {
        return "'" + name + "' is a word that CEL keeps for itself; the member is resource." + name
                + ".";
    }

    private static String unexpected(String input) {
        return input.equals("<EOF>")
                ? "Something is missing at the end."
                : "'" + input + "' does not fit here.";
    }

    private static String token(String text) {
        String input = text.strip();
        return switch (input.isEmpty() ? ' ' : input.charAt(0)) {
            case '=' -> "'=' does not fit here; equality is '=='.";
            case '&' -> "'&' does not fit here; 'and' is '&&'.";
            case '|' -> "'|' does not fit here; 'or' is '||'.";
            case '"', '\'' -> "This text has no end, or an escape in it is unknown.";
            default -> unexpected(input);
        };
    }
}
