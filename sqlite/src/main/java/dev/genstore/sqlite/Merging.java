package dev.genstore.sqlite;

import dev.genstore.query.Place;
import dev.genstore.resource.Resource;
import dev.genstore.store.ListPage;
import dev.genstore.store.ListQuery;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Makes one page of several, each of which has other resources in the same order. What lies behind the
 * end of one of them is left for the next page, as that one may have more before it.
 *
 * <p>Immutable.
 */
final class Merging {
    private final ListQuery query;
    private final Comparator<Place> order;

    Merging(ListQuery query) {
        this.query = query;
        this.order = query.sort().order();
    }

    ListPage merge(List<ListPage> pages) {
        if (pages.size() == 1) {
            return pages.getFirst();
        }
        Place end = pages.stream()
                .map(ListPage::next)
                .filter(Objects::nonNull)
                .min(order)
                .orElse(null);
        List<Resource> all = pages.stream()
                .flatMap(page -> page.resources().stream())
                .sorted(Comparator.comparing(query.sort()::place, order))
                .toList();
        List<Resource> taken = all.stream().filter(each -> !isBehind(each, end)).toList();
        List<Resource> shown = upToBounds(taken);
        boolean isCut = shown.size() < taken.size();
        return new ListPage(
                shown,
                pages.stream().mapToLong(ListPage::scanned).sum(),
                isCut ? query.sort().place(shown.getLast()) : end);
    }

    private boolean isBehind(Resource resource, @Nullable Place end) {
        return end != null && order.compare(query.sort().place(resource), end) > 0;
    }

    private List<Resource> upToBounds(List<Resource> taken) {
        List<Resource> shown = new ArrayList<>();
        long weight = 0;
        for (Resource resource : taken) {
            if (shown.size() == query.bounds().countMax()
                    || (weight >= query.bounds().weightMax() && !shown.isEmpty())) {
                return shown;
            }
            shown.add(resource);
            weight += resource.weightBytes();
        }
        return shown;
    }
}
