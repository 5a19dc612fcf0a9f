package dev.genstore.changelog;

import dev.genstore.resource.Change;
import dev.genstore.resource.LogEntry;

import java.util.List;

/** What a reader of the log gets. */
public sealed interface Reading {
    /** What there is; empty when that is nothing, or retention has taken it. */
    List<? extends LogEntry> entries();

    /** The changes directly behind the asked revision, in order; empty when there are none yet. */
    record Changes(List<Change> changes) implements Reading {
        @Override
        public List<Change> entries() {
            return changes;
        }
    }

    /** The same where the retention of a collection has cut some of them. */
    record PartlyCut(List<LogEntry> entries) implements Reading {}

    /** Retention has taken some of what was asked for. */
    record Gone() implements Reading {
        @Override
        public List<LogEntry> entries() {
            return List.of();
        }
    }
}
