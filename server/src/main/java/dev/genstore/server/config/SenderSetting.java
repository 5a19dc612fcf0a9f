package dev.genstore.server.config;

/** How frames are given to the kernel; the names are those of {@code SenderKind}. */
public enum SenderSetting {
    /** The best way that works here. */
    AUTO,
    IO_URING,
    SEND,
    SOCKET,
    CHANNEL
}
