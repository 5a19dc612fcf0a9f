package dev.genstore.action;

import dev.genstore.resource.Position;
import dev.genstore.router.Effect;
import dev.genstore.router.Reply;

import java.nio.charset.StandardCharsets;

/**
 * A reply with JSON as the text that is kept for those who repeat their request: its status, its
 * header fields in a line each, an empty line and its content.
 */
final class KeptReply {
    private KeptReply() {}

    static String write(Reply reply) {
        var text = new StringBuilder().append(reply.status()).append('\n');
        reply.headers()
                .forEach((name, value) ->
                        text.append(name).append(": ").append(value).append('\n'));
        return text.append('\n')
                .append(new String(reply.body(), StandardCharsets.UTF_8))
                .toString();
    }

    /** The same once more, for which nothing was done. */
    static Reply read(String text) {
        int headEnd = text.indexOf("\n\n");
        String[] head = text.substring(0, headEnd).split("\n", -1);
        byte[] body = text.substring(headEnd + 2).getBytes(StandardCharsets.UTF_8);
        int status = Integer.parseInt(head[0]);
        Reply reply = (body.length == 0 ? Reply.of(status) : Reply.json(status, body))
                .telling(new Effect.Unchanged(null));
        for (int i = 1; i < head.length; i++) {
            int colon = head[i].indexOf(':');
            String name = head[i].substring(0, colon);
            reply = with(reply, name, head[i].substring(colon + 2));
        }
        return reply;
    }

    private static Reply with(Reply reply, String name, String value) {
        return switch (name) {
            case "Content-Type" -> reply;
            case "ETag" -> withTag(reply, value);
            default -> reply.with(name, value);
        };
    }

    private static Reply withTag(Reply reply, String tag) {
        Position position = Position.parse(tag.substring(1, tag.length() - 1));
        return reply.with("ETag", tag).telling(new Effect.Unchanged(position));
    }
}
