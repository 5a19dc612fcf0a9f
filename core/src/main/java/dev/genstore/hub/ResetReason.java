package dev.genstore.hub;

import java.util.Locale;

/** Why a watcher must forget what it has. */
public enum ResetReason {
    /** Retention has taken changes that it has not seen. */
    HISTORY_GONE,
    /** Its position belongs to another history. */
    OTHER_EPOCH,
    /** Its position is above everything that happened here. */
    AHEAD,
    /** What it may see became something else behind its position. */
    RULES_CHANGED;

    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
