package dev.genstore.action;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.StrictJson;
import dev.genstore.router.Request;
import dev.genstore.store.Batch;
import dev.genstore.store.Resources;
import dev.genstore.store.Write;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The body of a batch: an object with the array {@code operations}. */
final class BatchDocument {
    /** The object, its array and the operation stand around each body. */
    private static final int LEVELS_AROUND = 3;

    private BatchDocument() {}

    /**
     * The writes that it asks for.
     *
     * @throws Problem that points to what is wrong
     */
    static List<Write> read(Request batch, Resources resources) {
        JsonNode document = StrictJson.treeAround(batch.body(), LEVELS_AROUND);
        JsonNode operations = document.path("operations");
        requireKnown(document, Set.of("operations"));
        if (!operations.isArray() || operations.size() > Batch.WRITES_MAX) {
            throw ProblemType.INVALID_BATCH.at(
                    "/operations",
                    "A batch is an object whose 'operations' are an array of at most "
                            + Batch.WRITES_MAX + ".");
        }
        var writes = new ArrayList<Write>(operations.size());
        for (JsonNode operation : operations) {
            writes.add(read(batch, operation, writes.size(), resources));
        }
        return writes;
    }

    private static Write read(Request batch, JsonNode operation, int index, Resources resources) {
        try {
            return new BatchOperation(batch, operation).write(resources);
        } catch (Problem problem) {
            throw problem.inside("/operations/" + index);
        }
    }

    /** No member is ever ignored. */
    static void requireKnown(JsonNode object, Set<String> members) {
        for (String name : object.propertyNames()) {
            if (!members.contains(name)) {
                throw ProblemType.INVALID_BATCH.atUnknown(name, members);
            }
        }
    }
}
