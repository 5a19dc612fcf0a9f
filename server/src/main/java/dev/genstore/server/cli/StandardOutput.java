package dev.genstore.server.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The standard output of a command, which ends with what can't be written. Java's own keeps that to
 * itself: an export to a full disk would seem whole, and a watch would go on behind what nobody has.
 *
 * <p>Confined to one thread.
 */
public final class StandardOutput extends OutputStream {
    private final OutputStream out;

    StandardOutput(OutputStream out) {
        this.out = out;
    }

    /**
     * The one of this process. A person's terminal has its own characters; files and other programs get
     * UTF-8, which all that is imported is in, and JSON always.
     */
    public static PrintWriter ofProcess(Charset ofTerminal) {
        var out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        Charset charset = Terminal.isSeen(1) ? ofTerminal : StandardCharsets.UTF_8;
        return new PrintWriter(out, true, charset);
    }

    @Override
    public void write(int single) {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        try {
            out.write(bytes, from, length);
        } catch (IOException failure) {
            throw new OutputFailure(failure);
        }
    }
}
