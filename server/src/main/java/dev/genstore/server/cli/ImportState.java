package dev.genstore.server.cli;

import dev.genstore.server.config.UsageError;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far an import has come. Batches of a run begin where they began before, so that one that is sent
 * again is known.
 *
 * @param run names the import
 * @param path of the collection
 * @param rows how many are written
 * @param batch how many go with one request
 */
record ImportState(String run, String path, long rows, int batch) {
    private static final Pattern TEXT =
            Pattern.compile("import ([0-9a-f-]{36}) (/\\S+) ([0-9]{1,15}) ([0-9]{1,4})");

    static ImportState begin(String path, int batch) {
        return new ImportState(UUID.randomUUID().toString(), path, 0, batch);
    }

    /** What was kept of an import into this collection. */
    static ImportState of(String text, String path) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || !matcher.group(2).equals(path)) {
            throw new UsageError(
                    "The file of --resume is of no import into " + path + "; name another one.");
        }
        return new ImportState(
                matcher.group(1),
                path,
                Long.parseLong(matcher.group(3)),
                Integer.parseInt(matcher.group(4)));
    }

    ImportState withRows(long count) {
        return new ImportState(run, path, count, batch);
    }

    @Override
    public String toString() {
        return "import " + run + " " + path + " " + rows + " " + batch;
    }
}
