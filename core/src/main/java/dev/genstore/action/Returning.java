package dev.genstore.action;

import dev.genstore.router.Preferences;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;

/** What a writer wants to be answered with (RFC 7240, 4.2). */
enum Returning {
    /** It does not say, and is given the resource. */
    UNSAID,
    MINIMAL,
    REPRESENTATION;

    /** What the request prefers. */
    static Returning of(Request request) {
        return switch (Preferences.value(request, "return")) {
            case "minimal" -> MINIMAL;
            case "representation" -> REPRESENTATION;
            default -> UNSAID;
        };
    }

    /** The answer as it is wanted, made of the one that has everything. */
    Reply of(Reply full) {
        return this == MINIMAL ? withoutContent(full) : full;
    }

    /** The answer, and that the preference was honoured. */
    Reply applied(Reply reply) {
        return switch (this) {
            case UNSAID -> reply;
            case MINIMAL -> reply.with("Preference-Applied", "return=minimal");
            case REPRESENTATION ->
                reply.body().length == 0
                        ? reply
                        : reply.with("Preference-Applied", "return=representation");
        };
    }

    /** What is made stays 201; elsewhere 204 is the success that has no content (RFC 9110, 15.3.5). */
    private static Reply withoutContent(Reply full) {
        Reply[] bare = {Reply.of(full.status() == 200 ? 204 : full.status()).telling(full.effect())
        };
        full.headers().forEach((name, value) -> {
            if (!"Content-Type".equals(name)) {
                bare[0] = bare[0].with(name, value);
            }
        });
        return bare[0];
    }
}
