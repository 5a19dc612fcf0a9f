package dev.genstore.checks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Follows Server-Sent Events (WHATWG HTML, 9.2), of which each must have its id and its type. */
final class SseFollower extends StreamFollower {
    private String retry = "";

    SseFollower(InputStream in, String since) {
        super(in, since);
    }

    @Override
    @Nullable Told read() throws IOException {
        Map<String, String> fields = fields();
        while (fields != null && !fields.containsKey("data")) {
            retry = fields.getOrDefault("retry", retry);
            fields = fields();
        }
        return fields == null ? null : told(fields);
    }

    /** The fields up to the next empty line; null at the end of the stream. */
    private @Nullable Map<String, String> fields() throws IOException {
        var fields = new LinkedHashMap<String, String>();
        String line = readLine();
        while (line != null && !line.isEmpty()) {
            int colon = line.indexOf(": ");
            assertThat(colon).as("'%s' is a field and its value", line).isPositive();
            fields.put(line.substring(0, colon), line.substring(colon + 2));
            line = readLine();
        }
        return line == null ? null : fields;
    }

    private static Told told(Map<String, String> fields) {
        assertThat(fields).containsOnlyKeys("id", "event", "data");
        Told told = Told.read(fields.getOrDefault("data", ""));
        assertThat(fields).containsEntry("id", told.id()).containsEntry("event", told.type());
        return told;
    }

    @Override
    String lastWords() {
        return retry.isEmpty() ? "" : " retry-after=" + retry;
    }
}
