package dev.genstore.checks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.JsonNode;

/**
 * An event that a client was told: a CloudEvent in JSON.
 *
 * <p>Immutable.
 */
public record Told(JsonNode json) {
    /** Reads and checks what every event must have. */
    static Told read(String text) {
        return of(Trees.read(text));
    }

    static Told of(JsonNode json) {
        var told = new Told(json);
        assertThat(told.text("specversion")).as("%s", json).isEqualTo("1.0");
        assertThat(told.id()).as("%s", json).matches("[a-z0-9]{1,16}-(0|[1-9][0-9]*)(\\.1)?");
        assertThat(told.text("source")).as("%s", json).startsWith("/api");
        assertThat(told.text("time"))
                .as("%s", json)
                .matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z");
        assertThat(told.type())
                .as("%s", json)
                .isIn("created", "updated", "deleted", "synced", "reset");
        return told;
    }

    /** What an empty page of changes says: everything up to here has been told. */
    static Told synced(String position) {
        return new Told(Trees.read("{\"id\":\"" + position + "\",\"type\":\"synced\"}"));
    }

    public String id() {
        return text("id");
    }

    /** Until when its watcher is told; empty when it does not say. */
    public String expires() {
        return json.path("data").path("expires").asString("");
    }

    public String type() {
        return text("type");
    }

    public String source() {
        return text("source");
    }

    /** The resource's id; empty when the event is about none. */
    public String subject() {
        return text("subject");
    }

    /** The id of the event before; empty when it names none. */
    public String prev() {
        return text("prev");
    }

    /** The id of the last change of the same batch; empty when it names none. */
    public String commit() {
        return text("commit");
    }

    /** The {@code Request-Id} of the write; empty when it had none. */
    public String origin() {
        return text("origin");
    }

    public JsonNode data() {
        return json.path("data");
    }

    public long revision() {
        return revision(id());
    }

    /** Whether it tells what became of a resource. */
    public boolean isChange() {
        return !isSynced() && !isReset();
    }

    public boolean isSynced() {
        return "synced".equals(type());
    }

    public boolean isReset() {
        return "reset".equals(type());
    }

    /** The revision of a position; that before the change, where it is the first of two events. */
    public static long revision(String position) {
        int end = isFirstOfTwo(position) ? position.length() - 2 : position.length();
        return Long.parseLong(position.substring(position.indexOf('-') + 1, end));
    }

    /** A number that rises with the ids: twice the revision, and one more for the first of two events. */
    static long order(String position) {
        return 2 * revision(position) + (isFirstOfTwo(position) ? 1 : 0);
    }

    private static boolean isFirstOfTwo(String position) {
        return position.endsWith(".1");
    }

    private String text(String member) {
        return json.path(member).asString("");
    }

    @Override
    public String toString() {
        return json.toString();
    }
}
