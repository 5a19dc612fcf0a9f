package dev.genstore.wire.send;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The kinds of senders that can be tested on this machine. */
final class Kinds {
    private Kinds() {}

    /** Those that work, best first. */
    static List<SenderKind> working() {
        return workingAmong(SenderKind.values());
    }

    /** Those of them that have a sender. */
    static List<SenderKind> withSender() {
        return workingAmong(SenderKind.IO_URING, SenderKind.SEND, SenderKind.SOCKET);
    }

    static List<SenderKind> workingAmong(SenderKind... kinds) {
        return Arrays.stream(kinds).filter(Kinds::works).toList();
    }

    private static boolean works(SenderKind kind) {
        try {
            Trial.run(kind);
            return true;
        } catch (IOException failure) {
            return false;
        }
    }
}
