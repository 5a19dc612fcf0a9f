package dev.genstore.store;

import dev.genstore.resource.Json;
import dev.genstore.resource.Names;
import dev.genstore.resource.Problem;
import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Goes through a batch as the writer will, on what is stored now: each write sees what those before it
 * made and defined. What is stored is looked through once for each collection that gets a schema, for
 * the last one that the batch gives it.
 *
 * <p>Confined to one thread.
 */
final class Rehearsal {
    private final Previewing previewing;
    private final Batch batch;
    private final boolean mayDefine;
    private final List<Optional<Preview>> previews = new ArrayList<>();

    /** What the writes so far make, by path; empty for what they delete. */
    private final Map<String, Optional<Resource>> made = new HashMap<>();

    /** Of the collections that were met, those that the batch defines included. */
    private final Map<String, Definition> definitions = new HashMap<>();

    /** The writes that give a collection the schema that it ends with. */
    private final Map<String, Integer> due = new HashMap<>();

    private long weightBytes;

    Rehearsal(Previewing previewing, Batch batch) {
        this.previewing = previewing;
        this.batch = batch;
        this.mayDefine = Previewing.mayDefine(batch.by());
    }

    /** Whether any of the writes has to do with a schema. */
    boolean hasAnythingToSee() {
        Set<String> collections = new HashSet<>();
        batch.writes().forEach(write -> collections.add(write.collection()));
        return collections.stream().anyMatch(this::isToSee);
    }

    private boolean isToSee(String collection) {
        return collection.equals(Names.DEFINITIONS)
                ? mayDefine
                : definition(collection).schema() != null;
    }

    /** What can't be used is refused by the writer. */
    private Definition definition(String collection) {
        return definitions.computeIfAbsent(collection, name -> {
            try {
                return previewing.definition(name);
            } catch (Problem | StorageException unusable) {
                return Definition.NONE;
            }
        });
    }

    /** What was found out about each write. It ends where the batch is refused for its weight. */
    List<Optional<Preview>> run() {
        for (Write write : batch.writes()) {
            if (weightBytes > Batch.WEIGHT_MAX) {
                break;
            }
            previews.add(of(write));
        }
        var looking = previewing.new Looking();
        due.forEach((collection, index) -> look(collection, index, looking));
        return previews;
    }

    /** What fails here fails again where it counts. */
    private Optional<Preview> of(Write write) {
        try {
            return isToSee(write.collection()) ? see(write) : Optional.empty();
        } catch (Problem | StorageException refusal) {
            return Optional.empty();
        }
    }

    private Optional<Preview> see(Write write) {
        Resource before = before(write);
        if (isMissing(write, before)) {
            return Optional.empty();
        }
        Json members = write.edit().apply(before);
        Optional<Preview> preview =
                members == null ? Optional.empty() : Optional.of(preview(write, before, members));
        if (write.collection().equals(Names.DEFINITIONS) && members == null) {
            definitions.put(write.id(), Definition.NONE);
            due.remove(write.id());
        }
        made.put(path(write), Optional.ofNullable(members).map(next -> after(write, before, next)));
        weightBytes += members == null ? 0 : members.bytes().length;
        return preview;
    }

    /** What is not seen costs no more than what is not there, so that its time tells nothing of it. */
    private boolean isMissing(Write write, @Nullable Resource before) {
        return write.edit().needsResource()
                && (before == null || !previewing.lets(batch.by(), before));
    }

    private static String path(Write write) {
        return write.collection() + '/' + write.id();
    }

    /** What is replaced need not be read. */
    private @Nullable Resource before(Write write) {
        Optional<Resource> known = made.get(path(write));
        if (known != null) {
            return known.orElse(null);
        }
        return write.edit().needsResource()
                ? previewing.find(write.collection(), write.id())
                : null;
    }

    private Preview preview(Write write, @Nullable Resource before, Json members) {
        if (!write.collection().equals(Names.DEFINITIONS)) {
            Definition by = definition(write.collection());
            return new Preview.Checked(members, by, by.refusal(write.collection(), members));
        }
        Definition next = previewing.definitions().read(members);
        boolean isSame = before != null
                && made.containsKey(path(write))
                && members.saysTheSameAs(before.members());
        if (!isSame) {
            due.remove(write.id());
            if (next.schema() != null && !write.isLenient()) {
                due.put(write.id(), previews.size());
            }
        }
        definitions.put(write.id(), next);
        return new Preview.Defined(members, next, 0, new Misfits());
    }

    /** What the server adds to it, it will not be exactly. */
    private static Resource after(Write write, @Nullable Resource before, Json members) {
        return before == null
                ? new Resource(write.collection(), write.id(), 1, 0, 0, members)
                : new Resource(
                        write.collection(),
                        write.id(),
                        before.revision() + 1,
                        before.createdMillis(),
                        before.updatedMillis(),
                        members);
    }

    private void look(String collection, int index, Previewing.Looking looking) {
        try {
            var defined = (Preview.Defined) previews.get(index).orElseThrow();
            Schema schema = defined.definition().schema();
            if (schema != null && !hasSchema(collection, defined.definition())) {
                previews.set(index, Optional.of(looking.look(collection, defined, schema)));
            }
        } catch (Problem | StorageException refusal) {
            previews.set(index, Optional.empty());
        }
    }

    private boolean hasSchema(String collection, Definition next) {
        try {
            return next.hasSchemaOf(previewing.stored(collection));
        } catch (Problem unusable) {
            return false;
        }
    }
}
