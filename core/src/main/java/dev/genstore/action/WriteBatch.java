package dev.genstore.action;

import dev.genstore.resource.Problem;
import dev.genstore.router.Action;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;
import dev.genstore.store.Outcome;
import dev.genstore.store.Resources;
import dev.genstore.store.Write;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code POST /api/_batch}: many writes, all of them or none, with one answer for each. */
public final class WriteBatch implements Action<Resources> {
    @Override
    public Reply act(Request request, Resources resources) {
        request.query().allowOnly(Set.of());
        MediaTypes.require(request, Set.of(MediaTypes.JSON));
        Conditions.refuse(request, "give each operation its own.");
        List<Write> writes = BatchDocument.read(request, resources);
        Returning returning = Returning.of(request);
        try {
            return Writing.batch(
                    request,
                    resources,
                    writes,
                    outcomes -> returning.applied(
                            Reply.json(200, results(outcomes, returning, resources))));
        } catch (Problem problem) {
            throw problem.errors().isEmpty() ? problem : problem.inside("/operations");
        }
    }

    private static byte[] results(
            List<Outcome> outcomes, Returning returning, Resources resources) {
        var json = new ByteArrayOutputStream();
        json.writeBytes(utf8("{\"results\":["));
        String separator = "";
        for (Outcome outcome : outcomes) {
            json.writeBytes(utf8(separator));
            write(returning.of(Answers.outcome(outcome, resources)), json);
            separator = ",";
        }
        json.writeBytes(utf8("]}"));
        return json.toByteArray();
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
