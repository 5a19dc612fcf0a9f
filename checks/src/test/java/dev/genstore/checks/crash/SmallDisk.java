package dev.genstore.checks.crash;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A disk that is soon full: a file system in memory. Confined to the test's thread.
 *
 * @param folder where it is mounted
 */
record SmallDisk(Path folder) implements AutoCloseable {
    private static final int MEGABYTES = 24;

    /** Mounts it, which is for root only and not in every container; empty when it can't be had. */
    static Optional<SmallDisk> mount(Path folder) throws IOException {
        Files.createDirectories(folder);
        boolean isMounted = run(
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "size=" + MEGABYTES + "m",
                "tmpfs",
                folder.toString());
        return isMounted ? Optional.of(new SmallDisk(folder)) : Optional.empty();
    }

    /** Takes all the space that is left. */
    void fill() throws IOException {
        try (OutputStream ballast = Files.newOutputStream(ballast())) {
            byte[] page = new byte[1 << 12];
            for (int pages = MEGABYTES << 8; pages > 0; pages--) {
                ballast.write(page);
            }
            throw new IllegalStateException("There was more space than there is.");
        } catch (IOException full) {
            if (!String.valueOf(full.getMessage()).contains("No space left")) {
                throw full;
            }
        }
    }

    /** Gives it back. */
    void free() throws IOException {
        Files.delete(ballast());
    }

    @Override
    public void close() {
        run("umount", "--lazy", folder.toString());
    }

    private Path ballast() {
        return folder.resolve("ballast");
    }

    private static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.onExit().join().exitValue() == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }
}
