package dev.genstore.wire.send;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;

/** A way to give frames to the kernel. The best comes first. */
public enum SenderKind {
    /** Hundreds of sends in one system call; Linux 6.1 or newer, where it is allowed. */
    IO_URING("io_uring"),

    /** A system call for each socket, without a wrapper around it; Linux. */
    SEND("send"),

    /** The same through Netty's JNI, which needs no leave to call libc; Linux. */
    SOCKET("socket"),

    /** No sender: everything goes through the outbound buffers of Netty's channels; everywhere. */
    CHANNEL("channel");

    private final String label;

    SenderKind(String label) {
        this.label = label;
    }

    /** What it is called in options, metrics and logs. */
    public String label() {
        return label;
    }

    /**
     * The kind of this label.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static SenderKind labelled(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label.equals(label))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no sender " + label + "; there are " + labels() + "."));
    }

    private static String labels() {
        return Arrays.stream(values()).map(SenderKind::label).collect(joining(", "));
    }
}
