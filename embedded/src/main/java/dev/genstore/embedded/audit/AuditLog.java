package dev.genstore.embedded.audit;

import dev.genstore.auth.ApiKey;
import dev.genstore.embedded.audit.KeyNews.News;
import dev.genstore.embedded.audit.Shares.LeftOut;
import dev.genstore.embedded.audit.Shares.Owner;
import dev.genstore.wire.Deed;
import dev.genstore.wire.Witness;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.core.JsonGenerator;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Writes down who did what and from where: one line of JSON for each request that writes, for who was
 * not let in or not allowed, for each watch and its end, for keys and for the server itself.
 *
 * <p>It has no header field, no query and no content of a request or an answer in it, but what is
 * named here: the path, the revision, the type of a problem, and {@code Request-Id}.
 *
 * <p>Thread-safe.
 */
public final class AuditLog implements Witness, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

    private final AuditSettings settings;
    private final InstantSource clock;
    private final AuditWriter writer;
    private final Strangers strangers;
    private final Shares shares;
    private final KeyNews keyNews;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private AuditLog(AuditSettings settings, InstantSource clock, AuditFile file) {
        this.settings = settings;
        this.clock = clock;
        this.writer = new AuditWriter(file, this::loss);
        this.strangers = new Strangers(clock);
        this.shares = new Shares(clock, settings.shareBytesLeast());
        this.keyNews = new KeyNews(file.lastTime());
    }

    /**
     * Opens a log and goes on behind its last whole line.
     *
     * @throws IOException when the file can't be had
     */
    public static AuditLog open(AuditSettings settings, InstantSource clock) throws IOException {
        var file = new AuditFile(settings, clock);
        try {
            file.open();
        } catch (IOException failure) {
            throw new IOException(
                    "The audit log " + settings.file() + " can't be written: "
                            + failure.getMessage(),
                    failure);
        }
        var log = new AuditLog(settings, clock, file);
        log.writer.start();
        return log;
    }

    /** How many lines were written. */
    public long written() {
        return writer.written();
    }

    /** How many lines were lost because the disk took none, and too many waited. */
    public long lost() {
        return writer.lost();
    }

    /** Whether lines wait because the disk takes none, or something else is wrong with writing them. */
    public boolean isFailing() {
        return writer.isFailing();
    }

    /** The server listens. */
    public void started(InetSocketAddress address, boolean isLocked) {
        add("started", generator -> {
            generator.writeStringProperty(
                    "listens", address.getHostString() + ":" + address.getPort());
            generator.writeBooleanProperty("locked", isLocked);
        });
    }

    /** The keys are these now. */
    public synchronized void keys(List<ApiKey> keys) {
        for (News news : keyNews.of(keys)) {
            add(news.event(), generator -> tell(generator, news.key()));
        }
    }

    private static void tell(JsonGenerator generator, ApiKey key) {
        generator.writeStringProperty("key", "key:" + key.id());
        generator.writeStringProperty("name", key.name());
        generator.writeStringProperty(
                "scopes", String.join(" ", key.scopes().stream().sorted().toList()));
        Optional.ofNullable(key.expires())
                .ifPresent(time -> generator.writeStringProperty("expires", time.toString()));
    }

    @Override
    public void saw(Deed deed) {
        try {
            Entry entry = Entry.of(deed);
            if (entry != null && (settings.reads() || !entry.event().equals(Entry.READ))) {
                tell(entry);
            }
        } catch (RuntimeException bug) {
            // A line that can't be made must not cost the request that it tells of.
            writer.addLost();
            LOG.error("A line of the audit log can't be made", bug);
        }
    }

    private void tell(Entry entry) {
        shares.leftOut().forEach(this::tell);
        if (entry.isOfStranger()) {
            tellOfStranger(entry);
            return;
        }
        byte[] line = Line.of(clock.instant(), entry.event(), entry::write);
        Owner owner = Owner.of(entry.principal(), entry.address());
        if (shares.take(owner, entry.purse(), line.length)) {
            writer.add(line);
        }
    }

    private void tell(LeftOut leftOut) {
        add("left-out", generator -> {
            generator.writeStringProperty(
                    leftOut.owner().member(), leftOut.owner().name());
            generator.writeNumberProperty("lines", leftOut.lines());
        });
    }

    /** Of those who are not let in, only so many, whatever they are answered. */
    private void tellOfStranger(Entry entry) {
        long leftOut = strangers.leftOut();
        if (leftOut < 0) {
            return;
        }
        add(entry.event(), generator -> {
            entry.write(generator);
            if (leftOut > 0) {
                generator.writeNumberProperty("left-out", leftOut);
            }
        });
    }

    private byte[] loss(long lines) {
        return Line.of(clock.instant(), "lost", generator -> {
            generator.writeNumberProperty("lines", lines);
        });
    }

    private void add(String event, Consumer<JsonGenerator> rest) {
        writer.add(Line.of(clock.instant(), event, rest));
    }

    /** The server stops. Writes what waits. */
    @Override
    public void close() {
        if (!isClosed.getAndSet(true)) {
            shares.end().forEach(this::tell);
            add("stopped", generator -> {});
            writer.stop();
        }
    }
}
