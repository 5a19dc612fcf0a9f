package dev.genstore.server.cli;

import dev.genstore.server.config.UsageError;
import dev.genstore.server.remote.Place;
import dev.genstore.server.transfer.RowFormat;
import dev.genstore.server.transfer.RowOutput;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an export goes. With a file of its state it can go on: what is behind the last page that was kept is
 * cut off, and written again.
 *
 * <p>Confined to one thread.
 */
final class ExportFile implements AutoCloseable {
    private static final Pattern STATE =
            Pattern.compile("export ([0-9]{1,15}) ([0-9]{1,18}) (/\\S+) ?(\\S*)");

    private final Writer out;
    private final @Nullable FileChannel channel;
    private final RowFormat format;
    private final Optional<ResumeFile> state;
    private List<String> columns = List.of();
    private @Nullable RowOutput output;
    private Optional<Place> next = Optional.empty();
    private long rows;

    private ExportFile(
            Writer out,
            @Nullable FileChannel channel,
            RowFormat format,
            Optional<ResumeFile> state) {
        this.out = out;
        this.channel = channel;
        this.format = format;
        this.state = state;
    }

    /**
     * Opens the file, or takes the standard output where there is none.
     *
     * @param of what is exported
     */
    static ExportFile open(
            Place of,
            Optional<Path> path,
            PrintWriter out,
            RowFormat format,
            Optional<ResumeFile> state)
            throws IOException {
        if (path.isEmpty()) {
            return new ExportFile(new BufferedWriter(out), null, format, state);
        }
        FileChannel channel =
                FileChannel.open(path.get(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var writer = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
        var file = new ExportFile(writer, channel, format, state);
        Optional<String> kept = state.flatMap(ResumeFile::read);
        if (kept.isPresent()) {
            file.goOn(kept.get(), of, channel);
        }
        return file;
    }

    private void goOn(String kept, Place of, FileChannel file) throws IOException {
        Matcher matcher = STATE.matcher(kept);
        if (!matcher.matches()
                || !new Place(matcher.group(3)).path().equals(of.path())
                || file.size() < Long.parseLong(matcher.group(2))) {
            throw new UsageError("The file of --resume is of no export of " + of.path()
                    + " to this file; name another one.");
        }
        rows = Long.parseLong(matcher.group(1));
        file.truncate(Long.parseLong(matcher.group(2)));
        file.position(file.size());
        next = Optional.of(new Place(matcher.group(3)));
        columns = Columns.read(matcher.group(4));
        output = columns.isEmpty() ? null : format.writing(out, columns, false);
    }

    /** There is something to write: unless it goes on, what is there from before goes only now. */
    void clear() throws IOException {
        if (channel != null && channel.position() == 0) {
            channel.truncate(0);
        }
    }

    /** Where it goes on, if it does. */
    Optional<Place> next() {
        return next;
    }

    long rows() {
        return rows;
    }

    boolean hasColumns() {
        return output != null;
    }

    /** Begins with these columns. */
    void begin(List<String> names) throws IOException {
        columns = names;
        output = format.writing(out, names, true);
    }

    void write(JsonNode resource) throws IOException {
        if (output == null) {
            throw new IllegalStateException("it has not begun");
        }
        output.write(resource);
        rows++;
    }

    /** All up to here is written; nothing follows, or this page. */
    void keep(Optional<Place> following) throws IOException {
        out.flush();
        if (channel == null || state.isEmpty()) {
            return;
        }
        if (following.isEmpty()) {
            state.get().delete();
        } else {
            channel.force(false);
            state.get()
                    .write("export " + rows + " " + channel.position() + " "
                            + following.get().url() + " " + Columns.text(columns));
        }
    }

    /** The standard output stays open. */
    @Override
    public void close() throws IOException {
        if (channel == null) {
            out.flush();
        } else {
            out.close();
        }
    }
}
