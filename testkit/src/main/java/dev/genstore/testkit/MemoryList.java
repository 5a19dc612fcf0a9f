package dev.genstore.testkit;

import dev.genstore.query.Place;
import dev.genstore.resource.Resource;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Makes a page of a list by looking at everything. */
final class MemoryList {
    private MemoryList() {}

    /** The page that a query asks for among these resources. */
    static ListPage page(Collection<Resource> resources, ListQuery query) {
        Comparator<Place> order = query.sort().order();
        Place after = query.after();
        List<Resource> behind = new ArrayList<>();
        inOrder(resources, query).forEach((place, resource) -> {
            if (after == null || order.compare(place, after) > 0) {
                behind.add(resource);
            }
        });
        List<Resource> scanned = behind.stream().limit(query.bounds().scanMax()).toList();
        List<Resource> matching =
                scanned.stream().filter(query.filter()::matches).toList();
        List<Resource> found = upTo(
                query.bounds().weightMax(),
                matching.stream().limit(query.bounds().countMax()));
        return new ListPage(found, scanned.size(), next(query, behind, scanned, matching, found));
    }

    private static NavigableMap<Place, Resource> inOrder(
            Collection<Resource> resources, ListQuery query) {
        var placed = new TreeMap<Place, Resource>(query.sort().order());
        resources.stream()
                .filter(resource -> resource.collection().equals(query.collection()))
                .forEach(resource -> placed.put(query.sort().place(resource), resource));
        return placed;
    }

    private static @Nullable Place next(
            ListQuery query,
            List<Resource> behind,
            List<Resource> scanned,
            List<Resource> matching,
            List<Resource> found) {
        if (found.size() < matching.size()) {
            return query.sort().place(found.getLast());
        }
        return scanned.size() < behind.size() ? query.sort().place(scanned.getLast()) : null;
    }

    /** Those before they weigh as much; one always is. */
    static List<Resource> upTo(long weightMax, Stream<Resource> found) {
        var taken = new ArrayList<Resource>();
        var weight = new AtomicLong();
        found.takeWhile(resource -> taken.isEmpty() || weight.get() < weightMax)
                .forEach(resource -> {
                    taken.add(resource);
                    weight.addAndGet(resource.weightBytes());
                });
        return taken;
    }
}
