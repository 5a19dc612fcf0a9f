package dev.genstore.store;

/**
 * More has changed since a write was prepared than can be looked at while all others wait: it has to
 * be prepared anew. It carries no stack trace, as it is no bug.
 */
final class Unsettled extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unsettled() {
        super("too much has changed since it was prepared", null, false, false);
    }
}
