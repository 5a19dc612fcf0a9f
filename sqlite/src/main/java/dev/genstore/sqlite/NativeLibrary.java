package dev.genstore.sqlite;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * Loads SQLite's native code. The driver unpacks it among the temporary files and removes it when
 * the program ends in good order, so one that is killed would leave it there. Here it is unpacked
 * into a folder of its own, which goes as soon as it is loaded: the system keeps what it has mapped.
 * Windows keeps a file that is in use; there a later start removes it. The driver would also compare
 * it with the jar's copy byte by byte, which is a tenth of a second of every start.
 *
 * <p>Thread-safe.
 */
final class NativeLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);

    /** Where the driver unpacks, and looks for what it has left. */
    private static final String UNPACKED_IN = "org.sqlite.tmpdir";

    /** Where the driver finds it unpacked. */
    private static final String FOUND_IN = "org.sqlite.lib.path";

    private static final String FOLDERS = "genstore-sqlite-";

    /** The library; from the driver, should it have unpacked it after all, with a mark beside it. */
    private static final String FILES = "*sqlitejdbc.*";

    /** No load takes so long, so an older folder was left. */
    private static final Duration LOAD_MAX = Duration.ofHours(1);

    private static boolean isLoaded;

    private NativeLibrary() {}

    /**
     * Loads it, unless that was done or the program has said where it is to be unpacked. When it
     * fails, the driver tries in its own way as soon as it is used, and says what is wrong.
     */
    static synchronized void load() {
        if (isLoaded || isSaid(UNPACKED_IN) || isSaid(FOUND_IN)) {
            return;
        }
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            removeLeft(temporary, Instant.now().minus(LOAD_MAX));
            isLoaded = load(Files.createTempDirectory(temporary, FOLDERS));
        } catch (Exception failure) {
            LOG.debug("SQLite's native code is left to its driver", failure);
        }
    }

    /** Removes what was left before this time: by a process that was killed, or on Windows by any. */
    static void removeLeft(Path temporary, Instant before) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(temporary, FOLDERS + "*")) {
            for (Path folder : found) {
                if (modified(folder).isBefore(before)) {
                    remove(folder);
                }
            }
        }
    }

    private static boolean isSaid(String property) {
        return System.getProperty(property) != null;
    }

    /** The driver takes the folder from properties, which nobody else needs to see. */
    private static boolean load(Path folder) throws Exception {
        System.setProperty(UNPACKED_IN, folder.toString());
        System.setProperty(FOUND_IN, folder.toString());
        try {
            unpack(folder);
            return SQLiteJDBCLoader.initialize();
        } finally {
            System.clearProperty(FOUND_IN);
            System.clearProperty(UNPACKED_IN);
            remove(folder);
        }
    }

    private static void unpack(Path folder) throws IOException {
        String name = LibraryLoaderUtil.getNativeLibName();
        String packed = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
        try (InputStream library = SQLiteJDBCLoader.class.getResourceAsStream(packed)) {
            if (library == null) {
                throw new FileNotFoundException("the driver has no " + packed);
            }
            Files.copy(library, folder.resolve(name));
        }
    }

    private static Instant modified(Path folder) throws IOException {
        return Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS).toInstant();
    }

    /** Anybody may put a link among the temporary files; it is not followed. */
    private static void remove(Path folder) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, FILES)) {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException inUse) {
            LOG.debug("{} stays until a later start", folder, inUse);
        }
    }
}
