package dev.genstore.query;

/** What a condition comes to. */
enum Truth {
    TRUE,
    FALSE,
    ERROR;

    static Truth of(boolean holds) {
        return holds ? TRUE : FALSE;
    }

    Truth not() {
        return switch (this) {
            case TRUE -> FALSE;
            case FALSE -> TRUE;
            case ERROR -> ERROR;
        };
    }
}
