package dev.genstore.server.config;

import dev.genstore.wire.send.SenderKind;

import java.util.Optional;

/** How frames are given to the kernel; the names are those of {@code SenderKind}. */
public enum SenderSetting {
    /** The best way that works here. */
    AUTO,
    IO_URING,
    SEND,
    SOCKET,
    CHANNEL;

    /** The kind that is forced, if one is. */
    public Optional<SenderKind> kind() {
        return switch (this) {
            case AUTO -> Optional.empty();
            case IO_URING -> Optional.of(SenderKind.IO_URING);
            case SEND -> Optional.of(SenderKind.SEND);
            case SOCKET -> Optional.of(SenderKind.SOCKET);
            case CHANNEL -> Optional.of(SenderKind.CHANNEL);
        };
    }
}
