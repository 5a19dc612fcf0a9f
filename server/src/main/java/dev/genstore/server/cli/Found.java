package dev.genstore.server.cli;

import dev.genstore.sqlite.StoreCheck;

/** Says what a store has. */
final class Found {
    private Found() {}

    static String of(StoreCheck.Report report) {
        return "%d resources and %d changes, up to the position %s."
                .formatted(report.resources(), report.changes(), report.position());
    }
}
