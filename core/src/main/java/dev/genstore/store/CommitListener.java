package dev.genstore.store;

import dev.genstore.resource.Change;

import java.util.List;

/** Hears of changes when they are durable: each once, in order of revision, without gaps. */
@FunctionalInterface
public interface CommitListener {
    /** Called on the writer thread, so it must be quick and must not throw. */
    void committed(List<Change> changes);
}
