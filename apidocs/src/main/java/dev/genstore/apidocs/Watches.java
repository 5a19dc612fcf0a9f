package dev.genstore.apidocs;

import dev.genstore.resource.ProblemType;
import dev.genstore.router.Answer;
import dev.genstore.router.Binding;
import dev.genstore.router.Content;
import dev.genstore.router.Description;
import dev.genstore.router.Method;
import dev.genstore.router.Parameter;
import dev.genstore.router.Watchable;

import java.util.ArrayList;
import java.util.List;

/** What a URL takes and answers, besides what its action says, because it can be watched. */
final class Watches {
    static final Parameter SINCE = Parameter.query(
            "since",
            "Where a watch begins: absent, from now on; a position, a revision or a time: every"
                    + " change after it; `0`: everything.",
            "{\"type\":\"string\",\"examples\":[\"k3f9a1-1842\",\"0\",\"2026-11-21T09:30:00Z\"]}");
    static final Parameter DATA = Parameter.query(
            "data",
            "How much of each change a watch tells: the resource, a patch, or nothing.",
            "{\"enum\":[\"full\",\"patch\",\"none\"],\"default\":\"full\"}");
    private static final Parameter CURSOR = Parameter.query(
            "cursor", "Where a page of changes begins, as `Link` has it.", Parameter.TEXT);
    private static final Parameter LAST_EVENT_ID =
            Parameter.header("Last-Event-ID", "As `since`, and wins over it.", Parameter.TEXT);
    private static final Parameter PREFER = Parameter.header(
            "Prefer",
            "`wait=30` with `If-None-Match` waits so many seconds until there is something else"
                    + " than what the client has; a page of changes waits for one.",
            "{\"type\":\"string\",\"examples\":[\"wait=30\"]}");
    private static final Parameter IF_NONE_MATCH = Parameter.header(
            "If-None-Match", "Only if it is none of these versions; else 304.", Parameter.TEXT);
    private static final Parameter LINK = Parameter.header(
            "Link", "`rel=\"next\"` leads to the next page or to later changes.", Parameter.TEXT);
    private static final Parameter APPLIED = Parameter.header(
            "Preference-Applied", "Which preferences were honoured.", Parameter.TEXT);
    private static final Parameter BUFFERING = Parameter.header(
            "X-Accel-Buffering", "Asks a proxy not to hold back events.", Parameter.TEXT);
    private static final Parameter INCREMENTAL = Parameter.header(
            "Incremental", "Asks a proxy not to hold back events.", Parameter.TEXT);

    private static final List<Content> FORMS = List.of(
            Content.of(
                    "text/event-stream",
                    "{\"type\":\"string\",\"description\":\"Server-Sent Events whose data are"
                            + " events.\"}"),
            Content.of(
                    "application/x-ndjson",
                    "{\"type\":\"string\",\"description\":\"An event in each line.\"}"),
            Content.of(
                    "application/cloudevents-batch+json",
                    "{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/Event\"}}"));

    private Watches() {}

    /** Whether the URLs of a binding can be watched. */
    static boolean has(Binding<?> binding) {
        return binding.method() == Method.GET && binding.action() instanceof Watchable;
    }

    /** Whether a watch over a WebSocket takes a parameter, as the action that is watched says. */
    static boolean takes(Binding<?> binding, Parameter parameter) {
        return parameter.place() == Parameter.Place.QUERY
                && (parameter.equals(SINCE)
                        || parameter.equals(DATA)
                        || (binding.action() instanceof Watchable watchable
                                && watchable.takes(parameter.name())));
    }

    /** The whole description of a binding. */
    static Description described(Binding<?> binding) {
        return has(binding) ? watched(binding.description()) : binding.description();
    }

    private static Description watched(Description own) {
        List<Parameter> parameters = new ArrayList<>(own.parameters());
        for (Parameter more : List.of(SINCE, DATA, CURSOR, LAST_EVENT_ID, PREFER, IF_NONE_MATCH)) {
            if (parameters.stream().noneMatch(each -> isSame(each, more))) {
                parameters.add(more);
            }
        }
        return new Description(
                        own.summary(),
                        own.name(),
                        own.group(),
                        own.details(),
                        parameters,
                        own.takes(),
                        answers(own.answers()),
                        own.problems())
                .problems(
                        ProblemType.INVALID_POSITION,
                        ProblemType.FORBIDDEN_ORIGIN,
                        ProblemType.NOT_ACCEPTABLE,
                        ProblemType.UPGRADE_REQUIRED);
    }

    private static boolean isSame(Parameter one, Parameter other) {
        return one.place() == other.place() && one.name().equals(other.name());
    }

    private static List<Answer> answers(List<Answer> own) {
        List<Answer> all = new ArrayList<>(List.of(
                Answer.of(101, "A WebSocket, where one was asked for; see `/asyncapi.json`.")));
        for (Answer answer : own) {
            all.add(answer.status() == 200 ? streamed(answer) : answer);
        }
        if (own.isEmpty()) {
            all.add(streamed(Answer.of(
                    200, "What the action answers.", Content.json("{\"type\":\"object\"}"))));
        }
        return all;
    }

    private static Answer streamed(Answer snapshot) {
        List<Content> forms = new ArrayList<>(snapshot.content());
        forms.addAll(FORMS);
        List<Parameter> headers = new ArrayList<>(snapshot.headers());
        for (Parameter more : List.of(LINK, APPLIED, BUFFERING, INCREMENTAL)) {
            if (headers.stream().noneMatch(each -> isSame(each, more))) {
                headers.add(more);
            }
        }
        return new Answer(200, snapshot.meaning(), forms, headers);
    }
}
