package dev.genstore.cel;

import com.google.re2j.Pattern;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.genstore.testkit.FilterModel;
import dev.genstore.testkit.FilterModel.Failure;
import dev.genstore.testkit.Turns;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Supplier;

/**
 * What an expression means by the words of the pages on filters and rules, slowly: part by part as it
 * is written, and both sides of everything. It takes what was compiled, and counts what that may cost.
 *
 * <p>Confined to one thread.
 */
final class CelMeaning {
    private static final String AUTH = "auth";
    private static final String RESOURCE = "resource";
    private static final int TEXT_LENGTH_MAX = 65_536;
    private static final int PATTERN_INSTRUCTIONS_MAX = 500;

    /** What is in the canonical form of an expression for one part of what was written. */
    private static final int PARTS_FOR_EACH = 6;

    private final @Nullable Map<String, @Nullable Object> auth;
    private final Work work;
    private final List<String> variables = new ArrayList<>();

    /**
     * Meanings.
     *
     * @param auth who asks, of a rule; of a filter null
     */
    CelMeaning(@Nullable Map<String, @Nullable Object> auth, Work work) {
        this.auth = auth == null ? null : FilterModel.membersKnown(auth);
        this.work = work;
    }

    /** What an expression means. */
    Meaning of(CelExpr part) {
        Meaning meaning = meaning(part);
        return around -> {
            work.add(1);
            return meaning.in(around);
        };
    }

    private Meaning meaning(CelExpr part) {
        return switch (part.getKind()) {
            case CONSTANT -> {
                Object value = constant(part.constant());
                yield _ -> value;
            }
            case IDENT -> name(part.ident().name());
            case SELECT -> place(part.select().operand(), text(part.select().field()), part);
            case LIST -> list(part.list().elements().stream().map(this::of).toList());
            case CALL -> call(part);
            case MAP, STRUCT, COMPREHENSION, NOT_SET -> throw new AssertionError("let in: " + part);
        };
    }

    private static @Nullable Object constant(CelConstant constant) {
        return switch (constant.getKind()) {
            case NULL_VALUE -> null;
            case BOOLEAN_VALUE -> constant.booleanValue();
            case INT64_VALUE -> (double) constant.int64Value();
            case DOUBLE_VALUE -> constant.doubleValue();
            case STRING_VALUE -> constant.stringValue();
            default -> throw new AssertionError("let in: " + constant);
        };
    }

    private static Meaning text(String text) {
        return _ -> text;
    }

    private Meaning name(String name) {
        if (variables.contains(name)) {
            return around -> around.variables().get(name);
        }
        assertOf(auth == null, name);
        String plain = name.startsWith(".") ? name.substring(1) : name;
        return around -> FilterModel.at(around.resource(), plain);
    }

    private static void assertOf(boolean isLetIn, Object part) {
        if (!isLetIn) {
            throw new AssertionError("let in: " + part);
        }
    }

    private boolean isOwner(CelExpr part, String owner) {
        return part.getKind() == CelExpr.ExprKind.Kind.IDENT
                && part.ident().name().equals(owner)
                && !variables.contains(owner);
    }

    /** The whole of something, of which an expression can only name members. */
    private @Nullable Meaning owner(CelExpr part) {
        if (isOwner(part, RESOURCE)) {
            return around -> around.resource();
        }
        return auth != null && isOwner(part, AUTH) ? _ -> auth : null;
    }

    private Meaning ofOrOwner(CelExpr part) {
        Meaning owner = owner(part);
        return owner == null ? of(part) : owner;
    }

    /** What is not known of who asks is an error, and else what is not there is null. */
    private Meaning place(CelExpr of, Meaning place, CelExpr whole) {
        Meaning container = ofOrOwner(of);
        boolean isOfAuth = auth != null && isOfAuth(of);
        boolean isFixed = isFixed(whole);
        return around -> {
            Object value = FilterModel.at(container.in(around), place.in(around));
            if (isOfAuth && value == null) {
                throw isFixed ? new Failure() : new Work.TooMuch();
            }
            return value;
        };
    }

    private boolean isOfAuth(CelExpr part) {
        return switch (part.getKind()) {
            case IDENT -> isOwner(part, AUTH);
            case SELECT -> isOfAuth(part.select().operand());
            case CALL ->
                part.call().function().equals("_[_]")
                        && isOfAuth(part.call().args().getFirst());
            default -> false;
        };
    }

    /** Whether it depends on who asks alone, and plainly. */
    private boolean isFixed(CelExpr part) {
        return switch (part.getKind()) {
            case CONSTANT -> true;
            case IDENT -> isOwner(part, AUTH);
            case SELECT -> isFixed(part.select().operand());
            case CALL ->
                part.call().target().isEmpty()
                        && part.call().args().stream().allMatch(this::isFixed);
            default -> false;
        };
    }

    private static Meaning list(List<Meaning> elements) {
        return around -> {
            List<@Nullable Object> list = new ArrayList<>();
            for (Meaning element : elements) {
                list.add(element.in(around));
            }
            return list;
        };
    }

    private Meaning call(CelExpr part) {
        List<CelExpr> all = new ArrayList<>();
        part.call().target().ifPresent(all::add);
        all.addAll(part.call().args());
        String function = part.call().function();
        return switch (function) {
            case "exists", "all", "exists_one", "existsOne" ->
                loop(function, of(all.get(0)), all.get(1).ident().name(), all.get(2));
            case "has" -> has(all.getFirst().select());
            case "_[_]" -> place(all.get(0), of(all.get(1)), part);
            case "@in" -> in(of(all.get(0)), all.get(1));
            case "matches" -> matches(of(all.get(0)), all.get(1).constant().stringValue());
            default -> call(function, all.stream().map(this::of).toList());
        };
    }

    private Meaning call(String function, List<Meaning> parts) {
        Meaning one = parts.getFirst();
        Meaning other = parts.getLast();
        return switch (function) {
            case "_&&_" -> around -> both(one, other, false, around);
            case "_||_" -> around -> both(one, other, true, around);
            case "!_" -> around -> !FilterModel.bool(one.in(around));
            case "_?_:_" ->
                around -> FilterModel.bool(one.in(around))
                        ? parts.get(1).in(around)
                        : other.in(around);
            case "size" -> around -> FilterModel.size(paid(one.in(around)));
            case "-_" -> around -> -FilterModel.number(one.in(around));
            default -> two(one, other, operator(function));
        };
    }

    /** Both sides are looked at; a side that decides wins over an error on the other. */
    private static boolean both(
            Meaning left, Meaning right, boolean deciding, Meaning.Surroundings around) {
        String decides = Boolean.toString(deciding);
        List<String> outcomes = List.of(left.outcome(around), right.outcome(around));
        if (outcomes.contains("error") && !outcomes.contains(decides)) {
            throw new Failure();
        }
        return outcomes.contains(decides) == deciding;
    }

    private BiFunction<@Nullable Object, @Nullable Object, Object> operator(String function) {
        return switch (function) {
            case "_==_" -> FilterModel::same;
            case "_!=_" -> (left, right) -> !FilterModel.same(left, right);
            case "_<_" -> (left, right) -> FilterModel.compare(left, right) < 0;
            case "_<=_" -> (left, right) -> FilterModel.compare(left, right) <= 0;
            case "_>_" -> (left, right) -> FilterModel.compare(left, right) > 0;
            case "_>=_" -> (left, right) -> FilterModel.compare(left, right) >= 0;
            case "_+_" -> CelMeaning::sum;
            case "_-_" -> number((left, right) -> left - right);
            case "_*_" -> number((left, right) -> left * right);
            case "_/_" -> number((left, right) -> left / right);
            case "_%_" -> number((left, right) -> left % right);
            case "startsWith" -> text(String::startsWith);
            case "endsWith" -> text(String::endsWith);
            case "contains" -> text(String::contains);
            default -> throw new AssertionError("let in: " + function);
        };
    }

    private static Object sum(@Nullable Object left, @Nullable Object right) {
        Object sum = FilterModel.sum(left, right);
        if (sum instanceof String text && text.length() > TEXT_LENGTH_MAX) {
            throw new Failure();
        }
        return sum;
    }

    private static BiFunction<@Nullable Object, @Nullable Object, Object> number(
            DoubleBinaryOperator operator) {
        return (left, right) -> FilterModel.number(
                operator.applyAsDouble(FilterModel.number(left), FilterModel.number(right)));
    }

    private static BiFunction<@Nullable Object, @Nullable Object, Object> text(
            BiFunction<String, String, Boolean> test) {
        return (left, right) -> test.apply(FilterModel.text(left), FilterModel.text(right));
    }

    private Meaning two(
            Meaning left,
            Meaning right,
            BiFunction<@Nullable Object, @Nullable Object, Object> operator) {
        return around -> {
            Supplier<@Nullable Object> one = tried(left, around);
            Supplier<@Nullable Object> other = tried(right, around);
            return operator.apply(one.get(), other.get());
        };
    }

    /** An error is one only when the other side has been looked at, which may be the first of them. */
    private Supplier<@Nullable Object> tried(Meaning part, Meaning.Surroundings around) {
        try {
            Object value = paid(part.in(around));
            return () -> value;
        } catch (Failure failure) {
            return () -> {
                throw failure;
            };
        }
    }

    private @Nullable Object paid(@Nullable Object value) {
        work.add(Work.weight(value));
        return value;
    }

    private Meaning matches(Meaning text, String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return around -> {
            String sought = FilterModel.text(text.in(around));
            work.add((long) sought.length() * PATTERN_INSTRUCTIONS_MAX / 2);
            return compiled.matcher(sought).find();
        };
    }

    /** In the whole of something it is asked as by {@code has}. */
    private Meaning in(Meaning value, CelExpr container) {
        Meaning owner = owner(container);
        Meaning of = owner == null ? of(container) : owner;
        boolean isOfAuth = owner != null && isOwner(container, AUTH);
        return around -> {
            Object sought = paid(value.in(around));
            Object found = paid(of.in(around));
            return FilterModel.in(sought, found)
                    && !(isOfAuth && FilterModel.at(found, sought) == null);
        };
    }

    /** Of who asks a member is there if it is not null, and is not there if what has it is not. */
    private Meaning has(CelExpr.CelSelect place) {
        boolean isPath = auth != null && isPath(place.operand());
        Meaning of = isPath ? lenient(place.operand()) : ofOrOwner(place.operand());
        return around -> {
            Object value = of.in(around);
            return isPath
                    ? FilterModel.at(value, place.field()) != null
                    : FilterModel.has(value, place.field());
        };
    }

    /** Whether it leads from who asks by names alone. */
    private boolean isPath(CelExpr part) {
        return isOwner(part, AUTH)
                || (part.getKind() == CelExpr.ExprKind.Kind.SELECT
                        && isPath(part.select().operand()))
                || (isElement(part) && isPath(part.call().args().getFirst()));
    }

    private static boolean isElement(CelExpr part) {
        return part.getKind() == CelExpr.ExprKind.Kind.CALL
                && part.call().function().equals("_[_]")
                && name(part) != null;
    }

    private static @Nullable String name(CelExpr element) {
        CelExpr place = element.call().args().getLast();
        boolean isText = place.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && place.constant().getKind() == CelConstant.Kind.STRING_VALUE;
        return isText ? place.constant().stringValue() : null;
    }

    /** What a path leads to, or null. */
    private Meaning lenient(CelExpr path) {
        if (isOwner(path, AUTH)) {
            return _ -> auth;
        }
        boolean isSelect = path.getKind() == CelExpr.ExprKind.Kind.SELECT;
        Meaning of =
                lenient(isSelect ? path.select().operand() : path.call().args().getFirst());
        String name = isSelect ? path.select().field() : name(path);
        return around -> FilterModel.at(of.in(around), name);
    }

    private Meaning loop(String quantifier, Meaning of, String variable, CelExpr condition) {
        variables.add(variable);
        Meaning body = of(condition);
        variables.removeLast();
        String plain = quantifier.equals("existsOne") ? "exists_one" : quantifier;
        long cost = (long) PARTS_FOR_EACH * Work.parts(condition);
        return around -> Turns.of(plain, FilterModel.elements(of.in(around)), element -> {
            work.add(cost);
            return body.outcome(around.with(variable, element));
        });
    }
}
