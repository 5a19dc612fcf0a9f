package dev.genstore.store;

import dev.genstore.query.Asker;
import dev.genstore.query.Authority;
import dev.genstore.resource.Json;
import dev.genstore.resource.Names;
import dev.genstore.resource.Problem;
import dev.genstore.resource.Resource;
import dev.genstore.resource.Target;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

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

    /** How many resources are looked at for a new schema; that takes up to some ten seconds. */
    private static final long LOOKED_MAX = 1_000_000;

    private final Storage storage;
    private final Writer writer;

    Previewing(Storage storage, Writer writer) {
        this.storage = storage;
        this.writer = writer;
    }

    /** What was found out about each write of a batch. */
    List<Optional<Preview>> of(Batch batch) {
        Authority by = batch.by();
        return batch.writes().stream().noneMatch(write -> hasAnythingToSee(write, by))
                ? List.of()
                : batch.writes().stream().map(write -> of(write, by)).toList();
    }

    /** Who may not define is refused, without a look at all that there is. */
    private boolean hasAnythingToSee(Write write, Authority by) {
        return write.collection().equals(Names.DEFINITIONS) ? by.isAll() : schemaOf(write) != null;
    }

    private @Nullable Definition schemaOf(Write write) {
        Definition known = writer.definitions().durable(write.collection());
        return known == null || known.schema() == null ? null : known;
    }

    /** What fails here fails again where it counts. */
    private Optional<Preview> of(Write write, Authority by) {
        try {
            Json members = hasAnythingToSee(write, by) ? members(write) : null;
            return members == null ? Optional.empty() : of(write, members);
        } catch (Problem | StorageException refusal) {
            return Optional.empty();
        }
    }

    private @Nullable Json members(Write write) {
        Resource before =
                write.edit().needsResource() ? find(write.collection(), write.id()) : null;
        return before == null && write.edit().needsResource()
                ? null
                : write.edit().apply(before);
    }

    private @Nullable Resource find(String collection, String id) {
        return storage.read(snapshot -> snapshot.find(collection, id));
    }

    private Optional<Preview> of(Write write, Json members) {
        if (write.collection().equals(Names.DEFINITIONS)) {
            return Optional.of(defined(write, members));
        }
        Definition by = schemaOf(write);
        return by == null
                ? Optional.empty()
                : Optional.of(
                        new Preview.Checked(members, by, by.refusal(write.collection(), members)));
    }

    private Preview defined(Write write, Json members) {
        Definition next = writer.definitions().read(members);
        Schema schema = next.schema();
        Resource before = find(Names.DEFINITIONS, write.id());
        if (schema == null || write.isLenient() || hasSchema(before, next)) {
            return new Preview.Defined(members, next, 0, new Misfits());
        }
        return look(write.id(), members, next, schema);
    }

    private boolean hasSchema(@Nullable Resource before, Definition next) {
        try {
            return before != null && next.hasSchemaOf(writer.definitions().read(before.members()));
        } catch (Problem unusable) {
            return false;
        }
    }

    /** Looks at all resources, page by page: what changes meanwhile moves behind and is met again. */
    private Preview look(String collection, Json members, Definition next, Schema schema) {
        var misfits = new Misfits();
        long looked = 0;
        long through = 0;
        Page page = page(collection, through);
        while (!page.resources.isEmpty()) {
            page.resources.forEach(resource -> misfits.look(resource, schema));
            count(page.resources.size());
            looked += page.resources.size();
            through = page.resources.getLast().revision();
            if (looked > LOOKED_MAX) {
                misfits.tooMany(LOOKED_MAX);
                return new Preview.Defined(members, next, through, misfits);
            }
            page = page(collection, through);
        }
        return new Preview.Defined(members, next, page.head, misfits);
    }

    private static void count(int looked) {
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
