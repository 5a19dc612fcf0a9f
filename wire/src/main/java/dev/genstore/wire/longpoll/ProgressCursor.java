package dev.genstore.wire.longpoll;

import dev.genstore.hub.Progress;
import dev.genstore.resource.ProblemType;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a position alone does not say about a client that reads page by page: that it is in the
 * middle of the state behind a reset.
 */
public final class ProgressCursor {
    private static final Pattern FORM = Pattern.compile(
            "([sl])((?:0|[1-9][0-9]{0,17}))\\.(0|[1-9][0-9]{0,17})\\.(0|[1-9][0-9]{0,17})");

    private ProgressCursor() {}

    /** The parameter with its {@code &}, or nothing when the position says all. */
    static String parameter(Progress progress) {
        return switch (progress) {
            case Progress.State state ->
                "&cursor=s" + state.revision() + '.' + state.told() + '.' + state.through();
            case Progress.Log log
            when log.fullThrough() > log.revision() ->
                "&cursor=l" + log.revision() + '.' + log.told() + '.' + log.fullThrough();
            case Progress.Log ignored -> "";
            case Progress.Between ignored -> "";
            case Progress.Lost ignored -> "";
            case Progress.Searching ignored -> "";
        };
    }

    /**
     * The progress that a cursor stands for.
     *
     * @throws dev.genstore.resource.Problem 400 when no page gave this cursor
     */
    public static Progress read(String cursor) {
        Matcher matcher = FORM.matcher(cursor);
        if (!matcher.matches()) {
            throw ProblemType.INVALID_PARAMETER.because(
                    "A cursor is part of the Link of an earlier page; follow that link as it is.");
        }
        long revision = Long.parseLong(matcher.group(2));
        long told = Long.parseLong(matcher.group(3));
        long last = Long.parseLong(matcher.group(4));
        return "s".equals(matcher.group(1))
                ? new Progress.State(revision, told, last)
                : new Progress.Log(revision, told, last);
    }
}
