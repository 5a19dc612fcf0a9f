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
    static final List<String> NAMES = List.of("0001_store");

    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS migration (
                number INTEGER PRIMARY KEY,
                name TEXT NOT NULL,
                sha256 TEXT NOT NULL
            ) STRICT""";

    private Migrations() {}

    /** A script that has run. */
    private record Applied(int number, String name, String sha256) {}

    /**
     * Runs the scripts that have not been run, all or none of them.
     *
     * @throws StorageException when the database was made by other scripts
     */
    static void run(Session session) {
        session.script("BEGIN IMMEDIATE");
        session.script(TABLE);
        List<Applied> applied = session.list(
                "SELECT number, name, sha256 FROM migration ORDER BY number",
                row -> new Applied(row.getInt(1), row.getString(2), row.getString(3)));
        applied.forEach(migration -> requireKnown(migration, session));
        for (int number = applied.size() + 1; number <= NAMES.size(); number++) {
            apply(number, session);
        }
        session.script("COMMIT");
    }

    private static void apply(int number, Session session) {
        String name = NAMES.get(number - 1);
        String script = script(name);
        session.script(script);
        session.update(
                "INSERT INTO migration (number, name, sha256) VALUES (?, ?, ?)",
                number,
                name,
                sha256(script));
    }

    private static void requireKnown(Applied applied, Session session) {
        if (applied.number > NAMES.size()) {
            throw refused(
                    session,
                    "was made by a newer Genstore: it has the migration " + applied.name
                            + ". Use that version.");
        }
        String name = NAMES.get(applied.number - 1);
        if (!applied.name.equals(name) || !applied.sha256.equals(sha256(script(name)))) {
            throw refused(
                    session,
                    "was made by another Genstore: its migration " + applied.name
                            + " is not the one of this version. Use the version that made it.");
        }
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
