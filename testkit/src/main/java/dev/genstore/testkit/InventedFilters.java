package dev.genstore.testkit;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Invents filters in CEL, each with what it means in {@link FilterModel}, and documents to try them
 * on. All that filters may be made of comes up. Not every one can be compiled: what could never be
 * evaluated, or is too much, is refused. Confined to one thread.
 */
public final class InventedFilters {
    private static final List<String> SERVER_NAMES = List.of("id", "_revision");

    /** Patterns, and what they are in Java, whose {@code $} is not quite the same. */
    private static final Map<String, String> PATTERNS = Map.of(
            "^.b?$", "^.b?\\z",
            "[0-9]", "[0-9]",
            "é|^$", "é|^\\z",
            "(?i)A", "(?i)A",
            "a{1}\\x00", "a\\x00");

    private final Random random;
    private final InventedValues values;
    private final ExpressionWriter writer;
    private int loops;

    public InventedFilters(Random random) {
        this.random = random;
        this.values = new InventedValues(random);
        this.writer = new ExpressionWriter(random);
    }

    /** An object that lacks some members: null, Boolean, Double, String, List and Map. */
    public Map<String, @Nullable Object> document() {
        return values.document(2);
    }

    /** A document as JSON. */
    public String json(Map<String, @Nullable Object> document) {
        return values.json(document);
    }

    /** A filter, which often says what an index can find. */
    public Expression filter() {
        Expression any = condition(random.nextInt(4));
        if (random.nextInt(3) > 0) {
            return any;
        }
        Expression equality =
                writer.binary(member(), "==", constant(values.scalar()), FilterModel::same);
        return random.nextInt(3) == 0 ? equality : both(equality, any, "&&", false);
    }

    /** A condition, or something that may be none. */
    private Expression condition(int depth) {
        if (depth == 0) {
            return random.nextInt(4) == 0 ? place() : comparison(0);
        }
        return switch (random.nextInt(12)) {
            case 0, 1 -> both(condition(depth - 1), condition(depth - 1), "&&", false);
            case 2, 3 -> both(condition(depth - 1), condition(depth - 1), "||", true);
            case 4 -> writer.negation(condition(depth - 1));
            case 5 -> choice(condition(depth - 1), condition(depth - 1), depth);
            case 6 -> in(depth);
            case 7 -> textTest(depth);
            case 8 -> has();
            case 9 -> loop(depth);
            default -> comparison(depth);
        };
    }

    private Expression both(Expression left, Expression right, String sign, boolean deciding) {
        return writer.infix(
                left,
                sign,
                right,
                names -> FilterModel.both(left.meaning(), right.meaning(), deciding, names));
    }

    private Expression choice(Expression then, Expression otherwise, int depth) {
        return writer.choice(condition(depth - 1), then, otherwise);
    }

    private Expression comparison(int depth) {
        Expression left = value(depth);
        Expression right = value(depth);
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> writer.binary(left, "==", right, FilterModel::same);
            case 3 ->
                writer.binary(left, "!=", right, (one, other) -> !FilterModel.same(one, other));
            default -> order(left, right);
        };
    }

    private Expression order(Expression left, Expression right) {
        return switch (random.nextInt(4)) {
            case 0 ->
                writer.binary(
                        left, "<", right, (one, other) -> FilterModel.compare(one, other) < 0);
            case 1 ->
                writer.binary(
                        left, "<=", right, (one, other) -> FilterModel.compare(one, other) <= 0);
            case 2 ->
                writer.binary(
                        left, ">", right, (one, other) -> FilterModel.compare(one, other) > 0);
            default ->
                writer.binary(
                        left, ">=", right, (one, other) -> FilterModel.compare(one, other) >= 0);
        };
    }

    private Expression in(int depth) {
        if (random.nextInt(5) == 0) {
            return writer.binary(constant(name()), "in", resource(), FilterModel::in);
        }
        Expression container = random.nextBoolean() ? list(depth) : place();
        return writer.binary(value(depth), "in", container, FilterModel::in);
    }

    private Expression textTest(int depth) {
        Expression text = value(depth - 1);
        Expression part = value(depth - 1);
        return switch (random.nextInt(4)) {
            case 0 -> writer.textTest(text, "startsWith", part, String::startsWith);
            case 1 -> writer.textTest(text, "endsWith", part, String::endsWith);
            case 2 -> writer.textTest(text, "contains", part, String::contains);
            default -> matches(text);
        };
    }

    private Expression matches(Expression text) {
        String pattern = values.pick(PATTERNS.keySet().stream().sorted().toList());
        String own = PATTERNS.getOrDefault(pattern, pattern);
        return writer.call(
                text,
                "matches",
                constant(pattern).text(),
                names -> FilterModel.finds(own, text.meaning().of(names)));
    }

    private Expression has() {
        boolean isOfResource = random.nextInt(3) == 0;
        Expression of = isOfResource ? resource() : place();
        String name = plainName();
        return Expression.primary(
                "has(" + of.text() + "." + name + ")",
                names -> FilterModel.has(of.meaning().of(names), name));
    }

    private Expression loop(int depth) {
        if (loops == 2) {
            return comparison(depth);
        }
        Expression of = random.nextBoolean() ? place() : list(depth);
        String variable = random.nextBoolean() ? "v" + loops : plainName();
        loops++;
        Expression body = condition(depth - 1);
        loops--;
        String quantifier = values.pick(List.of("exists", "all", "exists_one"));
        return Expression.primary(
                of.text() + "." + quantifier + "(" + variable + ", " + body.text() + ")",
                names -> Turns.of(
                        quantifier, FilterModel.elements(of.meaning().of(names)), element -> {
                            Map<String, @Nullable Object> inner = new HashMap<>(names);
                            inner.put(variable, element);
                            return FilterModel.outcome(body.meaning(), inner);
                        }));
    }

    private Expression value(int depth) {
        return switch (random.nextInt(depth <= 0 ? 6 : 13)) {
            case 0, 1, 2 -> place();
            case 3, 4, 5 -> constant(values.scalar());
            case 6 -> writer.binary(value(depth - 1), "+", value(depth - 1), FilterModel::sum);
            case 7 -> calculation(depth);
            case 8 -> size(depth);
            case 9 -> list(depth);
            case 10 -> choice(value(depth - 1), value(depth - 1), depth);
            case 11 -> writer.negative(value(depth - 1));
            default -> condition(depth - 1);
        };
    }

    private Expression calculation(int depth) {
        Expression left = value(depth - 1);
        Expression right = value(depth - 1);
        return switch (random.nextInt(4)) {
            case 0 -> writer.calculation(left, "-", right, (one, other) -> one - other);
            case 1 -> writer.calculation(left, "*", right, (one, other) -> one * other);
            case 2 -> writer.calculation(left, "/", right, (one, other) -> one / other);
            default -> writer.calculation(left, "%", right, (one, other) -> one % other);
        };
    }

    private Expression size(int depth) {
        Expression of = value(depth - 1);
        return writer.call(
                of, "size", "", names -> FilterModel.size(of.meaning().of(names)));
    }

    private Expression list(int depth) {
        List<Expression> elements = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            elements.add(random.nextBoolean() ? constant(values.scalar()) : value(depth - 1));
        }
        return Expression.primary(
                "[" + String.join(", ", elements.stream().map(Expression::text).toList()) + "]",
                names -> {
                    List<@Nullable Object> list = new ArrayList<>();
                    for (Expression element : elements) {
                        list.add(element.meaning().of(names));
                    }
                    return list;
                });
    }

    /** A member or what a loop goes through, perhaps a member of it, or an element. */
    private Expression place() {
        Expression of = loops > 0 && random.nextBoolean() ? variable("v0") : member();
        for (int i = random.nextInt(3); i > 0; i--) {
            of = inside(of);
        }
        return of;
    }

    /** A member of the resource, by one of the ways to name it. */
    private Expression member() {
        return switch (random.nextInt(8)) {
            case 0 -> named(resource(), name());
            case 1 -> named(resource(), values.pick(SERVER_NAMES));
            case 2 -> {
                String name = plainName();
                yield Expression.primary(
                        "." + name, names -> FilterModel.at(names.get(FilterModel.RESOURCE), name));
            }
            default -> variable(plainName());
        };
    }

    /** The member of this name, or what a loop goes through. */
    private static Expression variable(String name) {
        return Expression.primary(name, names -> names.get(name));
    }

    private static Expression resource() {
        return Expression.primary("resource", names -> names.get(FilterModel.RESOURCE));
    }

    private Expression inside(Expression of) {
        return switch (random.nextInt(6)) {
            case 0 -> at(of, constant(random.nextBoolean() ? 0.0 : 1.0));
            case 1 -> at(of, value(0));
            default -> named(of, name());
        };
    }

    private Expression named(Expression of, String name) {
        if (InventedValues.ODD_NAMES.contains(name) || random.nextBoolean()) {
            return at(of, constant(name));
        }
        return Expression.primary(
                of.text() + "." + name, names -> FilterModel.at(of.meaning().of(names), name));
    }

    private static Expression at(Expression of, Expression place) {
        return Expression.primary(
                of.text() + "[" + place.text() + "]",
                names -> FilterModel.at(of.meaning().of(names), place.meaning().of(names)));
    }

    private Expression constant(@Nullable Object value) {
        String text = values.written(value);
        return new Expression(
                text, text.startsWith("-") ? Expression.UNARY : Expression.PRIMARY, _ -> value);
    }

    private String name() {
        return random.nextInt(5) == 0 ? values.pick(InventedValues.ODD_NAMES) : plainName();
    }

    private String plainName() {
        return random.nextInt(8) == 0 ? "missing" : values.pick(InventedValues.NAMES);
    }
}
