package dev.genstore.client;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a connection tells: an event, or how far a page has been read. Immutable, as nobody changes
 * its tree.
 *
 * @param place what its id says
 * @param prev that of the event before it, or null
 * @param commit the position of the last change of its batch, or null
 */
record Message(
        Type type,
        String id,
        Position place,
        @Nullable Position prev,
        @Nullable Position commit,
        JsonNode event) {
    /** Of one message, in UTF-8. One that is larger ends the watch, as it would come again. */
    static final int BYTES_MAX = 64 << 20;

    enum Type {
        CREATED,
        UPDATED,
        DELETED,
        SYNCED,
        RESET,
        /** A page has been read so far, without an event for it. */
        AT
    }

    /** An event as it came. */
    static Message read(JsonMapper mapper, String json) {
        try {
            return of(mapper.readTree(json));
        } catch (JacksonException unreadable) {
            throw new IllegalArgumentException("not an event", unreadable);
        }
    }

    static Message of(JsonNode event) {
        Type type = switch (event.path("type").asString("")) {
            case "created" -> Type.CREATED;
            case "updated" -> Type.UPDATED;
            case "deleted" -> Type.DELETED;
            case "synced" -> Type.SYNCED;
            case "reset" -> Type.RESET;
            default -> throw new IllegalArgumentException("not an event");
        };
        String id = event.path("id").asString("");
        return new Message(
                type, id, Position.of(id), place(event, "prev"), place(event, "commit"), event);
    }

    /** That everything up to here has been read. */
    static Message at(Type type, String position, JsonNode nothing) {
        return new Message(type, position, Position.of(position), null, null, nothing);
    }

    static Problem tooLarge() {
        return new Problem(
                413,
                "/problems/message-too-large",
                "A message has more than " + BYTES_MAX + " bytes.");
    }

    private static @Nullable Position place(JsonNode event, String name) {
        JsonNode member = event.path(name);
        return member.isString() ? Position.of(member.stringValue()) : null;
    }
}
