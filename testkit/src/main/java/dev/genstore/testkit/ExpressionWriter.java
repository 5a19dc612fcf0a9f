package dev.genstore.testkit;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Random;
import java.util.function.BinaryOperator;

/**
 * Writes expressions that are made of others, with parentheses where they are needed, and now and then
 * where they are not. Confined to one thread.
 */
final class ExpressionWriter {
    private static final Map<String, Integer> LEVELS = Map.ofEntries(
            Map.entry("*", 2),
            Map.entry("/", 2),
            Map.entry("%", 2),
            Map.entry("+", 3),
            Map.entry("-", 3),
            Map.entry("==", 4),
            Map.entry("!=", 4),
            Map.entry("<", 4),
            Map.entry("<=", 4),
            Map.entry(">", 4),
            Map.entry(">=", 4),
            Map.entry("in", 4),
            Map.entry("&&", 5),
            Map.entry("||", 6));

    private final Random random;

    ExpressionWriter(Random random) {
        this.random = random;
    }

    /** What is made of two values. */
    @FunctionalInterface
    interface Calculation {
        Object of(@Nullable Object left, @Nullable Object right);
    }

    /** What is said of two texts. */
    @FunctionalInterface
    interface TextTest {
        boolean holds(String text, String part);
    }

    Expression infix(Expression left, String sign, Expression right, FilterModel.Part meaning) {
        int level = LEVELS.getOrDefault(sign, Expression.PRIMARY);
        String space = " ".repeat(1 + random.nextInt(2));
        String text = within(level, left) + space + sign + space + within(level - 1, right);
        return new Expression(text, level, meaning);
    }

    Expression binary(Expression left, String sign, Expression right, Calculation meaning) {
        return infix(
                left,
                sign,
                right,
                names -> meaning.of(left.meaning().of(names), right.meaning().of(names)));
    }

    Expression calculation(
            Expression left, String sign, Expression right, BinaryOperator<Double> operator) {
        return binary(
                left,
                sign,
                right,
                (one, other) -> FilterModel.number(
                        operator.apply(FilterModel.number(one), FilterModel.number(other))));
    }

    Expression negation(Expression inner) {
        return new Expression(
                "!" + within(Expression.PRIMARY, inner),
                Expression.UNARY,
                names -> !FilterModel.bool(inner.meaning().of(names)));
    }

    Expression negative(Expression inner) {
        return new Expression(
                "-" + within(Expression.PRIMARY, inner),
                Expression.UNARY,
                names -> -FilterModel.number(inner.meaning().of(names)));
    }

    Expression choice(Expression condition, Expression then, Expression otherwise) {
        int below = Expression.CHOICE - 1;
        return new Expression(
                within(below, condition) + " ? " + within(below, then) + " : "
                        + within(Expression.CHOICE, otherwise),
                Expression.CHOICE,
                names -> FilterModel.bool(condition.meaning().of(names))
                        ? then.meaning().of(names)
                        : otherwise.meaning().of(names));
    }

    Expression textTest(Expression text, String name, Expression part, TextTest test) {
        return Expression.primary(
                method(text, name, part.text()),
                names -> test.holds(
                        FilterModel.text(text.meaning().of(names)),
                        FilterModel.text(part.meaning().of(names))));
    }

    /** A function that may be called as a method, too. */
    Expression call(Expression of, String name, String more, FilterModel.Part meaning) {
        String function = name + "(" + of.text() + (more.isEmpty() ? "" : ", " + more) + ")";
        return Expression.primary(
                random.nextBoolean() ? function : method(of, name, more), meaning);
    }

    private String method(Expression of, String name, String arguments) {
        return within(Expression.PRIMARY, of) + "." + name + "(" + arguments + ")";
    }

    /** A part where nothing may stand that binds more weakly than this. */
    private String within(int level, Expression part) {
        boolean isNeeded = part.level() > level;
        return isNeeded || random.nextInt(4) == 0 ? "(" + part.text() + ")" : part.text();
    }
}
