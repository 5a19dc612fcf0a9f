package dev.genstore.hub;

/** One stream of frames of a {@link StreamForm}. Used by one thread at a time. */
public interface FrameStream extends AutoCloseable {
    /**
     * The next frame. When this fails, the stream is closed: nobody knows what it builds on then.
     *
     * @param anew whether who has none of the frames before must be able to read it, and all that
     *     follow
     */
    byte[] frame(Event event, boolean anew);

    @Override
    void close();
}
