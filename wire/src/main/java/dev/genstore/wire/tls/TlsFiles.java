package dev.genstore.wire.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where the server's certificate is. Both files are PEM and are looked at again while it runs.
 *
 * <p>Immutable.
 *
 * @param certificate the server's own certificate, and behind it those that lead to one that clients
 *     know
 * @param key its private key, as PKCS #8 and not encrypted
 */
public record TlsFiles(Path certificate, Path key) {
    private static final int FILE_BYTES_MAX = 1 << 20;

    public TlsFiles {
        Objects.requireNonNull(certificate, "certificate");
        Objects.requireNonNull(key, "key");
    }

    /**
     * Whose certificate it is, and when it is good.
     *
     * @throws IOException when there is nothing to serve with; the message says why
     */
    public Validity validity() throws IOException {
        return Identity.read(this, certificateBytes(), keyBytes()).validity();
    }

    byte[] certificateBytes() throws IOException {
        return bytes(certificate, "The certificate");
    }

    byte[] keyBytes() throws IOException {
        return bytes(key, "The key");
    }

    private static byte[] bytes(Path file, String what) throws IOException {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(FILE_BYTES_MAX + 1);
            if (bytes.length > FILE_BYTES_MAX) {
                throw new IOException("it is longer than 1 MiB");
            }
            return bytes;
        } catch (NoSuchFileException failure) {
            throw new IOException(what + " " + file + " is not there.", failure);
        } catch (IOException failure) {
            throw new IOException(
                    what + " " + file + " can't be read: " + failure.getMessage() + ".", failure);
        }
    }
}
