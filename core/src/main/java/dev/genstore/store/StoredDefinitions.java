package dev.genstore.store;

import dev.genstore.resource.Names;
import dev.genstore.resource.Resource;
import dev.genstore.resource.Target;

import java.util.function.Consumer;

/** Goes through the definitions that are stored. */
final class StoredDefinitions {
    private static final int PAGE = 1_000;
    private static final long PAGE_WEIGHT_MAX = 8L << 20;

    private StoredDefinitions() {}

    /** The last change of one of them; 0 when there was none. */
    static long lastChange(Snapshot snapshot) {
        return snapshot.lastChange(new Target.InCollection(Names.DEFINITIONS));
    }

    static void forEach(Snapshot snapshot, Consumer<Resource> visitor) {
        if (lastChange(snapshot) == 0) {
            return;
        }
        ListQuery query = ListQuery.of(Names.DEFINITIONS).upTo(PAGE, PAGE_WEIGHT_MAX);
        ListPage page = snapshot.list(query);
        page.resources().forEach(visitor);
        while (page.next() != null) {
            page = snapshot.list(query.after(page.next()));
            page.resources().forEach(visitor);
        }
    }
}
