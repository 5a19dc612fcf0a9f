package dev.genstore.hub;

/**
 * A wire form in which a frame builds on the frames before it, as with compression: the frames of a
 * watch are one stream, which all its watchers share. Who joins is told in another form until the
 * stream begins anew. Implementations are compared by identity.
 */
public interface StreamForm {
    /** The form of those who can't read the stream yet; a reader of the stream understands it too. */
    Framing single();

    /** Opens a stream; it may take much memory until it is closed. */
    FrameStream open();
}
