package dev.genstore.embedded;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.genstore.auth.Gatekeeper;
import dev.genstore.changelog.Changelog;
import dev.genstore.embedded.audit.AuditLog;
import dev.genstore.hub.CatchUp;
import dev.genstore.hub.Hub;
import dev.genstore.hub.HubThread;
import dev.genstore.schema.JsonSchemaReader;
import dev.genstore.sqlite.SqliteStorage;
import dev.genstore.store.CommitListener;
import dev.genstore.store.Resources;
import dev.genstore.store.Writer;
import dev.genstore.store.WriterSetup;
import dev.genstore.store.WriterThread;
import dev.genstore.wire.RequestTracer;
import dev.genstore.wire.RollCall;
import dev.genstore.wire.WireServer;
import dev.genstore.wire.Witness;
import dev.genstore.wire.send.SenderChoice;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * A live REST server on a folder, in this process. Made by {@link #builder}:
 *
 * <pre>{@code
 * try (Genstore store = Genstore.builder().data(Path.of("data")).port(8080).start()) {
 *     store.resources().create("notes", json);
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class Genstore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Genstore.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Duration drain;
    private final SqliteStorage storage;
    private final WriterThread writer;
    private final Hub hub;
    private final HubThread hubThread;
    private final ExecutorService blocking;
    private final Resources resources;
    private final WireServer wire;
    private final Writer commits;
    private final Gatekeeper gatekeeper;
    private final @Nullable AuditLog audit;
    private final RequestTracer tracer;
    private final InetSocketAddress address;

    @GuardedBy("this") private boolean isClosed;

    Genstore(
            GenstoreBuilder given,
            SqliteStorage storage,
            Gatekeeper gatekeeper,
            InstantSource clock,
            @Nullable AuditLog audit)
            throws IOException {
        var changelog = new Changelog(storage, given.memory());
        this.gatekeeper = gatekeeper;
        this.audit = audit;
        this.tracer = given.tracing().requests();
        var setup = WriterSetup.of(given.retention(), clock, telling(changelog, gatekeeper))
                .measuredBy(given.commitMeter())
                .with(new JsonSchemaReader(), given.compiler());
        this.drain = given.drain();
        this.storage = storage;
        this.commits = new Writer(storage, setup);
        this.writer = new WriterThread(commits, daemon("genstore-writer"));
        this.blocking = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("genstore-action-", 0).factory());
        this.hub = new Hub(changelog, clock, Hub.Limits.DEFAULT, blocking);
        this.hubThread = new HubThread(hub, changelog, daemon("genstore-hub"));
        this.resources = new Resources(
                storage, commits, new UuidV7(clock, new SecureRandom()), given.bodyBytesMax());
        writer.start();
        this.wire = wire(given, new CatchUp(changelog, clock), clock);
        hubThread.start();
        if (audit != null) {
            follow(audit);
        }
        gatekeeper.start();
        this.address = listen();
        Door.report(storage, gatekeeper, given.isInsecure());
        if (audit != null) {
            audit.started(address, isLocked());
        }
    }

    /** Nothing is told to those whose keys were revoked before. */
    private static CommitListener telling(Changelog changelog, Gatekeeper gatekeeper) {
        return changes -> {
            gatekeeper.lookBeforeTelling();
            changelog.committed(changes);
        };
    }

    private void follow(AuditLog log) {
        Runnable tellKeys = () -> log.keys(gatekeeper.keys());
        tellKeys.run();
        gatekeeper.listen(tellKeys);
    }

    /** The writer runs already, since the contexts of actions may write while they are made. */
    private WireServer wire(GenstoreBuilder given, CatchUp catchUp, InstantSource clock) {
        boolean isMade = false;
        try {
            var parts = new WireServer.Parts(
                    given.router(resources, gatekeeper),
                    hub,
                    catchUp,
                    storage.epoch(),
                    blocking,
                    clock,
                    new SecureRandom(),
                    gatekeeper,
                    audit == null ? Witness.NONE : audit,
                    given.tracing());
            var made = new WireServer(given.wire(), parts, given.wireMeter());
            isMade = true;
            return made;
        } finally {
            if (!isMade) {
                stopWriter();
            }
        }
    }

    private void stopWriter() {
        try {
            report(writer.stop(PATIENCE), "the writer");
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a store is made with. */
    public static GenstoreBuilder builder() {
        return new GenstoreBuilder();
    }

    private InetSocketAddress listen() throws IOException {
        try {
            return wire.start();
        } catch (IOException failure) {
            close();
            throw failure;
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return address;
    }

    /** The resources, for the program itself. */
    public Resources resources() {
        return resources;
    }

    /** The last revision. */
    public long headRevision() {
        return hub.head();
    }

    /** The log has the changes above this revision. */
    public long horizonRevision() {
        return commits.horizon();
    }

    /** The greatest number of changes that a watcher has not seen yet. */
    public long watchLagRevisionsMax() {
        return wire.lagRevisionsMax();
    }

    /**
     * Who watches, those first who are furthest behind, and who ended last and why. Each loop of
     * connections is asked; it waits for them, two seconds at most.
     */
    public RollCall watchers(int countMax) {
        return wire.rollCall(countMax);
    }

    /**
     * Whether those who ask have to say who they are: there is an API key, or an issuer of tokens, or
     * there ever was.
     */
    public boolean isLocked() {
        return gatekeeper.isLocked();
    }

    /** How frames are given to the kernel, and why so. */
    public SenderChoice sender() {
        return wire.sender();
    }

    /** Where it is written down who does what, if it is. */
    public Optional<AuditLog> audit() {
        return Optional.ofNullable(audit);
    }

    /** How many bytes of bodies and answers all connections hold; small ones do not count. */
    public long heldBytes() {
        return wire.heldBytes();
    }

    /** How many distinct watches are followed, each form of the wire counted by itself. */
    public int feedCount() {
        return hub.feedCount();
    }

    /**
     * Stops in good order: takes nothing new, tells the watchers, commits what was accepted, and
     * closes the folder.
     */
    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try {
            wire.stop(drain);
            report(writer.stop(PATIENCE), "the writer");
            report(hubThread.stop(PATIENCE), "the hub");
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        } finally {
            gatekeeper.close();
            closeAudit();
            tracer.close();
            blocking.shutdownNow();
            storage.close();
        }
    }

    private void closeAudit() {
        if (audit != null) {
            audit.close();
        }
    }

    private static void report(boolean ended, String what) {
        if (!ended) {
            LOG.warn("Stopping: {} did not end in time", what);
        }
    }

    private static ThreadFactory daemon(String name) {
        return Thread.ofPlatform().daemon().name(name).factory();
    }
}
