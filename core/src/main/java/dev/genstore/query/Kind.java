package dev.genstore.query;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Set;

/** What kind of value a term has, as far as that can be told without a resource. */
public enum Kind {
    NULL("null"),
    BOOLEAN("true or false"),
    NUMBER("a number"),
    TEXT("a text"),
    LIST("a list"),
    OBJECT("an object"),
    /** Depends on the resource. */
    ANY("any value");

    private static final Set<String> OWN_TEXTS = Set.of("id", "_created", "_updated");

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    /** Whether a value of this kind can be one of the other kind. */
    public boolean canBe(Kind other) {
        return this == other || this == ANY || other == ANY;
    }

    public static Kind of(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL, MISSING -> NULL;
            case BOOLEAN -> BOOLEAN;
            case NUMBER -> NUMBER;
            case STRING -> TEXT;
            case ARRAY -> LIST;
            case OBJECT -> OBJECT;
            case BINARY, POJO -> throw new IllegalArgumentException("not JSON: " + value);
        };
    }

    public static Kind of(Term term) {
        return switch (term) {
            case Term.Constant(JsonNode value) -> of(value);
            case Term.Member(List<String> path) -> own(path);
            case Term.Variable _, Term.Element _ -> ANY;
            case Term.ListOf _ -> LIST;
            case Term.Conditional(Term _, Term then, Term otherwise) ->
                either(of(then), of(otherwise));
            case Term.Arithmetic arithmetic -> result(arithmetic);
            case Term.Size _ -> NUMBER;
            case Term.Comparison _,
                    Term.In _,
                    Term.TextTest _,
                    Term.Matches _,
                    Term.Has _,
                    Term.And _,
                    Term.Or _,
                    Term.Not _,
                    Term.Loop _,
                    Term.ByCollection _ -> BOOLEAN;
        };
    }

    /** What the server adds has a known kind. */
    private static Kind own(List<String> path) {
        if (path.size() > 1) {
            return ANY;
        }
        String name = path.getFirst();
        return OWN_TEXTS.contains(name) ? TEXT : name.equals("_revision") ? NUMBER : ANY;
    }

    private static Kind result(Term.Arithmetic arithmetic) {
        if (arithmetic.operation() != Term.Operation.ADD) {
            return NUMBER;
        }
        Kind left = of(arithmetic.left());
        return left == ANY ? of(arithmetic.right()) : left;
    }

    private static Kind either(Kind one, Kind other) {
        return one == other ? one : ANY;
    }

    /** As it is said in a sentence, for example "a number". */
    @Override
    public String toString() {
        return words;
    }
}
