package dev.genstore.schema;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;

import dev.genstore.resource.Problem;
import dev.genstore.resource.Problem.FieldError;
import dev.genstore.resource.ProblemType;

import java.util.List;

/**
 * One check of one document: what it has cost so far, and what was found. The library counts schemas
 * and keywords; what goes on inside a keyword is counted by {@link Weighed}. Confined to one thread.
 */
final class Check extends ExecutionContext {
    private long stepsLeft;

    /** A check of a document of so many bytes. */
    Check(int bytes) {
        this(SchemaLimits.STEPS_MAX + (long) SchemaLimits.STEPS_PER_BYTE_MAX * bytes);
    }

    private Check(long stepsMax) {
        super(ExecutionConfig.builder()
                .maxEvaluationSteps(stepsMax)
                .maxEvaluationDepth(SchemaLimits.DEPTH_MAX)
                .build());
        this.stepsLeft = stepsMax;
    }

    /** Counts what is about to be done. */
    void step(long count) {
        stepsLeft -= count;
        if (stepsLeft < 0) {
            throw tooMuch();
        }
    }

    static Problem tooMuch() {
        return ProblemType.SCHEMA.because(
                "To check this against the schema of its collection would go"
                        + " too deep, or take too many steps; send less, or let the schema be simpler.");
    }

    /** Behind as many as are told, one stands for all: their number is asked for, nothing else. */
    @Override
    public void addError(Error error) {
        List<Error> errors = getErrors();
        errors.add(errors.size() < SchemaLimits.ERRORS_MAX ? error : errors.getLast());
    }

    /** The first members at fault. */
    List<FieldError> told() {
        return getErrors().stream()
                .limit(SchemaLimits.ERRORS_MAX)
                .map(Words::of)
                .distinct()
                .toList();
    }
}
