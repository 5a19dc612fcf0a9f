package dev.genstore.hub;

import dev.genstore.query.Fields;
import dev.genstore.query.Filter;
import dev.genstore.query.Selection;
import dev.genstore.resource.Target;

import java.util.Objects;

/**
 * What somebody follows. Equal watches see the same events, so their watchers share one encoding.
 *
 * <p>Immutable.
 *
 * @param selection which resources it sees, and which members of them
 * @param data what it is told of each change
 */
public record Watch(Selection selection, DataMode data) {
    public Watch {
        Objects.requireNonNull(selection, "selection");
        Objects.requireNonNull(data, "data");
    }

    /** All of a target. */
    public Watch(Target target, DataMode data) {
        this(Selection.of(target), data);
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
