package dev.genstore.apidocs;

import dev.genstore.query.Filter;
import dev.genstore.query.Sort;
import dev.genstore.resource.Names;
import dev.genstore.resource.Resource;
import dev.genstore.resource.Target;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;
import dev.genstore.store.Resources;
import dev.genstore.store.Snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The collections that documents name, besides what they say of all.
 *
 * <p>Immutable.
 *
 * @param revision the last change of a definition
 * @param collections the definitions' own, then in order of name
 * @param isWhole whether these are all that are defined
 */
record Catalog(long revision, List<Defined> collections, boolean isWhole) {
    /** The definitions of more collections would make documents that nobody can read. */
    static final int COLLECTIONS_MAX = 100;

    private static final long WEIGHT_MAX = 2 << 20;
    private static final Target DEFINITIONS = new Target.InCollection(Names.DEFINITIONS);

    Catalog {
        collections = List.copyOf(collections);
    }

    static long revision(Snapshot snapshot) {
        return snapshot.lastChange(DEFINITIONS);
    }

    /**
     * The present one.
     *
     * @param named collections that it must have, defined or not
     */
    static Catalog read(Resources resources, Set<String> named) {
        return resources.read(snapshot -> {
            ListPage page = snapshot.list(ListQuery.of(Names.DEFINITIONS)
                    .with(Filter.ALL, Sort.BY_ID)
                    .upTo(COLLECTIONS_MAX, WEIGHT_MAX));
            return new Catalog(
                    revision(snapshot), collections(page, named, snapshot), page.next() == null);
        });
    }

    /** What is the same whatever is defined. */
    static Catalog withoutDefinitions(Set<String> named) {
        List<Defined> collections = new ArrayList<>();
        collections.add(Defined.DEFINITIONS);
        new TreeSet<>(named)
                .stream()
                        .filter(name -> !name.equals(Names.DEFINITIONS))
                        .forEach(name -> collections.add(new Defined(name, null)));
        return new Catalog(0, collections, true);
    }

    private static List<Defined> collections(ListPage page, Set<String> named, Snapshot snapshot) {
        List<Defined> collections = new ArrayList<>();
        Set<String> others = new TreeSet<>(named);
        others.remove(Names.DEFINITIONS);
        collections.add(Defined.DEFINITIONS);
        page.resources().forEach(definition -> {
            collections.add(defined(definition));
            others.remove(definition.id());
        });
        for (String name : others) {
            Resource definition = snapshot.find(Names.DEFINITIONS, name);
            collections.add(definition == null ? new Defined(name, null) : defined(definition));
        }
        return collections;
    }

    private static Defined defined(Resource definition) {
        return new Defined(definition.id(), definition.members().tree().get("schema"));
    }
}
