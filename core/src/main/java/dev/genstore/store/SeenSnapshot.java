package dev.genstore.store;

import dev.genstore.query.Asker;
import dev.genstore.query.Authority;
import dev.genstore.query.Filter;
import dev.genstore.resource.LogEntry;
import dev.genstore.resource.Resource;
import dev.genstore.resource.Target;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * A state as somebody sees it, by the rules that hold in it. Earlier states are seen by the same ones.
 *
 * <p>Confined to one read.
 */
final class SeenSnapshot implements Snapshot {
    private static final int COLLECTIONS_PAGE = 100;

    private final Snapshot whole;
    private final RuleBook rules;
    private final Authority by;

    SeenSnapshot(Snapshot whole, RuleBook rules, Authority by) {
        this.whole = whole;
        this.rules = rules;
        this.by = by;
    }

    /** What is seen of a collection. */
    Filter seen(String collection) {
        return rules.filter(by, collection, whole);
    }

    @Override
    public long head() {
        return whole.head();
    }

    @Override
    public long headMillis() {
        return whole.headMillis();
    }

    @Override
    public long horizon() {
        return whole.horizon();
    }

    @Override
    public @Nullable Resource find(String collection, String id) {
        Filter seen = seen(collection);
        Resource found = seen.isNone() ? null : whole.find(collection, id);
        return found != null && seen.matches(found) ? found : null;
    }

    @Override
    public ListPage list(ListQuery query) {
        return SeenLists.read(query, seen(query.collection()), whole::list);
    }

    /**
     * Those of which something could be seen; how much there is only where that is all. The others are
     * looked through for it.
     */
    @Override
    public List<CollectionState> collections(String afterName, int countMax) {
        List<CollectionState> shown = new ArrayList<>();
        List<CollectionState> page = whole.collections(afterName, COLLECTIONS_PAGE);
        Predicate<String> none = rules.knownToBeNone(by, whole);
        while (!page.isEmpty()) {
            for (CollectionState each : page) {
                if (shown.size() < countMax) {
                    shown(each, none).ifPresentOrElse(shown::add, SeenSnapshot::lookAtOne);
                }
            }
            page = shown.size() < countMax
                    ? whole.collections(page.getLast().name(), COLLECTIONS_PAGE)
                    : List.of();
        }
        return shown;
    }

    private Optional<CollectionState> shown(CollectionState each, Predicate<String> none) {
        Filter seen = none.test(each.name()) ? Filter.NONE : seen(each.name());
        return seen.isNone()
                ? Optional.empty()
                : Optional.of(seen.isAll() ? each : CollectionState.named(each.name()));
    }

    private static void lookAtOne() {
        Asker asker = Asker.present();
        if (asker != null) {
            asker.look(1);
        }
    }

    @Override
    public void requireSight(String collection) {
        if (seen(collection).isNone()) {
            throw RuleBook.forbidden(collection);
        }
    }

    /** What is seen may have changed with the rules. */
    @Override
    public long lastChange(Target target) {
        return switch (target) {
            case Target.Everything ignored -> whole.lastChange(target);
            case Target.InCollection in -> lastChange(target, in.collection());
            case Target.Single single -> lastChange(target, single.collection());
        };
    }

    private long lastChange(Target target, String collection) {
        return Math.max(whole.lastChange(target), rules.since(collection, whole));
    }

    @Override
    public long lastDeletion(String collection) {
        throw unsupported();
    }

    @Override
    public List<Resource> state(
            Target target, long afterRevision, long throughRevision, int countMax, long weightMax) {
        throw unsupported();
    }

    @Override
    public List<LogEntry> log(long afterRevision, int countMax, long weightMax) {
        throw unsupported();
    }

    private static UnsupportedOperationException unsupported() {
        return new UnsupportedOperationException(
                "What has changed is told by a watch; only the program itself reads the log.");
    }

    @Override
    public Past past(long revision, Past.Bounds bounds) {
        return new SeenPast(whole.past(revision, bounds), this);
    }

    @Override
    public OptionalLong revisionAt(long timeMillis) {
        return whole.revisionAt(timeMillis);
    }
}
