package dev.genstore.schema;

import dev.genstore.resource.Problem.FieldError;
import dev.genstore.resource.ProblemType;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** One check of one document: what it has cost so far, and what was found. Confined to one thread. */
final class Run {
    private final List<FieldError> errors = new ArrayList<>();
    private final boolean remembers;
    private long stepsLeft;
    private int depth;
    private int silences;

    /**
     * A check that begins.
     *
     * @param remembers whether some keyword asks what the others have looked at
     */
    Run(long stepsMax, boolean remembers) {
        this.stepsLeft = stepsMax;
        this.remembers = remembers;
    }

    /** What has been looked at of another value: nothing. */
    Seen nothingSeen() {
        return remembers ? Seen.nothing() : Seen.UNASKED;
    }

    /** What was found, in the order in which it was looked for. */
    List<FieldError> errors() {
        return errors;
    }

    /** Counts what is about to be done. */
    void step(long count) {
        stepsLeft -= count;
        if (stepsLeft < 0) {
            throw tooMuch("would take too many steps");
        }
    }

    void enter() {
        step(1);
        depth++;
        if (depth > SchemaLimits.DEPTH_MAX) {
            throw tooMuch("would go too deep");
        }
    }

    void leave() {
        depth--;
    }

    private static RuntimeException tooMuch(String what) {
        return ProblemType.SCHEMA.because("To check this against the schema of its collection "
                + what + "; send less, or let the schema be simpler.");
    }

    /** Whether nothing can come of going on once something does not fit. */
    boolean hasEnough() {
        return silences > 0 || errors.size() >= SchemaLimits.ERRORS_MAX;
    }

    void tell(Where where, String detail) {
        if (!hasEnough()) {
            errors.add(new FieldError(where.pointer(), detail));
        }
    }

    /** Does something of which nothing is told. */
    boolean silently(BooleanSupplier trying) {
        silences++;
        boolean fits = trying.getAsBoolean();
        silences--;
        return fits;
    }
}
