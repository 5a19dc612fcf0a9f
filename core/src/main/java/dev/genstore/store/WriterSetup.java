package dev.genstore.store;

import dev.genstore.query.RuleCompiler;

import java.time.InstantSource;

/**
 * What a writer is made of.
 *
 * @param retention how long the log is kept
 * @param answers how long the answers to what may be repeated are kept
 * @param waitingMax how many writes may wait; one more is answered 503
 * @param batchMax from how many writes on a commit takes no more; a batch is never divided
 * @param clock tells the time of changes
 * @param listener hears of durable changes
 * @param meter measures commits
 * @param schemas reads the schemas of collections
 * @param rules reads the rules of collections
 */
public record WriterSetup(
        Retention retention,
        AnswerRetention answers,
        int waitingMax,
        int batchMax,
        InstantSource clock,
        CommitListener listener,
        CommitMeter meter,
        SchemaReader schemas,
        RuleCompiler rules) {
    private static final int WAITING_MAX = 10_000;
    private static final int BATCH_MAX = 1_000;

    /**
     * Ten thousand writes may wait, a thousand share a commit, nothing is measured, and collections
     * have neither schemas nor rules.
     */
    public static WriterSetup of(
            Retention retention, InstantSource clock, CommitListener listener) {
        return new WriterSetup(
                retention,
                AnswerRetention.DEFAULT,
                WAITING_MAX,
                BATCH_MAX,
                clock,
                listener,
                CommitMeter.NONE,
                SchemaReader.NONE,
                RuleCompiler.NONE);
    }

    /** The same, measured. */
    public WriterSetup measuredBy(CommitMeter by) {
        return new WriterSetup(
                retention, answers, waitingMax, batchMax, clock, listener, by, schemas, rules);
    }

    /** The same, with schemas and rules. */
    public WriterSetup with(SchemaReader reader, RuleCompiler compiler) {
        return new WriterSetup(
                retention, answers, waitingMax, batchMax, clock, listener, meter, reader, compiler);
    }
}
