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
 * @param rows how many are written
 * @param batch how many go with one request
 */
record ImportState(String run, long rows, int batch) {
    private static final Pattern TEXT =
            Pattern.compile("import ([0-9a-f-]{36}) ([0-9]{1,15}) ([0-9]{1,4})");

    static ImportState begin(int batch) {
        return new ImportState(UUID.randomUUID().toString(), 0, batch);
    }

    static ImportState of(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new UsageError("The file of --resume is of no import; name another one.");
        }
        return new ImportState(
                matcher.group(1),
                Long.parseLong(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }

    ImportState withRows(long count) {
        return new ImportState(run, count, batch);
    }

    @Override
    public String toString() {
        return "import " + run + " " + rows + " " + batch;
    }
}
