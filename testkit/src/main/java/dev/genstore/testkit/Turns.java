package dev.genstore.testkit;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What loops mean, by the outcomes of their turns. */
public final class Turns {
    private Turns() {}

    /** What a loop comes to, by what each of its turns does: true, false or error. */
    public static boolean of(
            String quantifier, List<?> elements, Function<@Nullable Object, String> turn) {
        List<String> outcomes = new ArrayList<>();
        elements.forEach(element -> outcomes.add(turn.apply(element)));
        boolean failed = outcomes.contains("error");
        return switch (quantifier) {
            case "exists" ->
                unless(failed && !outcomes.contains("true"), outcomes.contains("true"));
            case "all" ->
                unless(failed && !outcomes.contains("false"), !outcomes.contains("false"));
            default -> unless(failed, outcomes.stream().filter("true"::equals).count() == 1);
        };
    }

    private static boolean unless(boolean failed, boolean outcome) {
        if (failed) {
            throw new FilterModel.Failure();
        }
        return outcome;
    }
}
