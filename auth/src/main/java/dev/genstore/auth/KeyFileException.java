package dev.genstore.auth;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/** The keys can't be read or written. The message is a sentence for the operator. */
public final class KeyFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeyFileException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }

    /** Whether it was read and is no file of keys: reading it again would find the same. */
    boolean isDamage() {
        return !(getCause() instanceof IOException);
    }
}
