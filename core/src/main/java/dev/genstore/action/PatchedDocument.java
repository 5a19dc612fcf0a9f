package dev.genstore.action;

import dev.genstore.action.PatchOperation.Add;
import dev.genstore.action.PatchOperation.Copy;
import dev.genstore.action.PatchOperation.Move;
import dev.genstore.action.PatchOperation.Remove;
import dev.genstore.action.PatchOperation.Replace;
import dev.genstore.action.PatchOperation.Test;
import dev.genstore.resource.Json;
import dev.genstore.resource.JsonPointer;
import dev.genstore.resource.ProblemType;

import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A document that a JSON Patch works on. All writers wait while it is applied, so an operation costs
 * what it changes and not what the document holds. Two things cost more, and are counted: what it
 * copies, as a few copies in a row could otherwise double a document until memory is full; and the
 * elements of an array behind the one that it puts in or takes out, which all move by one place.
 *
 * <p>Confined to one thread.
 */
final class PatchedDocument {
    private static final long MOVED_MAX = 10_000_000;

    private final int bytesMax;
    private JsonNode root;
    private int index = -1;
    private long copiedBytes;
    private long movedElements;

    /**
     * A document to be changed.
     *
     * @param bytesMax how much may be copied inside it
     */
    PatchedDocument(JsonNode root, int bytesMax) {
        this.root = root;
        this.bytesMax = bytesMax;
    }

    /**
     * Does what the next operation says.
     *
     * @throws dev.genstore.resource.Problem 409 {@code patch-conflict} when the document is not as
     *     it should be for that, 413 or 400 when it becomes what no resource may be, 400 {@code
     *     invalid-patch} when it costs too much
     */
    void apply(PatchOperation operation) {
        index++;
        switch (operation) {
            case Add(JsonPointer path, JsonNode value) -> add(path, value.deepCopy());
            case Remove(JsonPointer path) -> remove(path);
            case Replace(JsonPointer path, JsonNode value) -> replace(path, value.deepCopy());
            case Move(JsonPointer from, JsonPointer path) -> move(from, path);
            case Copy(JsonPointer from, JsonPointer path) -> add(path, copied(found(from)));
            case Test(JsonPointer path, JsonNode value) -> test(path, value);
        }
    }

    /** The document as it is now. */
    byte[] json() {
        return write(root);
    }

    private void add(JsonPointer path, JsonNode value) {
        if (path.isRoot()) {
            root = value;
            return;
        }
        switch (path.findParent(root)) {
            case ObjectNode object -> object.set(path.last(), value);
            case ArrayNode array -> insert(array, place(path, array), value);
            case null, default -> throw nothing(path);
        }
    }

    private void insert(ArrayNode array, int at, JsonNode value) {
        countMoved(array.size() - at);
        array.insert(at, value);
    }

    private void take(ArrayNode array, int at) {
        countMoved(array.size() - at - 1);
        array.remove(at);
    }

    private void countMoved(int elements) {
        movedElements += elements;
        if (movedElements > MOVED_MAX) {
            throw ProblemType.INVALID_PATCH.at(
                    "/" + index,
                    "Operation " + index + ": up to here more than " + MOVED_MAX
                            + " elements of arrays would move by a place; replace the array as a"
                            + " whole, or send fewer operations at a time.");
        }
    }

    private int place(JsonPointer path, ArrayNode array) {
        int at = "-".equals(path.last()) ? array.size() : JsonPointer.index(path.last());
        if (at < 0 || at > array.size()) {
            throw conflict(path + " is no place in an array of " + array.size() + ".");
        }
        return at;
    }

    private void remove(JsonPointer path) {
        found(path);
        if (path.isRoot()) {
            throw conflict("the whole document can't be removed; use DELETE.");
        }
        switch (path.findParent(root)) {
            case ObjectNode object -> object.remove(path.last());
            case ArrayNode array -> take(array, JsonPointer.index(path.last()));
            case null, default -> throw nothing(path);
        }
    }

    private void replace(JsonPointer path, JsonNode value) {
        found(path);
        if (path.isRoot()) {
            root = value;
            return;
        }
        switch (path.findParent(root)) {
            case ObjectNode object -> object.set(path.last(), value);
            case ArrayNode array -> array.set(JsonPointer.index(path.last()), value);
            case null, default -> throw nothing(path);
        }
    }

    private void move(JsonPointer from, JsonPointer path) {
        JsonNode moved = found(from);
        if (from.isAbove(path)) {
            throw conflict(from + " can't be moved into itself.");
        }
        if (from.isRoot()) {
            return;
        }
        remove(from);
        add(path, moved);
    }

    private JsonNode copied(JsonNode value) {
        copiedBytes += write(value).length;
        if (copiedBytes > bytesMax) {
            throw ProblemType.BODY_TOO_LARGE.because(
                    "The patch copies more than the " + bytesMax + " bytes of a resource.");
        }
        return value.deepCopy();
    }

    private void test(JsonPointer path, JsonNode value) {
        if (!Json.sayTheSame(found(path), value)) {
            throw conflict(path + " is something else.");
        }
    }

    private JsonNode found(JsonPointer path) {
        JsonNode found = path.find(root);
        if (found == null) {
            throw nothing(path);
        }
        return found;
    }

    private RuntimeException nothing(JsonPointer path) {
        return conflict("there is nothing at " + path + ".");
    }

    private RuntimeException conflict(String why) {
        return ProblemType.PATCH_CONFLICT.at("/" + index, "Operation " + index + ": " + why);
    }

    /** A document can be made deeper than anything that could be read; it can't be written then. */
    private static byte[] write(JsonNode value) {
        try {
            return Json.write(value);
        } catch (StreamConstraintsException tooDeep) {
            throw ProblemType.INVALID_JSON.because(
                    "The patch makes the resource deeper than a resource may be.");
        }
    }
}
