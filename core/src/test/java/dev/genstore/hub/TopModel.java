package dev.genstore.hub;

import dev.genstore.query.Fields;
import dev.genstore.query.Filter;
import dev.genstore.query.Selection;
import dev.genstore.query.Sort;
import dev.genstore.query.Top;
import dev.genstore.resource.Target;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A collection of which the first are watched, as a test understands it: those with the greatest
 * {@code n}, where it is the same those with the greatest id. What has no {@code n} comes last.
 */
final class TopModel {
    static final Target.InCollection GAMES = new Target.InCollection("games");

    private static final Comparator<Game> ORDER = Comparator.comparing(
                    Game::score, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Game::id)
            .reversed();

    private final Map<String, Game> games = new HashMap<>();
    private final boolean onlyOpen;
    private final int limit;

    /** One resource. */
    record Game(String id, long revision, @Nullable Integer score, boolean isOpen) {}

    TopModel(boolean onlyOpen, int limit) {
        this.onlyOpen = onlyOpen;
        this.limit = limit;
    }

    /** What asks the server for the same. */
    Selection selection() {
        Filter filter = onlyOpen ? Conditions.all(Conditions.is("s", "\"open\"")) : Filter.ALL;
        return new Selection(GAMES, filter, Fields.ALL).first(new Top(Sort.parse("-n"), limit));
    }

    void put(Game game) {
        games.put(game.id(), game);
    }

    void remove(String id) {
        games.remove(id);
    }

    boolean has(String id) {
        return games.containsKey(id);
    }

    /** The ids of those that are in the window, the first one first. */
    List<String> ids() {
        return first().map(Game::id).toList();
    }

    private Stream<Game> first() {
        return games.values().stream()
                .filter(game -> game.isOpen() || !onlyOpen)
                .sorted(ORDER)
                .limit(limit);
    }

    /** The same with their revisions. */
    Map<String, Long> window() {
        return first().collect(Collectors.toMap(Game::id, Game::revision));
    }
}
