package dev.genstore.hub;

import java.util.Locale;
import java.util.Optional;

/** What an event says of the resource: the {@code data} parameter of a watch. */
public enum DataMode {
    /** The whole resource after the change. */
    FULL,
    /** An RFC 7396 patch against the revision before. */
    PATCH,
    /** Only that it changed. */
    NONE;

    /** The mode that the parameter's value names. */
    public static Optional<DataMode> named(String value) {
        for (DataMode mode : values()) {
            if (mode.parameter().equals(value)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }

    /** The parameter's value. */
    public String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }
}
