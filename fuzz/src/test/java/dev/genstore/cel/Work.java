package dev.genstore.cel;

import dev.cel.common.ast.CelExpr;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/** What something may cost at most, counted without care. Confined to one thread. */
final class Work {
    /** Far from where a filter ends by the count of its steps. */
    private static final long UNITS_MAX = 40_000;

    private long units;

    /** Nothing is said of what costs more, or can't be told simply. */
    static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMuch() {
            super("too much", null, false, false);
        }
    }

    void add(long more) {
        units += more;
        if (units > UNITS_MAX) {
            throw new TooMuch();
        }
    }

    long units() {
        return units;
    }

    /** Characters, elements and names in a value. */
    static long weight(@Nullable Object value) {
        return switch (value) {
            case String text -> text.length();
            case List<?> list -> 1 + list.stream().mapToLong(Work::weight).sum();
            case Map<?, ?> map ->
                map.size() + map.values().stream().mapToLong(Work::weight).sum();
            case null, default -> 1;
        };
    }

    /** The parts of an expression. */
    static int parts(CelExpr part) {
        return 1
                + switch (part.getKind()) {
                    case SELECT -> parts(part.select().operand());
                    case LIST -> parts(part.list().elements());
                    case CALL ->
                        parts(part.call().args())
                                + part.call().target().map(Work::parts).orElse(0);
                    default -> 0;
                };
    }

    private static int parts(List<CelExpr> all) {
        return all.stream().mapToInt(Work::parts).sum();
    }
}
