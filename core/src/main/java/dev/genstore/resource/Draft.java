package dev.genstore.resource;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A resource as a client wants it: its own members, and the id if it named one. What the server
 * adds to a resource ({@code _revision}, {@code _created}, {@code _updated}, and to a definition {@code
 * _building}) may be sent back and is left out; other names with a leading {@code _} are kept for the
 * server.
 *
 * <p>Immutable.
 *
 * @param id the id that the client gave, or null when it gave none
 * @param members the client's members
 */
public record Draft(@Nullable String id, Json members) {

    /**
     * Reads and checks a body.
     *
     * @throws Problem 400 when it is not strict JSON, not an object, or claims a server's name
     */
    public static Draft read(byte[] utf8) {
        var filter = new OwnMembers();
        byte[] members = StrictJson.copy(utf8, filter);
        return new Draft(filter.id, Json.trusted(members));
    }

    /**
     * The draft, when it is not too long to be stored.
     *
     * @throws Problem 413 {@code body-too-large}
     */
    public Draft atMost(int bytesMax) {
        if (members.bytes().length > bytesMax) {
            throw ProblemType.BODY_TOO_LARGE.because(
                    "A resource has at most " + bytesMax + " bytes of JSON.");
        }
        return this;
    }

    /**
     * The members, when the draft may stand at this id.
     *
     * @throws Problem 400 {@code invalid-resource} when it names another id
     */
    public Json membersFor(String urlId) {
        if (id != null && !id.equals(urlId)) {
            throw ProblemType.INVALID_RESOURCE.at(
                    "/id",
                    "The body's id contradicts the URL; leave it out or make both the same.");
        }
        return members;
    }

    /** Takes the id aside and drops what the server adds; confined to one reading. */
    private static final class OwnMembers implements StrictJson.MemberFilter {
        private @Nullable String id;

        @Override
        public boolean keeps(String name, JsonToken valueToken, JsonParser parser) {
            return switch (name) {
                case "id" -> takeId(valueToken, parser);
                case "_revision", "_created", "_updated", "_building" -> false;
                default -> isClients(name);
            };
        }

        private boolean takeId(JsonToken valueToken, JsonParser parser) {
            if (valueToken != JsonToken.VALUE_STRING) {
                throw ProblemType.INVALID_RESOURCE.at("/id", "An id is a string.");
            }
            id = Names.id(parser.getString());
            Credentials.refuse(id);
            return false;
        }

        private static boolean isClients(String name) {
            if (name.startsWith("_")) {
                throw ProblemType.INVALID_RESOURCE.at(
                        JsonPointer.to(name),
                        "Names with a leading _ belong to the server; choose another.");
            }
            return true;
        }
    }
}
