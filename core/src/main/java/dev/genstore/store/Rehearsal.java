package dev.genstore.store;

import dev.genstore.resource.Json;
import dev.genstore.resource.Names;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
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
    /** For so many bytes that are read and made, one resource counts as looked at. */
    static final long BYTES_PER_LOOK = 10 << 10;

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

    /** How many writes are still to come, by path. */
    private final Map<String, Integer> left = new HashMap<>();

    private final Permission permission;
    private long weightBytes;

    Rehearsal(Previewing previewing, Batch batch) {
        this.previewing = previewing;
        this.batch = batch;
        this.mayDefine = Previewing.mayDefine(batch.by());
        this.permission = previewing.permission(this::definition, batch.by());
        batch.writes().forEach(write -> left.merge(path(write), 1, Integer::sum));
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
            } catch (Problem unusable) {
                requireRefusal(unusable);
                return Definition.NONE;
            } catch (StorageException failure) {
                requireDamage(failure);
                return Definition.NONE;
            }
        });
    }

    /** What was found out about each write. It ends where the batch is refused. */
    List<Optional<Preview>> run() {
        if (previewing.oneOfFew(this::isAllGood)) {
            var looking = previewing.new Looking();
            due.forEach((collection, index) -> look(collection, index, looking));
        }
        return previews;
    }

    private boolean isAllGood() {
        try {
            return batch.writes().stream()
                    .allMatch(write -> weightBytes <= Batch.WEIGHT_MAX && isGood(write));
        } finally {
            Previewing.count(weightBytes / BYTES_PER_LOOK);
        }
    }

    /** What is refused here is refused again where it counts, and all behind it is for nothing. */
    private boolean isGood(Write write) {
        try {
            Optional<Preview> preview = findOut(write);
            previews.add(preview);
            return preview.map(Rehearsal::isGood).orElse(true);
        } catch (Problem refusal) {
            requireRefusal(refusal);
            return false;
        } catch (StorageException failure) {
            requireDamage(failure);
            return false;
        }
    }

    private static boolean isGood(Preview preview) {
        return !(preview instanceof Preview.Checked checked) || checked.refusal() == null;
    }

    /** What does not refuse the write, but could not be found out, is for who asks. */
    private static void requireRefusal(Problem problem) {
        boolean isAboutReading =
                problem.type().status() >= 500 && problem.type() != ProblemType.DAMAGED;
        if (isAboutReading) {
            throw problem;
        }
    }

    /** What is damaged is told by the writer, if it comes so far. */
    private static void requireDamage(StorageException failure) {
        if (failure.kind() != StorageException.Kind.DAMAGED) {
            throw failure;
        }
    }

    private Optional<Preview> findOut(Write write) {
        boolean isDefining = write.collection().equals(Names.DEFINITIONS);
        if (isDefining && !mayDefine) {
            throw ProblemType.FORBIDDEN.because("Only who administers writes definitions.");
        }
        return isToSee(write.collection()) ? see(write) : Optional.empty();
    }

    /** Who may do it is asked before what it makes is held against a schema. */
    private Optional<Preview> see(Write write) {
        Resource before = before(write);
        permission.requireSight(write, before);
        weightBytes += Permission.told(write, before);
        Json members = permission.permit(write, before, next -> after(write, before, next));
        Resource after = members == null ? null : after(write, before, members);
        weightBytes += after == null ? 0 : after.weightBytes();
        Optional<Preview> preview =
                members == null ? Optional.empty() : Optional.of(preview(write, before, members));
        if (write.collection().equals(Names.DEFINITIONS) && members == null) {
            definitions.put(write.id(), Definition.NONE);
            due.remove(write.id());
        }
        remember(write, after);
        return preview;
    }

    /** What no later write is about is not kept. */
    private void remember(Write write, @Nullable Resource after) {
        String path = path(write);
        Integer count = left.merge(path, -1, Integer::sum);
        if (count > 0) {
            made.put(path, Optional.ofNullable(after));
        } else {
            made.remove(path);
        }
    }

    private static String path(Write write) {
        return write.collection() + '/' + write.id();
    }

    private @Nullable Resource before(Write write) {
        Optional<Resource> known = made.get(path(write));
        if (known != null) {
            return known.orElse(null);
        }
        return isForWhateverIsThere(write) ? null : previewing.find(write.collection(), write.id());
    }

    /** What replaces anything need not be read where nobody has to be asked. */
    private boolean isForWhateverIsThere(Write write) {
        return batch.by().isAll()
                && write.precondition().equals(Precondition.NONE)
                && !write.edit().needsResource();
    }

    private Preview preview(Write write, @Nullable Resource before, Json members) {
        About about = About.of(write, members);
        if (!write.collection().equals(Names.DEFINITIONS)) {
            Definition by = definition(write.collection());
            return new Preview.Checked(about, by, by.refusal(write.collection(), members));
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
        return new Preview.Defined(about, next, 0, new Misfits());
    }

    /** What the server adds to it, it will not be exactly. */
    private Resource after(Write write, @Nullable Resource before, Json members) {
        long nowMillis = previewing.presentMillis();
        return new Resource(
                write.collection(),
                write.id(),
                before == null ? 1 : before.revision() + 1,
                before == null ? nowMillis : before.createdMillis(),
                nowMillis,
                members);
    }

    private void look(String collection, int index, Previewing.Looking looking) {
        var defined = (Preview.Defined) previews.get(index).orElseThrow();
        Schema schema = defined.definition().schema();
        if (schema != null && !hasSchema(collection, defined.definition())) {
            previews.set(index, Optional.of(looking.look(collection, defined, schema)));
        }
    }

    private boolean hasSchema(String collection, Definition next) {
        try {
            return next.hasSchemaOf(previewing.stored(collection));
        } catch (Problem unusable) {
            requireRefusal(unusable);
            return false;
        }
    }
}
