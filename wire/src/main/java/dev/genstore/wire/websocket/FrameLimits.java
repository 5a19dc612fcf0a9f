package dev.genstore.wire.websocket;

/**
 * How large a client's messages may be. What is over a limit is refused with {@link
 * CloseCode#TOO_BIG}.
 *
 * <p>Immutable.
 *
 * @param messageBytesMax the payload of a message, over all its frames
 * @param messageFramesMax the frames of a message, since empty ones cost no payload
 */
public record FrameLimits(int messageBytesMax, int messageFramesMax) {
    /** 64 KiB in 1,024 frames. */
    public static final FrameLimits DEFAULT = new FrameLimits(64 << 10, 1_024);

    public FrameLimits {
        if (messageBytesMax < 1) {
            throw new IllegalArgumentException(
                    "messageBytesMax must be at least 1: " + messageBytesMax);
        }
        if (messageFramesMax < 1) {
            throw new IllegalArgumentException(
                    "messageFramesMax must be at least 1: " + messageFramesMax);
        }
    }
}
