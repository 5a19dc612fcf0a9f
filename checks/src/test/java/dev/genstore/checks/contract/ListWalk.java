package dev.genstore.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.checks.harness.Answer;
import dev.genstore.checks.harness.RestClient;
import dev.genstore.query.Filter;
import dev.genstore.query.Place;
import dev.genstore.query.Sort;
import dev.genstore.resource.Change;
import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The pages of a list, as they came. Immutable. */
record ListWalk(String target, Filter filter, Sort sort, List<Page> pages) {
    /**
     * A page.
     *
     * @param revision of the state that it is of
     * @param items each with its revision
     */
    record Page(long revision, List<String> items, boolean isLast) {
        static Page of(Answer answer) {
            List<String> items =
                    answer.json().path("items").valueStream().map(Page::item).toList();
            long revision = answer.json().path("revision").longValue();
            return new Page(revision, items, answer.header("Link").isEmpty());
        }

        private static String item(JsonNode resource) {
            return named(
                    resource.path("id").stringValue(),
                    resource.path("_revision").longValue());
        }
    }

    /** Follows {@code next} until there is none. */
    static ListWalk along(RestClient client, String target, Filter filter, Sort sort) {
        List<Page> pages = new ArrayList<>();
        Answer answer = client.get(target);
        pages.add(Page.of(answer));
        while (answer.json().has("next")) {
            answer = client.get(answer.json().path("next").stringValue());
            pages.add(Page.of(answer));
        }
        return new ListWalk(target, filter, sort, pages);
    }

    private static String named(String id, long revision) {
        return id + "@" + revision;
    }

    /** Whether something was written between its first page and its last. */
    boolean wasDisturbed() {
        return pages.getFirst().revision() < pages.getLast().revision();
    }

    /** Holds each page against what was there at its revision, behind what the page before ended with. */
    void check(SortedMap<Long, Change> truth) {
        Place from = null;
        for (Page page : pages) {
            List<Resource> due = behind(from, truth.headMap(page.revision() + 1));
            assertThat(page.items())
                    .as("%s, page of %s behind %s", target, page.revision(), from)
                    .isEqualTo(due.stream()
                            .limit(page.isLast() ? Long.MAX_VALUE : page.items().size())
                            .map(each -> named(each.id(), each.revision()))
                            .toList());
            from = page.items().isEmpty()
                    ? from
                    : sort.place(due.get(page.items().size() - 1));
        }
    }

    /** What these changes have made that stands behind a place, in order. */
    private List<Resource> behind(@Nullable Place from, SortedMap<Long, Change> changes) {
        var placed = new TreeMap<Place, Resource>(sort.order());
        for (Resource each : state(changes)) {
            if (filter.matches(each)) {
                placed.put(sort.place(each), each);
            }
        }
        return List.copyOf((from == null ? placed : placed.tailMap(from, false)).values());
    }

    private static List<Resource> state(SortedMap<Long, Change> changes) {
        var state = new TreeMap<String, Resource>();
        for (Change change : changes.values()) {
            Resource after = change.after();
            if (after == null) {
                state.remove(change.id());
            } else {
                state.put(change.id(), after);
            }
        }
        return List.copyOf(state.values());
    }
}
