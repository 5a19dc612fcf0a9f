package dev.genstore.cel;

import dev.cel.common.ast.CelExpr;
import dev.genstore.query.Kind;
import dev.genstore.query.Term;
import dev.genstore.query.TextPattern;
import dev.genstore.resource.Problem;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/** Translates calls of functions. Confined to the thread of its translation. */
final class Functions {
    private final Translation translation;

    Functions(Translation translation) {
        this.translation = translation;
    }

    Term term(CelExpr part) {
        return switch (part.call().function()) {
            case "has" -> has(part);
            case "size" -> size(part);
            case "startsWith" -> text(part, Term.Test.STARTS_WITH, "text.startsWith(part)");
            case "endsWith" -> text(part, Term.Test.ENDS_WITH, "text.endsWith(part)");
            case "contains" -> text(part, Term.Test.CONTAINS, "text.contains(part)");
            case "matches" -> matches(part);
            case "exists" -> loop(part, Term.Quantifier.ANY);
            case "all" -> loop(part, Term.Quantifier.ALL);
            case "exists_one", "existsOne" -> loop(part, Term.Quantifier.ONE);
            default -> throw unknown(part);
        };
    }

    private Term has(CelExpr part) {
        List<CelExpr> arguments = part.call().args();
        if (part.call().target().isPresent() || arguments.size() != 1) {
            throw usage(part, "has(author.name)");
        }
        CelExpr member = arguments.getFirst();
        return switch (member.getKind()) {
            case SELECT -> new Term.Has(translation.term(member));
            case IDENT ->
                throw translation.problem(
                        part,
                        "has() takes a member with a dot: has(resource."
                                + member.ident().name() + ").");
            default -> throw usage(part, "has(author.name)");
        };
    }

    private Term size(CelExpr part) {
        Term of = translation.term(arguments(part, 1, "size(tags)").getFirst());
        Kind kind = Kind.of(of);
        if (!kind.canBe(Kind.TEXT) && !kind.canBe(Kind.LIST) && !kind.canBe(Kind.OBJECT)) {
            throw translation.problem(
                    part, "size() counts a text, a list or an object, not " + kind + ".");
        }
        return new Term.Size(of);
    }

    private Term text(CelExpr part, Term.Test test, String usage) {
        if (part.call().target().isEmpty()) {
            throw usage(part, usage);
        }
        List<CelExpr> texts = arguments(part, 2, usage);
        String rule = part.call().function() + "() takes texts";
        return new Term.TextTest(
                test,
                translation.ofKind(Kind.TEXT, texts.getFirst(), rule),
                translation.ofKind(Kind.TEXT, texts.getLast(), rule));
    }

    private Term matches(CelExpr part) {
        List<CelExpr> arguments = arguments(part, 2, "text.matches(\"pattern\")");
        Term text = translation.ofKind(Kind.TEXT, arguments.getFirst(), "matches() takes a text");
        CelExpr pattern = arguments.getLast();
        if (translation.term(pattern) instanceof Term.Constant(JsonNode value)
                && value.isString()) {
            return new Term.Matches(text, pattern(pattern, value.stringValue()));
        }
        throw translation.problem(pattern, "The pattern of matches() is a constant text.");
    }

    private TextPattern pattern(CelExpr part, String text) {
        try {
            return TextPattern.of(text);
        } catch (IllegalArgumentException wrong) {
            throw translation.problem(part, String.valueOf(wrong.getMessage()));
        }
    }

    private Term loop(CelExpr part, Term.Quantifier quantifier) {
        CelExpr variable = variable(part);
        CelExpr target = part.call().target().orElseThrow();
        Term of = container(part, target);
        return translation.loop(quantifier, of, variable, part.call().args().getLast());
    }

    private CelExpr variable(CelExpr part) {
        String usage = "tags." + part.call().function() + "(tag, tag == \"red\")";
        List<CelExpr> arguments = part.call().args();
        if (part.call().target().isEmpty() || arguments.size() != 2) {
            throw usage(part, usage);
        }
        CelExpr variable = arguments.getFirst();
        if (variable.getKind() != CelExpr.ExprKind.Kind.IDENT
                || variable.ident().name().startsWith(".")) {
            throw usage(part, usage);
        }
        return variable;
    }

    private Term container(CelExpr part, CelExpr target) {
        Term of = translation.term(target);
        Kind kind = Kind.of(of);
        if (!kind.canBe(Kind.LIST) && !kind.canBe(Kind.OBJECT)) {
            throw translation.problem(
                    part,
                    part.call().function() + "() goes through a list or an object, not " + kind
                            + ".");
        }
        return of;
    }

    /** What a function is called with: the value before the dot, if there is one, and the others. */
    private List<CelExpr> arguments(CelExpr part, int count, String usage) {
        List<CelExpr> all = new ArrayList<>();
        part.call().target().ifPresent(all::add);
        all.addAll(part.call().args());
        if (all.size() != count) {
            throw usage(part, usage);
        }
        return all;
    }

    private Problem usage(CelExpr part, String usage) {
        return translation.problem(
                part, part.call().function() + "() is written like " + usage + ".");
    }

    private Problem unknown(CelExpr part) {
        String name = part.call().function();
        return translation.problem(
                part,
                switch (name) {
                    case "timestamp", "duration" ->
                        name
                                + "() is not supported; times are texts in one form and compare as such:"
                                + " _created > \"2026-01-01T00:00:00.000Z\".";
                    case "filter", "map" ->
                        name + "() is not supported; exists, all and exists_one are.";
                    case "int", "uint", "double", "string", "bool", "bytes", "type", "dyn" ->
                        name + "() is not supported; values keep their kinds.";
                    default ->
                        "There is no function " + name + "(); there are size, startsWith, endsWith,"
                                + " contains, matches, has, exists, all and exists_one.";
                });
    }
}
