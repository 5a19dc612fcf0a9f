package dev.genstore.store;

import dev.genstore.query.Authority;
import dev.genstore.query.Filter;
import dev.genstore.query.Rule;
import dev.genstore.query.RuleCompiler;
import dev.genstore.query.Selection;
import dev.genstore.query.View;
import dev.genstore.query.Views;
import dev.genstore.resource.Change;
import dev.genstore.resource.Names;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;
import dev.genstore.resource.Target;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * The read rules of all collections, as they are now. It knows of a change before anybody is told of
 * it or of anything behind it.
 *
 * <p>Thread-safe; only the writer thread changes it.
 */
final class RuleBook implements Views {
    /** How many collections may have a read rule. */
    static final int COLLECTIONS_MAX = 10_000;

    /** How many changes of single rules are remembered, to tell what they are to those who watch. */
    static final int TURNS_MAX = 256;

    private final RuleCompiler compiler;
    private final Room room = new Room(COLLECTIONS_MAX);
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile State state = State.of(Map.of(), 0, List.of());

    /** The last revision that it has heard of. */
    private volatile long through;

    /**
     * The rules at a time.
     *
     * @param byCollection those of collections in which anybody may read anything
     * @param changed the revision behind which they are so
     * @param recent what became of single ones lately, the last one at the end
     * @param everywhere what somebody sees by all of them
     */
    private record State(
            Map<String, ReadRule> byCollection,
            long changed,
            List<Turn> recent,
            Everywhere everywhere) {
        static State of(Map<String, ReadRule> rules, long changed, List<Turn> recent) {
            Map<String, ReadRule> kept = Map.copyOf(rules);
            return new State(kept, changed, List.copyOf(recent), new Everywhere(kept));
        }
    }

    /**
     * That the rule of a collection became another one.
     *
     * @param revision when
     * @param before what it was until then; null where there was none
     */
    private record Turn(
            long revision, String collection, @Nullable ReadRule before) {}

    RuleBook(RuleCompiler compiler) {
        this.compiler = compiler;
    }

    /** A transaction begins. */
    void begin() {
        room.begin();
    }

    /** Begins with what is stored. */
    void load(Snapshot snapshot) {
        Map<String, ReadRule> known = new HashMap<>();
        var history = new RuleHistory(snapshot);
        StoredDefinitions.forEach(snapshot, each -> load(each, history, known));
        state = State.of(known, history.changed(), List.of());
        through = snapshot.head();
    }

    private void load(Resource definition, RuleHistory history, Map<String, ReadRule> known) {
        ReadRule rule = ReadRule.of(definition, history.since(definition), compiler);
        if (rule != null) {
            known.put(definition.id(), rule);
        }
    }

    private void take(String name, @Nullable Resource definition, Map<String, ReadRule> known) {
        ReadRule rule = definition == null ? null : ReadRule.of(definition, compiler);
        ReadRule before = known.get(name);
        if (rule == null) {
            known.remove(name);
        } else if (before == null || !before.saysTheSameAs(rule)) {
            known.put(name, rule);
        }
    }

    /** A batch was accepted that defines this. */
    void define(String collection, Definition definition) {
        room.define(collection, hasRule(definition));
    }

    private static boolean hasRule(Definition definition) {
        return !definition.rules().read().equals(Rule.NEVER);
    }

    /** The first collection of which the rule is one too many, when a batch defines these; or null. */
    @Nullable String refused(Map<String, Definition> defined) {
        return defined.values().stream().anyMatch(RuleBook::hasRule)
                ? room.refused(defined, RuleBook::hasRule, state.byCollection.keySet())
                : null;
    }

    /** What is answered to one rule too many. */
    static Problem tooMany() {
        return ProblemType.INVALID_DEFINITION.at(
                "/rules/read",
                "There are " + COLLECTIONS_MAX
                        + " collections with a read rule, and no more can be.");
    }

    /** Takes what is durable now. */
    void committed(List<Change> changes) {
        List<Change> defining = changes.stream()
                .filter(change -> change.collection().equals(Names.DEFINITIONS))
                .toList();
        State before = state;
        if (!defining.isEmpty()) {
            state = behind(before, defining);
        }
        through = changes.getLast().revision();
        if (state.changed > before.changed) {
            listeners.forEach(Runnable::run);
        }
    }

    /** The same one where they change nothing that may be read. */
    private State behind(State before, List<Change> defining) {
        var known = new HashMap<>(before.byCollection);
        defining.forEach(change -> take(change.id(), change.after(), known));
        if (known.equals(before.byCollection)) {
            return before;
        }
        long revision = defining.getLast().revision();
        return State.of(known, revision, turns(before, known, revision));
    }

    /** With those of before; of many the first ones are forgotten. */
    private static List<Turn> turns(State before, Map<String, ReadRule> now, long revision) {
        var turns = new ArrayList<>(before.recent);
        var names = new HashSet<>(before.byCollection.keySet());
        names.addAll(now.keySet());
        for (String name : names) {
            ReadRule was = before.byCollection.get(name);
            if (was != now.get(name)) {
                turns.add(new Turn(revision, name, was));
            }
        }
        return turns.subList(Math.max(0, turns.size() - TURNS_MAX), turns.size());
    }

    /**
     * What was forgotten may have changed anything. Of a collection the first turn since then tells what
     * its rule was.
     */
    @Override
    public boolean areTheSame(Authority by, long since) {
        State now = state;
        var looked = new HashSet<String>();
        boolean reachesBack =
                now.recent.size() < TURNS_MAX || now.recent.getFirst().revision <= since;
        return by.isAll()
                || (reachesBack
                        && now.recent.stream()
                                .filter(turn -> turn.revision > since)
                                .filter(turn -> looked.add(turn.collection))
                                .allMatch(turn -> isSame(turn, by, now)));
    }

    private static boolean isSame(Turn turn, Authority by, State now) {
        ReadRule rule = now.byCollection.get(turn.collection);
        return filter(turn.before, by).equals(filter(rule, by));
    }

    private static Filter filter(@Nullable ReadRule rule, Authority by) {
        return rule == null ? Filter.NONE : rule.filter(by);
    }

    @Override
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public long since(Target target) {
        State now = state;
        return switch (target) {
            case Target.Everything ignored -> now.changed;
            case Target.InCollection in -> since(in.collection(), now);
            case Target.Single single -> since(single.collection(), now);
        };
    }

    private static long since(String collection, State now) {
        ReadRule rule = now.byCollection.get(collection);
        return rule == null ? 0 : rule.revision();
    }

    @Override
    public View of(Authority by, Selection asked) {
        if (by.isAll()) {
            return new View(asked, 0);
        }
        State now = state;
        return switch (asked.target()) {
            case Target.Everything ignored ->
                new View(asked.through(now.everywhere.filter(by)), now.changed);
            case Target.InCollection in -> in(in.collection(), by, asked, now);
            case Target.Single single -> in(single.collection(), by, asked, now);
        };
    }

    private static View in(String collection, Authority by, Selection asked, State now) {
        ReadRule rule = now.byCollection.get(collection);
        Filter seen = rule == null ? Filter.NONE : rule.filter(by);
        if (rule == null || seen.isNone()) {
            throw forbidden(collection);
        }
        return new View(asked.through(seen), rule.revision());
    }

    /** What somebody sees of a collection in a state of the store. */
    Filter filter(Authority by, String collection, Snapshot snapshot) {
        if (by.isAll()) {
            return Filter.ALL;
        }
        ReadRule rule = rule(collection, snapshot);
        return rule == null ? Filter.NONE : rule.filter(by);
    }

    /** Whether it is known that somebody sees nothing of a collection, for which its rule is not asked. */
    Predicate<String> knownToBeNone(Authority by, Snapshot snapshot) {
        if (by.isAll() || through < snapshot.head()) {
            return collection -> false;
        }
        Filter known = state.everywhere.known(by);
        return known == null ? collection -> false : known::isNoneIn;
    }

    /** The revision in a state of the store behind which the rule of a collection is what it is. */
    long since(String collection, Snapshot snapshot) {
        ReadRule rule = rule(collection, snapshot);
        return rule == null ? 0 : Math.min(rule.revision(), snapshot.head());
    }

    private @Nullable ReadRule rule(String collection, Snapshot snapshot) {
        boolean isKnown = through >= snapshot.head();
        ReadRule known = state.byCollection.get(collection);
        return isKnown ? known : stored(collection, snapshot, known);
    }

    /** A state that is durable and of which nobody was told yet brings its rules with it. */
    private @Nullable ReadRule stored(
            String collection, Snapshot snapshot, @Nullable ReadRule known) {
        Resource definition = snapshot.find(Names.DEFINITIONS, collection);
        ReadRule rule = definition == null ? null : ReadRule.of(definition, compiler);
        return rule != null && known != null && known.saysTheSameAs(rule) ? known : rule;
    }

    /** Whether somebody sees a resource, as the rules are now. */
    boolean lets(Authority by, Resource resource) {
        ReadRule rule = state.byCollection.get(resource.collection());
        return by.isAll() || (rule != null && rule.filter(by).matches(resource));
    }

    /** What is answered where nothing can ever be seen. */
    static Problem forbidden(String collection) {
        return ProblemType.FORBIDDEN.because(
                "No 'read' rule of /api/" + collection + " lets you see anything of it.");
    }
}
