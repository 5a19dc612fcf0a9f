package dev.genstore.server.transfer;

import dev.genstore.resource.Json;
import dev.genstore.server.remote.Call;
import dev.genstore.server.remote.Place;
import dev.genstore.server.remote.Remote;
import dev.genstore.server.remote.RemoteFailure;
import dev.genstore.server.remote.RemoteFailure.Kind;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Puts rows into a collection, many with each request. A row with an id replaces the resource that has it;
 * one without becomes a new one. A batch that got no answer is sent again and is done once all the same:
 * its key says which run it is of, and which rows it has.
 *
 * <p>Confined to one thread.
 */
public final class Importing {
    private static final int FAILURES_MAX = 8;

    /** It doubles, so that the tries go on for half a minute. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    private static final int TOO_LARGE = 413;

    /** With this a batch fits into the body that a server takes by default. */
    private static final int BYTES_MAX = 900_000;

    private static final Pattern IN_OPERATION = Pattern.compile("/operations/([0-9]+)(/body)?");

    private final Remote remote;
    private final Place collection;
    private final String run;
    private final int rowsMax;
    private final List<Row> rows = new ArrayList<>();
    private int bytes;
    private long done;

    /**
     * A row that was not sent yet.
     *
     * @param line where it is in its file
     */
    private record Row(long line, String operation) {}

    /**
     * Rows for this collection.
     *
     * @param run names this import, and all that go on with it
     * @param done how many rows are there already
     * @param rowsMax how many go with one request
     */
    public Importing(Remote remote, Place collection, String run, long done, int rowsMax) {
        this.remote = remote;
        this.collection = collection;
        this.run = run;
        this.done = done;
        this.rowsMax = rowsMax;
    }

    /** How many rows are in the collection for good. */
    public long done() {
        return done;
    }

    /**
     * Takes the next row; returns whether others have been sent.
     *
     * @throws RemoteFailure when the server does not take them
     */
    public boolean add(long line, JsonNode resource) throws InterruptedException {
        String operation = operation(resource);
        int length = operation.getBytes(StandardCharsets.UTF_8).length;
        boolean isFull = rows.size() == rowsMax || bytes + length > BYTES_MAX;
        if (isFull) {
            flush();
        }
        rows.add(new Row(line, operation));
        bytes += length;
        return isFull;
    }

    /** Sends what was not sent yet. */
    public void flush() throws InterruptedException {
        List<Row> batch = List.copyOf(rows);
        rows.clear();
        bytes = 0;
        if (!batch.isEmpty()) {
            send(batch);
        }
    }

    /** A server may take less than usual. */
    private void send(List<Row> batch) throws InterruptedException {
        try {
            sendUntilAnswered(batch);
            done += batch.size();
        } catch (RemoteFailure failure) {
            if (failure.status() != TOO_LARGE || batch.size() == 1) {
                throw failure.saying(withLines(String.valueOf(failure.getMessage()), batch));
            }
            int half = batch.size() / 2;
            send(batch.subList(0, half));
            send(batch.subList(half, batch.size()));
        }
    }

    private void sendUntilAnswered(List<Row> batch) throws InterruptedException {
        Call call = Call.of("POST", Place.of("_batch"))
                .sending("application/json", body(batch))
                .with("Prefer", "return=minimal")
                .with("Idempotency-Key", run + "-" + done + "-" + batch.size());
        Duration pause = FIRST_PAUSE;
        int failures = 0;
        while (true) {
            try {
                remote.send(call);
                return;
            } catch (RemoteFailure failure) {
                // A limit of writes a second is no failure: an import is what such limits are
                // about.
                failures += failure.isTooOften() ? 0 : 1;
                if (failure.kind() != Kind.UNAVAILABLE || failures == FAILURES_MAX) {
                    throw failure;
                }
                Thread.sleep(failure.retryAfter().orElse(pause));
            }
            pause = pause.multipliedBy(2);
        }
    }

    private static String body(List<Row> batch) {
        return batch.stream()
                .map(Row::operation)
                .collect(Collectors.joining(",", "{\"operations\":[", "]}"));
    }

    private String operation(JsonNode resource) {
        JsonNode id = resource.path("id");
        boolean hasId = id.isString();
        String url = hasId ? collection.member(id.asString()).url() : collection.path();
        return Json.text(generator -> {
            generator.writeStartObject();
            generator.writeStringProperty("method", hasId ? "PUT" : "POST");
            generator.writeStringProperty("url", url);
            generator.writeName("body");
            generator.writeRawValue(new String(Json.write(resource), StandardCharsets.UTF_8));
            generator.writeEndObject();
        });
    }

    /** Where the rows are in the file is of more use than where they are in a batch. */
    private static String withLines(String message, List<Row> batch) {
        return IN_OPERATION
                .matcher(message)
                .replaceAll(
                        found -> "line " + batch.get(Integer.parseInt(found.group(1))).line + " ");
    }
}
