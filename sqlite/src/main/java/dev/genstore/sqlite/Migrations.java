package dev.genstore.sqlite;

import dev.genstore.store.StorageException;
import dev.genstore.store.StorageException.Kind;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * Brings a database to the form that this version needs, by scripts that are numbered from 1. What a
 * script was is recorded when it runs, so that a database which another history of scripts made is
 * refused and not guessed at.
 */
final class Migrations {
    /** All scripts, in order. What has been released is never changed, only followed by another. */
    static final List<String> NAMES = List.of(
            "0001_store",
            "0002_member_index",
            "0003_batches",
            "0004_member_entry",
            "0005_cut",
            "0006_door",
            "0007_short_entry",
            "0008_traceparent");

    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS migration (
                number INTEGER PRIMARY KEY,
                name TEXT NOT NULL,
                sha256 TEXT NOT NULL
            ) STRICT""";

    private static final String OLD_INDEXES = "SELECT name FROM sqlite_master"
            + " WHERE type = 'index' AND name GLOB 'member_index_[0-9]*'";

    private Migrations() {}

    /** A script that has run. */
    private record Applied(long number, String name, String sha256) {}

    /**
     * Runs the scripts that have not been run, all or none of them.
     *
     * @throws StorageException when the database was made by other scripts
     */
    static void run(Session session) {
        session.script("BEGIN IMMEDIATE");
        session.script(TABLE);
        List<Applied> applied = applied(session);
        requireKnown(applied, session);
        for (int number = applied.size() + 1; number <= NAMES.size(); number++) {
            apply(number, session);
        }
        dropOldIndexes(session);
        session.script("COMMIT");
    }

    /**
     * Makes sure that all scripts have run, and runs none.
     *
     * @throws StorageException when the database was made by others, or by an older version
     */
    static void requireAll(Session session) {
        if (!haveAllRun(session)) {
            throw refused(
                    session,
                    "was made by an older Genstore. Start a server with it once, which brings it"
                            + " to the form of this version.");
        }
    }

    /**
     * Whether all scripts have run; else the database is of an older version.
     *
     * @throws StorageException when it was made by others
     */
    static boolean haveAllRun(Session session) {
        List<Applied> applied = applied(session);
        requireKnown(applied, session);
        return applied.size() == NAMES.size();
    }

    private static List<Applied> applied(Session session) {
        return session.list(
                "SELECT number, name, sha256 FROM migration ORDER BY number",
                row -> new Applied(row.getLong(1), Rows.text(row, 2), Rows.text(row, 3)));
    }

    /** Until 0003 a declared index was one of SQLite, with a name that no script can know. */
    private static void dropOldIndexes(Session session) {
        session.list(OLD_INDEXES, row -> Rows.text(row, 1))
                .forEach(name -> session.script("DROP INDEX " + name));
    }

    private static void apply(int number, Session session) {
        Applied migration = known(number);
        session.script(script(migration.name));
        session.update(
                "INSERT INTO migration (number, name, sha256) VALUES (?, ?, ?)",
                migration.number,
                migration.name,
                migration.sha256);
    }

    private static void requireKnown(List<Applied> applied, Session session) {
        if (applied.size() > NAMES.size()) {
            throw refused(
                    session,
                    "was made by a newer Genstore: it has the migration " + applied.getLast().name
                            + ". Use that version.");
        }
        for (int i = 0; i < applied.size(); i++) {
            if (!applied.get(i).equals(known(i + 1))) {
                throw refused(
                        session,
                        "was made by another Genstore: its migration "
                                + applied.get(i).name + " is not the one of this version."
                                + " Use the version that made it.");
            }
        }
    }

    private static Applied known(int number) {
        String name = NAMES.get(number - 1);
        return new Applied(number, name, sha256(script(name)));
    }

    private static StorageException refused(Session session, String why) {
        return new StorageException(Kind.UNAVAILABLE, session.file() + " " + why, null);
    }

    private static String script(String name) {
        try (InputStream in = Migrations.class.getResourceAsStream("migrations/" + name + ".sql")) {
            return new String(
                    Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
