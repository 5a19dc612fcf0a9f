package dev.genstore.changelog;

import dev.genstore.resource.Change;

import java.util.List;

/** What a reader of the log gets. */
public sealed interface Reading {
    /** The changes directly behind the asked revision, in order; empty when there are none yet. */
    record Changes(List<Change> changes) implements Reading {}

    /** Retention has taken some of what was asked for. */
    record Gone() implements Reading {}
}
