package dev.genstore.store;

import dev.genstore.query.Authority;
import dev.genstore.query.Entrusted;
import dev.genstore.query.Views;
import dev.genstore.resource.Draft;
import dev.genstore.resource.Json;
import dev.genstore.resource.Names;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The resources of a store, for actions and for programs that embed it. A write returns when it is
 * durable; watchers are told of it like of any other.
 *
 * <p>Thread-safe. All methods block; call them from a virtual thread. They throw {@link Problem}
 * with the type that a client would see.
 */
public final class Resources implements Entrusted<Resources> {
    private static final Logger LOG = LoggerFactory.getLogger(Resources.class);

    /** How often a write is prepared; each time there is less that has changed since. */
    private static final int TRIES_MAX = 5;

    private final Storage storage;
    private final Writer writer;
    private final Previewing previewing;
    private final Supplier<String> ids;
    private final int bodyBytesMax;
    private final Authority by;

    /**
     * The resources in this storage.
     *
     * @param ids makes the id of a resource that is created without one
     * @param bodyBytesMax how long a resource may be, as JSON in bytes
     */
    public Resources(Storage storage, Writer writer, Supplier<String> ids, int bodyBytesMax) {
        this(storage, writer, ids, bodyBytesMax, Authority.ALL);
    }

    private Resources(
            Storage storage, Writer writer, Supplier<String> ids, int bodyBytesMax, Authority by) {
        this.storage = Objects.requireNonNull(storage, "storage");
        this.writer = Objects.requireNonNull(writer, "writer");
        this.previewing = new Previewing(storage, writer);
        this.ids = Objects.requireNonNull(ids, "ids");
        this.bodyBytesMax = bodyBytesMax;
        this.by = by;
    }

    /** The same as the rules have it for somebody: he finds what he may read, and writes what he may. */
    @Override
    public Resources as(Authority somebody) {
        return somebody.isAll() && by.isAll()
                ? this
                : new Resources(storage, writer, ids, bodyBytesMax, somebody);
    }

    /** Whether this resource would be found, as the rules are now. */
    public boolean sees(Resource resource) {
        return writer.rules().lets(by, resource);
    }

    /** What may be seen of what is asked for. */
    public Views views() {
        return writer.rules();
    }

    /** The name of this history; see {@link dev.genstore.resource.Position}. */
    public String epoch() {
        return storage.epoch();
    }

    /** How long a resource may be, as JSON in bytes. */
    public int bodyBytesMax() {
        return bodyBytesMax;
    }

    /**
     * Reads a body that is to become a resource.
     *
     * @throws Problem 400 when it can't be one, or 413 {@code body-too-large}
     */
    public Draft draft(byte[] json) {
        return Draft.read(json).atMost(bodyBytesMax);
    }

    /** The resource, or empty when there is none. */
    public Optional<Resource> find(String collection, String id) {
        return read(snapshot -> Optional.ofNullable(snapshot.find(collection, id)));
    }

    /**
     * Makes a resource and an id for it, unless the body names one.
     *
     * @param json a JSON object
     * @throws Problem 409 {@code already-exists}, or what {@link #draft} throws
     */
    public Resource create(String collection, byte[] json) {
        Draft draft = draft(json);
        return after(write(new Write(
                collection,
                idFor(draft),
                new Edit.Create(draft.members()),
                Precondition.NONE,
                null)));
    }

    /**
     * Makes or replaces the resource at this id.
     *
     * @throws Problem 412 {@code precondition-failed}, or what {@link #draft} throws
     */
    public Resource put(String collection, String id, byte[] json, Precondition precondition) {
        Names.id(id);
        var edit = new Edit.Replace(draft(json).membersFor(id));
        return after(write(new Write(collection, id, edit, precondition, null)));
    }

    /**
     * Deletes the resource.
     *
     * @throws Problem 404 {@code not-found}
     */
    public void delete(String collection, String id, Precondition precondition) {
        write(new Write(collection, id, new Edit.Delete(), precondition, null));
    }

    /** The id that the draft names, or a new one. */
    public String idFor(Draft draft) {
        String given = draft.id();
        return given == null ? ids.get() : given;
    }

    /**
     * Does any write and returns when it is durable.
     *
     * @throws Problem when it is refused, or when the storage does not take it
     */
    public Outcome write(Write write) {
        return ((Done.Now) write(Batch.alone(write, null))).outcomes().getFirst();
    }

    /**
     * Does all writes as one, at most {@link Batch#WRITES_MAX}, and returns what became of each when
     * that is durable. Each sees what those before it made; when one is refused nothing is written.
     *
     * @throws Problem when one is refused, and then {@code errors[]} points to it, for example {@code
     *     /3}; or when the storage does not take them
     */
    public List<Outcome> writeAll(List<Write> writes) {
        return ((Done.Now) write(Batch.of(writes, null))).outcomes();
    }

    /**
     * Does the writes of a batch as one, perhaps only once, and returns when they are durable.
     *
     * @throws Problem when it is refused, or when the storage does not take it
     */
    public Done write(Batch batch) {
        Batch asked = batch.by(by);
        for (int i = 0; i < TRIES_MAX; i++) {
            try {
                return await(writer.submit(asked, preview(asked)));
            } catch (Unsettled again) {
                LOG.debug("A write is prepared anew", again);
            }
        }
        throw ProblemType.OVERLOADED
                .because("The collection is written faster than its resources can be checked; try"
                        + " again, or send Prefer: handling=lenient.")
                .with("Retry-After", "1");
    }

    private List<Optional<Preview>> preview(Batch batch) {
        try {
            return previewing.of(batch);
        } catch (StorageException failure) {
            LOG.error("What a write needs to know can't be read", failure);
            throw failure.problem();
        }
    }

    /**
     * Reads from one consistent state. What turns out to take long may be begun anew with another
     * one, so it must do nothing but read.
     *
     * @throws Problem 500 {@code damaged}, or 503 {@code storage-unavailable} or {@code overloaded}
     */
    public <T extends @Nullable Object> T read(Function<Snapshot, T> reading) {
        try {
            return by.isAll()
                    ? storage.read(reading)
                    : storage.read(snapshot ->
                            reading.apply(new SeenSnapshot(snapshot, writer.rules(), by)));
        } catch (StorageException failure) {
            LOG.error("A read failed", failure);
            throw failure.problem();
        }
    }

    /**
     * What a definition would do, without being stored.
     *
     * @param collection whose definition it would be
     * @param members its members; null for those that are stored
     * @throws Problem 403 when it is for somebody who does not administer
     */
    public Trial trial(String collection, @Nullable Json members) {
        if (!by.isAll()) {
            throw ProblemType.FORBIDDEN.because("Only who administers tries definitions.");
        }
        Names.clientsCollection(collection);
        Json tried = members == null
                ? find(Names.DEFINITIONS, collection).map(Resource::members).orElse(Json.EMPTY)
                : members;
        return new Trial(storage, writer, previewing, collection, tried);
    }

    private static Resource after(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Changed changed ->
                Objects.requireNonNull(changed.change().after());
            case Outcome.Unchanged unchanged -> unchanged.resource();
        };
    }

    private static <T> T await(Future<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof Problem problem) {
                throw problem;
            }
            if (failure.getCause() instanceof Unsettled unsettled) {
                throw unsettled;
            }
            throw new IllegalStateException(failure.getCause());
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw ProblemType.STOPPING
                    .because("The server is stopping; read the resource before you repeat a write.")
                    .with("Retry-After", "1");
        }
    }
}
