package dev.genstore.wire.send;

import dev.genstore.hub.Sender;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * How this program gives frames to the kernel. Immutable.
 *
 * @param kind of the senders
 * @param reason why this one and no better one
 */
public record SenderChoice(SenderKind kind, String reason) {
    /**
     * Takes the best kind that really sends bytes here.
     *
     * @param forced the kind to take instead; null leaves the choice open
     * @throws IOException when the forced one can't be had; the message says why
     */
    public static SenderChoice choose(@Nullable SenderKind forced) throws IOException {
        return forced == null ? best() : forced(forced);
    }

    private static SenderChoice forced(SenderKind kind) throws IOException {
        try {
            Trial.run(kind);
        } catch (IOException failure) {
            throw new IOException(
                    "The sender " + kind.label() + " can't be had: " + failure.getMessage(),
                    failure);
        }
        return new SenderChoice(kind, "it was asked for");
    }

    private static SenderChoice best() {
        Set<String> reasons = new LinkedHashSet<>();
        for (SenderKind kind : SenderKind.values()) {
            try {
                Trial.run(kind);
                return new SenderChoice(kind, reason(kind, reasons));
            } catch (IOException failure) {
                reasons.add(String.valueOf(failure.getMessage()));
            }
        }
        throw new IllegalStateException("a channel always sends");
    }

    private static String reason(SenderKind kind, Set<String> reasonsAgainstBetter) {
        return reasonsAgainstBetter.isEmpty()
                ? kind.label() + " works here"
                : String.join("; ", reasonsAgainstBetter);
    }

    /**
     * Makes a sender, to be called on the thread of the loop that will use and close it. There is none
     * for {@link SenderKind#CHANNEL}.
     *
     * @throws IOException when what it needs can't be had any more, such as a file descriptor
     */
    public Optional<Sender> open() throws IOException {
        return open(kind);
    }

    static Optional<Sender> open(SenderKind kind) throws IOException {
        return switch (kind) {
            case IO_URING -> Optional.of(IoUringSender.open());
            case SEND -> Optional.of(LibcSender.open());
            case SOCKET -> Optional.of(SocketSender.open());
            case CHANNEL -> Optional.empty();
        };
    }
}
