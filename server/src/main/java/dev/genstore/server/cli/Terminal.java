package dev.genstore.server.cli;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a command reads from and writes to, and whether a person looks at it.
 *
 * <p>Immutable, but for its streams.
 *
 * @param in the standard input
 * @param out for what was asked for
 * @param err for all else
 * @param environment all variables
 */
public record Terminal(
        InputStream in, PrintWriter out, PrintWriter err, Map<String, String> environment) {
    public Terminal {
        environment = Map.copyOf(environment);
    }

    /** Colours on the standard output; https://no-color.org switches them off. */
    Paint paint() {
        boolean isWanted = environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
        return new Paint(isWanted && isSeen(1));
    }

    /** Whether a person sees what goes to the standard error. */
    boolean isErrSeen() {
        return isSeen(2);
    }

    /** A text without what could steer a terminal: the controls of ASCII, and those behind it. */
    static String harmless(String text) {
        return text.replaceAll("\\p{Cc}", " ");
    }

    /** Java tells it only of input and output together; Linux tells it of each. */
    static boolean isSeen(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        try {
            return Files.readSymbolicLink(link).toString().matches("/dev/(pts/|tty).*");
        } catch (IOException | UnsupportedOperationException other) {
            return Optional.ofNullable(System.console())
                    .filter(Console::isTerminal)
                    .isPresent();
        }
    }
}
