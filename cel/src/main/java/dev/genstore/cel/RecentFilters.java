package dev.genstore.cel;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import dev.genstore.query.Filter;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/** The filters that were asked for last, by what was written. Thread-safe. */
final class RecentFilters {
    private final int countMax;

    @GuardedBy("this") private final LinkedHashMap<String, Filter> filters = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Remembers none yet.
     *
     * @param countMax how many are kept; of more, those go that were asked for longest ago
     */
    RecentFilters(int countMax) {
        this.countMax = countMax;
    }

    synchronized @Nullable Filter get(String expression) {
        return filters.get(expression);
    }

    synchronized void put(String expression, Filter filter) {
        filters.put(expression, filter);
        if (filters.size() > countMax) {
            Map.Entry<String, Filter> eldest = filters.firstEntry();
            filters.remove(eldest.getKey());
        }
    }

    synchronized int count() {
        return filters.size();
    }
}
