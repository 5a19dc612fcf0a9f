package dev.genstore.checks.clients;

/** A change as watchers are told of it: its revision, {@code created} or such, and the resource's id. */
record Told(long revision, String type, String subject) {
    @Override
    public String toString() {
        return revision + " " + type + " " + subject;
    }
}
