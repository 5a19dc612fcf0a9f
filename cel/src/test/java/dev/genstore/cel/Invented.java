package dev.genstore.cel;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BinaryOperator;

/** Invents expressions, each with what it means in {@link Model}, and documents. */
final class Invented {
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "_x", "missing");
    private static final List<String> TEXTS =
            List.of("", "a", "b", "ab", "é", "\uFFFD", "😀", "a😀", "1", "true");
    private static final List<Double> NUMBERS = List.of(0.0, -0.0, 1.0, 1.0, 2.0, 0.5, 1e300);
    private static final JsonMapper JSON = new JsonMapper();

    private final Random random;
    private int loops;

    Invented(Random random) {
        this.random = random;
    }

    /** An expression as text, and what it means. */
    record Expression(String text, Model.Part meaning) {}

    /** A condition, or something that may be none. */
    Expression condition(int depth) {
        if (depth == 0) {
            return random.nextInt(4) == 0 ? place() : comparison(0);
        }
        return switch (random.nextInt(12)) {
            case 0, 1 -> joined("&&", false, depth);
            case 2, 3 -> joined("||", true, depth);
            case 4 -> negation(depth);
            case 5 -> choice(condition(depth - 1), condition(depth - 1), depth);
            case 6 -> in(depth);
            case 7 -> textTest(depth);
            case 8 -> has();
            case 9 -> loop(depth);
            default -> comparison(depth);
        };
    }

    private Expression joined(String sign, boolean deciding, int depth) {
        Expression left = condition(depth - 1);
        Expression right = condition(depth - 1);
        return new Expression(
                infix(left, sign, right),
                names -> Model.both(left.meaning(), right.meaning(), deciding, names));
    }

    private Expression negation(int depth) {
        Expression inner = condition(depth - 1);
        return new Expression(
                "!" + wrapped(inner), names -> !Model.bool(inner.meaning().of(names)));
    }

    private Expression choice(Expression then, Expression otherwise, int depth) {
        Expression condition = condition(depth - 1);
        return new Expression(
                wrapped(condition) + " ? " + wrapped(then) + " : " + wrapped(otherwise),
                names -> Model.bool(condition.meaning().of(names))
                        ? then.meaning().of(names)
                        : otherwise.meaning().of(names));
    }

    private Expression comparison(int depth) {
        Expression left = value(depth);
        Expression right = value(depth);
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> binary(left, "==", right, Model::same);
            case 3 -> binary(left, "!=", right, (one, other) -> !Model.same(one, other));
            case 4 -> binary(left, "<", right, (one, other) -> Model.compare(one, other) < 0);
            case 5 -> binary(left, "<=", right, (one, other) -> Model.compare(one, other) <= 0);
            case 6 -> binary(left, ">", right, (one, other) -> Model.compare(one, other) > 0);
            default -> binary(left, ">=", right, (one, other) -> Model.compare(one, other) >= 0);
        };
    }

    private Expression in(int depth) {
        return binary(value(depth), "in", random.nextBoolean() ? list(depth) : place(), Model::in);
    }

    private Expression textTest(int depth) {
        Expression text = value(depth - 1);
        Expression part = value(depth - 1);
        return switch (random.nextInt(4)) {
            case 0 -> method(text, "startsWith", part, (whole, it) -> whole.startsWith(it));
            case 1 -> method(text, "endsWith", part, (whole, it) -> whole.endsWith(it));
            case 2 -> method(text, "contains", part, (whole, it) -> whole.contains(it));
            default ->
                method(text, "matches", constant("^.b?$"), (whole, it) -> whole.matches(".b?"));
        };
    }

    private Expression has() {
        Expression of = place();
        String name = pick(NAMES);
        return new Expression(
                "has(" + of.text() + "." + name + ")",
                names -> Model.has(of.meaning().of(names), name));
    }

    private Expression loop(int depth) {
        if (loops == 2) {
            return comparison(depth);
        }
        Expression of = random.nextBoolean() ? place() : list(depth);
        String variable = random.nextBoolean() ? "v" + loops : pick(NAMES);
        loops++;
        Expression body = condition(depth - 1);
        loops--;
        String quantifier = pick(List.of("exists", "all", "exists_one"));
        return new Expression(
                of.text() + "." + quantifier + "(" + variable + ", " + body.text() + ")",
                names -> Turns.of(quantifier, Model.elements(of.meaning().of(names)), element -> {
                    Map<String, @Nullable Object> inner = new HashMap<>(names);
                    inner.put(variable, element);
                    return Model.outcome(body.meaning(), inner);
                }));
    }

    private Expression value(int depth) {
        int kind = random.nextInt(depth <= 0 ? 6 : 12);
        return switch (kind) {
            case 0, 1, 2 -> place();
            case 3, 4, 5 -> constant(scalar());
            case 6 -> binary(value(depth - 1), "+", value(depth - 1), Model::sum);
            case 7 -> calculation(depth);
            case 8 -> size(depth);
            case 9 -> list(depth);
            case 10 -> choice(value(depth - 1), value(depth - 1), depth);
            default -> condition(depth - 1);
        };
    }

    private Expression calculation(int depth) {
        Expression left = value(depth - 1);
        Expression right = value(depth - 1);
        return switch (random.nextInt(4)) {
            case 0 -> numbers(left, "-", right, (one, other) -> one - other);
            case 1 -> numbers(left, "*", right, (one, other) -> one * other);
            case 2 -> numbers(left, "/", right, (one, other) -> one / other);
            default -> numbers(left, "%", right, (one, other) -> one % other);
        };
    }

    private Expression size(int depth) {
        Expression of = value(depth - 1);
        return new Expression(
                "size(" + of.text() + ")", names -> Model.size(of.meaning().of(names)));
    }

    private Expression list(int depth) {
        List<Expression> elements = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            elements.add(random.nextBoolean() ? constant(scalar()) : value(depth - 1));
        }
        return new Expression(
                "[" + String.join(", ", elements.stream().map(Expression::text).toList()) + "]",
                names -> {
                    List<@Nullable Object> list = new ArrayList<>();
                    for (Expression element : elements) {
                        list.add(element.meaning().of(names));
                    }
                    return list;
                });
    }

    /** A member, perhaps one of a member, or an element of it. */
    private Expression place() {
        String name = loops > 0 && random.nextBoolean() ? "v0" : pick(NAMES);
        Expression of = new Expression(name, names -> names.get(name));
        for (int i = random.nextInt(3); i > 0; i--) {
            of = inside(of);
        }
        return of;
    }

    private Expression inside(Expression of) {
        Object place = random.nextInt(4) == 0 ? (Object) 1.0 : pick(NAMES);
        String text = place instanceof String name && random.nextBoolean()
                ? "." + name
                : "[" + constant(place).text() + "]";
        return new Expression(of.text() + text, names -> Model.at(of.meaning().of(names), place));
    }

    private Expression constant(@Nullable Object value) {
        return new Expression(JSON.writeValueAsString(value), _ -> value);
    }

    private @Nullable Object scalar() {
        return switch (random.nextInt(6)) {
            case 0, 1 -> pick(NUMBERS);
            case 2, 3 -> pick(TEXTS);
            case 4 -> random.nextBoolean();
            default -> random.nextBoolean() ? null : 1.0;
        };
    }

    /** A value of any kind, as it is in a document. */
    @Nullable Object any(int depth) {
        return switch (random.nextInt(depth == 0 ? 1 : 4)) {
            case 2 -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(any(depth - 1));
                }
                yield list;
            }
            case 3 -> document(depth - 1);
            default -> scalar();
        };
    }

    /** An object that lacks some members. */
    Map<String, @Nullable Object> document(int depth) {
        Map<String, @Nullable Object> members = new HashMap<>();
        for (String name : NAMES.subList(0, NAMES.size() - 1)) {
            if (random.nextInt(4) > 0) {
                members.put(name, any(depth));
            }
        }
        return members;
    }

    /** A document as JSON; whole numbers are written as 1, 1.0 or 1e0. */
    String json(Map<String, @Nullable Object> document) {
        String[] forms = {"1", "1.0", "1e0"};
        return JSON.writeValueAsString(document)
                .replaceAll("(?<=[:,\\[])1\\.0(?=[,}\\]])", forms[random.nextInt(forms.length)]);
    }

    private Expression binary(Expression left, String sign, Expression right, Calculation meaning) {
        return new Expression(
                infix(left, sign, right),
                names -> meaning.of(left.meaning().of(names), right.meaning().of(names)));
    }

    /** What is made of two values. */
    @FunctionalInterface
    private interface Calculation {
        Object of(@Nullable Object left, @Nullable Object right);
    }

    private Expression numbers(
            Expression left, String sign, Expression right, BinaryOperator<Double> operator) {
        return binary(
                left,
                sign,
                right,
                (one, other) ->
                        Model.number(operator.apply(Model.number(one), Model.number(other))));
    }

    /** What is said of two texts. */
    @FunctionalInterface
    private interface TextTest {
        boolean holds(String text, String part);
    }

    private Expression method(Expression text, String name, Expression part, TextTest test) {
        return new Expression(
                wrapped(text) + "." + name + "(" + part.text() + ")",
                names -> test.holds(
                        Model.text(text.meaning().of(names)),
                        Model.text(part.meaning().of(names))));
    }

    private String infix(Expression left, String sign, Expression right) {
        String space = " ".repeat(1 + random.nextInt(2));
        return wrapped(left) + space + sign + space + wrapped(right);
    }

    private static String wrapped(Expression expression) {
        return "(" + expression.text() + ")";
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
