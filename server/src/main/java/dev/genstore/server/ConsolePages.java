package dev.genstore.server;

import dev.genstore.console.Console;
import dev.genstore.embedded.GenstoreBuilder;
import dev.genstore.resource.ProblemType;
import dev.genstore.router.Answer;
import dev.genstore.router.Content;
import dev.genstore.router.Description;
import dev.genstore.router.Method;
import dev.genstore.router.Parameter;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;

import java.util.Set;

/** The console at {@code /console}. Its files are for everybody, and what it shows is not. */
final class ConsolePages {
    private static final Parameter ETAG =
            Parameter.header("ETag", "The version of what it says.", Parameter.TEXT);

    private ConsolePages() {}

    static void bindTo(GenstoreBuilder builder) {
        var console = new Console();
        builder.context(Console.class, resources -> console);
        for (String template : Console.templates()) {
            builder.bindForEveryone(
                    Method.GET,
                    template,
                    Console.class,
                    (request, files) -> files.read(template, request),
                    () -> described(template));
        }
        builder.bindForEveryone(
                Method.GET, "/console/", Console.class, (request, files) -> withoutSlash(request));
    }

    /** Who types a slash behind it means the page. */
    private static Reply withoutSlash(Request request) {
        request.query().allowOnly(Set.of());
        return Reply.of(308).with("Location", "/console");
    }

    private static Description described(String template) {
        return Description.of(
                        template.equals("/console")
                                ? "A page that shows the store"
                                : "A file of the console")
                .in("console")
                .with(Parameter.header(
                        "If-None-Match",
                        "Only if it is none of these versions; else 304.",
                        Parameter.TEXT))
                .answers(
                        Answer.of(200, "It.", type(template)).with(ETAG),
                        Answer.of(304, "You have it.").with(ETAG))
                .problems(ProblemType.NOT_FOUND);
    }

    /** What a file is depends on its name. */
    private static Content type(String template) {
        return Content.of(template.equals("/console") ? "text/html" : "text/*", Parameter.TEXT);
    }
}
