package dev.genstore.store;

import dev.genstore.query.Asker;
import dev.genstore.query.Authority;
import dev.genstore.resource.Names;
import dev.genstore.resource.Problem;
import dev.genstore.resource.Resource;
import dev.genstore.resource.Target;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Finds out about writes, on the threads of those who wait for them, what the writer would need time
 * for: whether a resource fits its schema, and whether what is stored fits a new one. It refuses
 * nothing itself, because what it sees may not be durable or not be true any more.
 *
 * <p>Thread-safe.
 */
final class Previewing {
    private static final int PAGE = 1_000;
    private static final long PAGE_WEIGHT_MAX = 4L << 20;

    /** How many resources are looked at for the new schemas of a batch; up to some ten seconds. */
    private static final long LOOKED_MAX = 1_000_000;

    /**
     * How many batches are gone through at a time: each may keep what it makes, up to half of what a
     * batch may weigh.
     */
    static final int REHEARSED_AT_ONCE = 8;

    private final Storage storage;
    private final Writer writer;
    private final Semaphore rehearsing = new Semaphore(REHEARSED_AT_ONCE, true);

    Previewing(Storage storage, Writer writer) {
        this.storage = storage;
        this.writer = writer;
    }

    /**
     * What was found out about each write of a batch; it ends where the batch will be refused.
     *
     * @throws Problem 503 {@code overloaded} when too many read
     * @throws StorageException when it can't be found out
     */
    List<Optional<Preview>> of(Batch batch) {
        var rehearsal = new Rehearsal(this, batch);
        return rehearsal.hasAnythingToSee() ? rehearsal.run() : List.of();
    }

    /**
     * What a collection is defined to be. Where the writer has not had to do with it yet, it is read.
     *
     * @throws Problem when it can't be used
     */
    Definition definition(String collection) {
        Definition known = writer.definitions().durable(collection);
        return known == null ? stored(collection) : known;
    }

    /**
     * The definition that is stored of a collection.
     *
     * @throws Problem when it can't be used
     */
    Definition stored(String collection) {
        Resource stored = find(Names.DEFINITIONS, collection);
        return stored == null ? Definition.NONE : writer.definitions().read(stored.members());
    }

    /** Which reads what a write defines. */
    Definitions definitions() {
        return writer.definitions();
    }

    /** What lets somebody do something, as it will where it counts. */
    Permission permission(Function<String, Definition> defined, Authority by) {
        return writer.permission(defined, by);
    }

    /** Does this when fewer than {@value #REHEARSED_AT_ONCE} do. */
    <T> T oneOfFew(Supplier<T> rehearsal) {
        rehearsing.acquireUninterruptibly();
        try {
            return rehearsal.get();
        } finally {
            rehearsing.release();
        }
    }

    /** When it would be done. */
    long presentMillis() {
        return writer.presentMillis();
    }

    @Nullable Resource find(String collection, String id) {
        return storage.read(snapshot -> snapshot.find(collection, id));
    }

    /** Who may not define is refused, without a look at all that there is. */
    static boolean mayDefine(Authority by) {
        return by.isAll();
    }

    /** Holds new schemas against what is stored, for one batch. Confined to one thread. */
    final class Looking {
        private long left;

        Looking() {
            this(LOOKED_MAX);
        }

        /** Looks at so many at most. */
        Looking(long lookedMax) {
            this.left = lookedMax;
        }

        Preview.Defined look(String collection, Preview.Defined defined, Schema schema) {
            var misfits = new Misfits();
            return defined.looked(look(collection, schema, misfits), misfits);
        }

        /**
         * Looks at all resources, page by page: what changes meanwhile moves behind and is met again.
         *
         * @return up to which revision that was
         */
        long look(String collection, Schema schema, Misfits misfits) {
            long looked = 0;
            long through = 0;
            Page page = page(collection, through);
            while (!page.resources.isEmpty()) {
                if (left <= 0) {
                    misfits.tooMany(looked);
                    return through;
                }
                page.resources.forEach(resource -> misfits.look(resource, schema));
                count(page.resources.size());
                looked += page.resources.size();
                left -= page.resources.size();
                through = page.resources.getLast().revision();
                page = page(collection, through);
            }
            return page.head;
        }
    }

    /** So many were looked at for who asks. */
    static void count(long looked) {
        Asker asker = Asker.present();
        if (asker != null) {
            asker.look(looked);
        }
    }

    private record Page(List<Resource> resources, long head) {}

    private Page page(String collection, long after) {
        var target = new Target.InCollection(Names.clientsCollection(collection));
        return storage.readLong(snapshot -> new Page(
                snapshot.state(target, after, snapshot.head(), PAGE, PAGE_WEIGHT_MAX),
                snapshot.head()));
    }
}
