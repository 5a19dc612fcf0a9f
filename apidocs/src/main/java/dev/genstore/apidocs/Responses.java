package dev.genstore.apidocs;

import dev.genstore.resource.ProblemType;
import dev.genstore.router.Answer;
import dev.genstore.router.Content;
import dev.genstore.router.Description;
import dev.genstore.router.Parameter;

import tools.jackson.databind.node.ObjectNode;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The answers of operations. Problems stand in one place for all. Confined to one thread. */
final class Responses {
    private static final String PROBLEM_TYPE = "application/problem+json";
    private static final String ANYTHING = "*/*";

    /** What any request may be answered with, whatever it asks for. */
    private static final Set<ProblemType> ALWAYS = EnumSet.of(
            ProblemType.BAD_REQUEST,
            ProblemType.INVALID_HEADER,
            ProblemType.INVALID_PARAMETER,
            ProblemType.FORBIDDEN,
            ProblemType.FORBIDDEN_ORIGIN,
            ProblemType.TOKEN_IN_URL,
            ProblemType.UNAUTHENTICATED,
            ProblemType.INVALID_TOKEN,
            ProblemType.REQUEST_TIMEOUT,
            ProblemType.BODY_TOO_LARGE,
            ProblemType.URI_TOO_LONG,
            ProblemType.EXPECTATION_FAILED,
            ProblemType.MISDIRECTED,
            ProblemType.TOO_MANY_REQUESTS,
            ProblemType.HEADERS_TOO_LARGE,
            ProblemType.INTERNAL,
            ProblemType.NOT_IMPLEMENTED,
            ProblemType.OVERLOADED,
            ProblemType.ISSUER_UNAVAILABLE,
            ProblemType.VERSION_NOT_SUPPORTED);

    /** The headers that tell more of a problem. */
    private static final Map<Integer, List<String>> TELLING = Map.of(
            400, List.of("WWW-Authenticate"),
            412, List.of("ETag"),
            415, List.of("Accept-Patch", "Accept-Query", "Accept-Encoding"),
            426, List.of("Sec-WebSocket-Version"),
            429, List.of("Retry-After"),
            503, List.of("Retry-After"));

    /** The headers that tell a client that is counted what is left to him, in any answer. */
    private static final List<String> COUNTING = List.of("RateLimit", "RateLimit-Policy");

    private final Pool pool = new Pool("#/components/responses/");
    private final Pool headers = new Pool("#/components/headers/");

    ObjectNode parts() {
        return pool.parts();
    }

    ObjectNode headers() {
        return headers.parts();
    }

    /** Those of an operation. */
    ObjectNode of(Description described, Shapes shapes) {
        ObjectNode responses = Trees.object();
        if (described.answers().isEmpty()) {
            responses.set("2XX", unknown("What the action answers."));
        }
        described.answers().stream()
                .sorted((one, other) -> Integer.compare(one.status(), other.status()))
                .forEach(answer -> responses.set("" + answer.status(), answer(answer, shapes)));
        problems(described.problems())
                .forEach((status, types) -> responses.set("" + status, problem(status, types)));
        if (described.answers().isEmpty()) {
            responses.set("default", unknown("Whatever else the action answers, and problems."));
        } else {
            responses.set("default", other());
        }
        return responses;
    }

    private ObjectNode unknown(String description) {
        return telling(Trees.object("description", description), List.of())
                .set("content", Trees.object(ANYTHING, Trees.object()));
    }

    private ObjectNode answer(Answer answer, Shapes shapes) {
        ObjectNode response = telling(Trees.object("description", answer.meaning()), List.of());
        ObjectNode named = response.withObjectProperty("headers");
        answer.headers().forEach(header -> named.set(header.name(), header(header)));
        if (!answer.content().isEmpty()) {
            response.set("content", content(answer.content(), shapes));
        }
        return response;
    }

    private ObjectNode header(Parameter header) {
        ObjectNode part = Trees.object("description", header.meaning());
        part.set("schema", Trees.schema(header.schema(), Shapes.ANY));
        return headers.put(header.name(), part);
    }

    /** The forms of a body. */
    static ObjectNode content(List<Content> forms, Shapes shapes) {
        ObjectNode content = Trees.object();
        forms.forEach(form -> content.set(
                form.mediaType(), Trees.object("schema", Trees.schema(form.schema(), shapes))));
        return content;
    }

    private static Map<Integer, Set<ProblemType>> problems(Set<ProblemType> own) {
        var byStatus = new TreeMap<Integer, Set<ProblemType>>();
        own.forEach(type ->
                byStatus.computeIfAbsent(type.status(), Responses::always).add(type));
        return byStatus;
    }

    private static Set<ProblemType> always(int status) {
        return ALWAYS.stream()
                .filter(type -> type.status() == status)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(ProblemType.class)));
    }

    private ObjectNode problem(int status, Set<ProblemType> types) {
        List<String> telling = TELLING.getOrDefault(status, List.of());
        return pool.put("Problem" + status, telling(response(types), telling));
    }

    private ObjectNode other() {
        return pool.put(
                "OtherProblem",
                telling(response(ALWAYS), List.of("Retry-After", "WWW-Authenticate"))
                        .put("description", "A problem that any request may be answered with."));
    }

    private ObjectNode telling(ObjectNode response, List<String> names) {
        ObjectNode named = response.putObject("headers");
        Stream.concat(COUNTING.stream(), names.stream()).forEach(name -> {
            named.set(name, header(Parameter.header(name, "", Parameter.TEXT)));
        });
        return response;
    }

    private static ObjectNode response(Set<ProblemType> types) {
        ObjectNode schema = Trees.object();
        schema.withArrayProperty("allOf").add(Trees.reference(Trees.SCHEMAS + "Problem"));
        schema.withObjectProperty("properties")
                .set(
                        "type",
                        Trees.object(
                                "enum",
                                Trees.array(types.stream()
                                        .sorted()
                                        .map(ProblemType::uri)
                                        .toList())));
        ObjectNode response = Trees.object(
                "description",
                types.stream().sorted().map(Responses::line).collect(Collectors.joining("\n")));
        response.set("content", Trees.object(PROBLEM_TYPE, Trees.object("schema", schema)));
        return response;
    }

    private static String line(ProblemType type) {
        return "* `" + type.slug() + "`: " + type.title();
    }
}
