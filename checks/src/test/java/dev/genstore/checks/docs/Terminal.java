package dev.genstore.checks.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A reader at a terminal. What goes on until it is stopped gets a window of its own, as {@code typing.sh}
 * has it. Confined to one thread.
 */
final class Terminal implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int BLOCK_SECONDS = 90;

    /** What goes on until it is stopped, by the name of the function that starts it. */
    private static final Map<String, Pattern> GOES_ON = Map.of(
            "serve", Pattern.compile("(?!! )[^#]*genstore serve"),
            "watch", Pattern.compile("(?!.*--until-synced)[^#]*genstore watch"),
            "stream", Pattern.compile("curl -N"),
            "program", Pattern.compile("java "));

    private final Path folder;
    private final Machine machine;
    private final Process shell;
    private final Writer in;
    private final BufferedReader out;
    private int typed;

    private Terminal(Path folder, Machine machine, Process shell) {
        this.folder = folder;
        this.machine = machine;
        this.shell = shell;
        in = shell.outputWriter(StandardCharsets.UTF_8);
        out = shell.inputReader(StandardCharsets.UTF_8);
    }

    static Terminal open(Path folder) throws IOException {
        Machine machine = Machine.in(folder);
        var builder = new ProcessBuilder("bash", "--noprofile", "--norc", ".typing.sh")
                .directory(folder.toFile())
                .redirectError(folder.resolve(".said").toFile());
        machine.prepare(builder.environment());
        return new Terminal(folder, machine, builder.start());
    }

    /** Makes the file that a block is. */
    void write(Block block) throws IOException {
        Path file = folder.resolve(block.ownFile());
        Files.createDirectories(file.getParent());
        Files.writeString(file, machine.asHere(block.text()));
    }

    /**
     * Types a block and waits until it is done.
     *
     * @param isShown whether what it says is shown behind it; else its requests have to succeed, too
     * @return what it said
     */
    String type(Block block, boolean isShown) throws IOException {
        typed++;
        String text =
                block.text().lines().map(Terminal::inWindow).collect(Collectors.joining("\n"));
        Files.writeString(folder.resolve(".block-" + typed), machine.asHere(text) + "\n");
        in.write("play_" + block.language() + " " + typed + (isShown ? " shown\n" : " silent\n"));
        in.flush();
        String ended = CompletableFuture.supplyAsync(this::readLine)
                .completeOnTimeout("It does not end", BLOCK_SECONDS, TimeUnit.SECONDS)
                .join();
        assertThat(ended).as("%s%n%s%n%s", block.place(), block.text(), said()).isEqualTo("done");
        return Files.readString(folder.resolve(".said-" + typed));
    }

    /** Waits until what a block shows was said, by the one before it or in another window. */
    void requireShown(Block shown, String said) {
        var there = new Shown(machine.asHere(shown.text()), shown.language().equals("json"));
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(there.isIn(said) || there.isIn(windows()))
                    .as("%s shows%n%s%nand what came is%n%s", shown.place(), shown.text(), said())
                    .isTrue();
        });
    }

    /** A reader has another window for what goes on until it is stopped. */
    private static String inWindow(String line) {
        return GOES_ON.entrySet().stream()
                .filter(kind -> kind.getValue().matcher(line).lookingAt())
                .findFirst()
                .map(kind -> kind.getKey() + " '"
                        + line.replaceFirst("\\s+#.*|\\s+&$", "").replace("'", "'\\''") + "'")
                .orElse(line);
    }

    private String readLine() {
        try {
            return String.valueOf(out.readLine());
        } catch (IOException failure) {
            return failure.toString();
        }
    }

    private String windows() throws IOException {
        return all(".window-");
    }

    private String said() throws IOException {
        return all(".said") + windows();
    }

    private String all(String beginning) throws IOException {
        var all = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                if (file.getFileName().toString().startsWith(beginning)) {
                    all.append(Files.readString(file));
                }
            }
        }
        return all.toString();
    }

    /** The shell waits for a word at its end, so all that it has started is still known. */
    @Override
    public void close() {
        List<ProcessHandle> started = shell.descendants().toList();
        started.forEach(ProcessHandle::destroyForcibly);
        shell.destroyForcibly();
        started.forEach(process -> process.onExit().join());
        shell.onExit().join();
    }
}
