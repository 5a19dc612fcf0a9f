package dev.genstore.action;

import dev.genstore.resource.Position;
import dev.genstore.router.Effect;
import dev.genstore.router.Method;
import dev.genstore.router.Reply;
import dev.genstore.store.Edit;
import dev.genstore.store.Outcome;
import dev.genstore.store.Resources;
import dev.genstore.store.Write;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The answer to a batch that was done: one result for each operation.
 *
 * @param returning what its sender wants of them
 */
record BatchResults(Returning returning, Resources resources) {
    Reply of(List<Write> writes, List<Outcome> outcomes) {
        var json = new ByteArrayOutputStream();
        var told = new ArrayList<Effect.Written>(outcomes.size());
        json.writeBytes(utf8("{\"results\":["));
        for (int i = 0; i < outcomes.size(); i++) {
            json.writeBytes(utf8(i == 0 ? "" : ","));
            Reply reply = returning.of(Answers.outcome(outcomes.get(i), resources));
            write(reply, json);
            told.add(written(writes.get(i), outcomes.get(i), reply));
        }
        json.writeBytes(utf8("]}"));
        return Reply.json(200, json.toByteArray()).telling(new Effect.Batch(told));
    }

    private static Effect.Written written(Write write, Outcome outcome, Reply reply) {
        Method method = switch (write.edit()) {
            case Edit.Create _ -> Method.POST;
            case Edit.Replace _ -> Method.PUT;
            case Edit.Patch _ -> Method.PATCH;
            case Edit.Delete _ -> Method.DELETE;
        };
        String path = "/api/" + write.collection() + '/' + write.id();
        return new Effect.Written(
                method,
                path,
                reply.status(),
                outcome instanceof Outcome.Changed,
                position(reply.effect()));
    }

    private static @Nullable Position position(Effect effect) {
        return switch (effect) {
            case Effect.At(Position made) -> made;
            case Effect.Unchanged(Position found) -> found;
            case Effect.None _, Effect.Refused _, Effect.Batch _, Effect.Untold _ -> null;
        };
    }

    private static void write(Reply reply, ByteArrayOutputStream json) {
        json.writeBytes(utf8("{\"status\":" + reply.status() + member(reply, "ETag", "etag")
                + member(reply, "Location", "location")));
        if (reply.body().length > 0) {
            json.writeBytes(utf8(",\"body\":"));
            json.writeBytes(reply.body());
        }
        json.write('}');
    }

    /** A header's value, in which only quotes have to be escaped. */
    private static String member(Reply reply, String header, String name) {
        Optional<String> value = reply.headers().first(header);
        return value.map(text -> ",\"" + name + "\":\"" + text.replace("\"", "\\\"") + '"')
                .orElse("");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
