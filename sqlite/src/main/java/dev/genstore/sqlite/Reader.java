package dev.genstore.sqlite;

import dev.genstore.store.Snapshot;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/**
 * A reading connection, which is opened when it is first used and again after the database failed.
 *
 * <p>Confined to one thread at a time.
 */
final class Reader implements AutoCloseable {
    private final DatabaseFile file;
    private final String epoch;
    private @Nullable Session session;
    private Turn turn = Turn.FREE;

    Reader(DatabaseFile file, String epoch) {
        this.file = file;
        this.epoch = epoch;
    }

    /**
     * Gives one state to {@code reading}.
     *
     * @throws Ended when the turn is over before the reading is
     */
    <T extends @Nullable Object> T read(Turn next, Function<Snapshot, T> reading) {
        Session sound = soundSession();
        sound.update("BEGIN");
        turn = next;
        try {
            return reading.apply(new SqliteSnapshot(sound, next));
        } finally {
            turn = Turn.FREE;
            next.chargeTime();
            if (!sound.isBroken()) {
                sound.update("COMMIT");
            }
        }
    }

    @Override
    public void close() {
        Session old = session;
        session = null;
        if (old != null) {
            old.close();
        }
    }

    private Session soundSession() {
        if (session != null && session.isBroken()) {
            close();
        }
        if (session == null) {
            session = open();
        }
        return session;
    }

    private Session open() {
        Session opened = file.openReader();
        try {
            History.require(opened, epoch);
            opened.endWhen(() -> turn.isOver());
            return opened;
        } catch (RuntimeException failure) {
            opened.close();
            throw failure;
        }
    }
}
