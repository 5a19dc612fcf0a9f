package dev.genstore.wire;

import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;

/** One request that is followed until it is answered. Thread-safe. */
public interface RequestTrace {
    /** One that nobody follows. */
    RequestTrace NONE = new RequestTrace() {
        @Override
        public <T extends @Nullable Object> Supplier<T> around(Supplier<T> work) {
            return work;
        }

        @Override
        public void answered(int status) {}

        @Override
        public void ended() {}
    };

    /** What does the request, so that it is followed to what it changes. */
    <T extends @Nullable Object> Supplier<T> around(Supplier<T> work);

    /** Its answer, or the head of a stream, goes out. */
    void answered(int status);

    /** Nobody waits for its answer any more, or there will be none; of one that was answered, nothing. */
    void ended();
}
