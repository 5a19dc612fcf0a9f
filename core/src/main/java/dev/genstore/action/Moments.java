package dev.genstore.action;

import dev.genstore.resource.Moment;
import dev.genstore.resource.Position;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.Query;

import java.util.Optional;

/** The parameters that name a point in the history. */
final class Moments {
    static final String AT = "at";
    static final String AT_LEAST = "at-least";

    private Moments() {}

    /**
     * Whose state is asked for; empty when it is the present one.
     *
     * @throws dev.genstore.resource.Problem 400 {@code invalid-position}
     */
    static Optional<Moment> at(Query query) {
        return query.value(AT).map(Moments::moment);
    }

    private static Moment moment(String text) {
        Moment moment = Moment.parse(text);
        if (moment == null) {
            throw ProblemType.INVALID_POSITION.because(
                    "'at' is a position like k3f9-1842, a revision like 1842, or a time like"
                            + " 2026-11-21T09:30:00Z; in a URL a + is written %2B.");
        }
        return moment;
    }

    /**
     * What the server must have come to.
     *
     * @throws dev.genstore.resource.Problem 400 {@code invalid-position}
     */
    static Optional<Position> atLeast(Query query) {
        return query.value(AT_LEAST).map(Moments::position);
    }

    private static Position position(String text) {
        Position position = Position.parse(text);
        if (position == null) {
            throw ProblemType.INVALID_POSITION.because(
                    "'at-least' is a position like k3f9-1842, or a revision like 1842.");
        }
        return position;
    }
}
