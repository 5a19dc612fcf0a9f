package dev.genstore.store;

import dev.genstore.resource.Change;
import dev.genstore.resource.LogEntry;
import dev.genstore.resource.Names;
import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Objects;

/**
 * Since when the read rules of stored definitions are what they are. A definition also changes without
 * its rule, for one when an index is ready; so the log is followed back to where the rule was another
 * one. Where that can't be done, a rule counts as younger than it is.
 *
 * <p>Confined to one read.
 */
final class RuleHistory {
    private static final Logger LOG = LoggerFactory.getLogger(RuleHistory.class);

    /** How many changes are looked at; that takes up to a second, and a start waits for it. */
    private static final int LOOKS_MAX = 10_000;

    private final Snapshot snapshot;
    private long changed;
    private int looks;

    RuleHistory(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** The revision behind which it is so; 0 when there never was a rule. */
    long since(Resource definition) {
        long since = firstOfSame(definition);
        changed = Math.max(changed, since);
        return since;
    }

    /** The revision behind which all are so, when each that there is was asked for. */
    long changed() {
        return StoredDefinitions.lastChange(snapshot) == 0
                ? 0
                : Math.max(changed, snapshot.lastDeletion(Names.DEFINITIONS));
    }

    private long firstOfSame(Resource definition) {
        String expression = ReadRule.expression(definition);
        long first = definition.revision();
        Change change = change(first);
        while (change != null && saysTheSame(change.before(), expression)) {
            first = change.before() == null ? 0 : change.before().revision();
            change = change(first);
        }
        return first;
    }

    /** What is not there has no rule. */
    private static boolean saysTheSame(@Nullable Resource definition, @Nullable String expression) {
        return Objects.equals(
                expression, definition == null ? null : ReadRule.expression(definition));
    }

    private @Nullable Change change(long revision) {
        return revision > snapshot.horizon() && looks++ < LOOKS_MAX
                ? entry(revision) instanceof Change change ? change : null
                : null;
    }

    /** A start does not fail for what is only needed to tell less. */
    private @Nullable LogEntry entry(long revision) {
        try {
            return snapshot.log(revision - 1, 1, Long.MAX_VALUE).getFirst();
        } catch (StorageException failure) {
            LOG.warn("Since when a rule is what it is can't be found out", failure);
            return null;
        }
    }
}
