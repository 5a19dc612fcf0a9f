package dev.genstore.server.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Knows how much of a file has been read. Confined to one thread. */
final class CountedInput extends FilterInputStream {
    private final long size;
    private long count;

    private CountedInput(InputStream in, long size) {
        super(in);
        this.size = size;
    }

    /** Opens the file, or takes the other one where there is none. */
    static CountedInput open(InputStream other, Optional<Path> file) throws IOException {
        if (file.isEmpty()) {
            return new CountedInput(other, -1);
        }
        try {
            return new CountedInput(Files.newInputStream(file.get()), Files.size(file.get()));
        } catch (NoSuchFileException missing) {
            throw new IOException(file.get() + " does not exist.", missing);
        }
    }

    /** Which part has been read, from 0 to 1; below 0 when nobody knows. */
    double part() {
        return size <= 0 ? -1 : (double) count / size;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        count += read < 0 ? 0 : 1;
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        count += Math.max(read, 0);
        return read;
    }
}
