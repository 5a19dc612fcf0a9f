package dev.genstore.checks.harness;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What one client has been told, event by event, held to the guarantees for which one need not know
 * what happened: ids only rise, none comes twice, and no {@code prev} is above what was told. Confined
 * to one thread.
 */
final class Line {
    private long order;
    private boolean isKnown;
    private String position;

    /** A client that stands at this position, or nowhere yet when it is empty. */
    Line(String since) {
        position = since;
        isKnown = !since.isEmpty();
        order = isKnown ? Told.order(since) : 0;
    }

    /** The id of the last event. */
    String position() {
        return position;
    }

    /** It was told everything up to here, without an event that says so. */
    void reach(String told) {
        assertThat(Told.order(told)).as("%s", told).isGreaterThanOrEqualTo(order);
        isKnown = true;
        order = Told.order(told);
        position = told;
    }

    void take(Told told) {
        if (told.isReset()) {
            assertThat(told.revision()).as("the id of %s", told).isZero();
        } else if (told.isSynced()) {
            assertThat(Told.order(told.id())).as("%s", told).isGreaterThanOrEqualTo(order);
        } else {
            takeChange(told);
        }
        isKnown = true;
        order = Told.order(told.id());
        position = told.id();
    }

    private void takeChange(Told told) {
        assertThat(Told.order(told.id())).as("%s behind %s", told, position).isGreaterThan(order);
        long prev = Told.order(told.prev());
        assertThat(prev).as("prev of %s", told).isLessThan(Told.order(told.id()));
        if (isKnown) {
            assertThat(prev).as("prev of %s behind %s", told, position).isLessThanOrEqualTo(order);
        }
    }
}
