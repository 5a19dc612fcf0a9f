package dev.genstore.hub;

import dev.genstore.query.Fields;
import dev.genstore.query.Filter;
import dev.genstore.query.Selection;
import dev.genstore.resource.Target;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * What somebody follows. Equal watches see the same events, so their watchers share one encoding.
 *
 * <p>Immutable.
 *
 * @param selection which resources it sees, and which members of them
 * @param data what it is told of each change
 * @param name what each event says of where it belongs, for who is told of several watches by one
 *     way: the URL as it was written, in ASCII; null where that is clear
 */
public record Watch(
        Selection selection, DataMode data, @Nullable String name) {
    public Watch {
        Objects.requireNonNull(selection, "selection");
        Objects.requireNonNull(data, "data");
    }

    /** One that is clear from where its events come. */
    public Watch(Selection selection, DataMode data) {
        this(selection, data, null);
    }

    /** All of a target. */
    public Watch(Target target, DataMode data) {
        this(Selection.of(target), data);
    }

    /** The same with this name in each event. */
    public Watch named(String url) {
        return new Watch(selection, data, url);
    }

    public Target target() {
        return selection.target();
    }

    public Filter filter() {
        return selection.filter();
    }

    public Fields fields() {
        return selection.fields();
    }
}
