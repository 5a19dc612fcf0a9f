package dev.genstore.console;

import dev.genstore.resource.ProblemType;
import dev.genstore.router.Reply;
import dev.genstore.router.Request;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The console's files. They tell nothing of a store: the page asks for what it shows like any other
 * client, as far as whoever looks at it may see that.
 *
 * <p>Thread-safe.
 */
public final class Console {
    private static final String PAGE = "index.html";

    /** What its build makes; nothing else is looked for. */
    private static final Set<String> NAMES = Set.of(
            PAGE,
            "console.js",
            "console.css",
            "charts.js",
            "genstore.js",
            "demos/genstore.js",
            "demos/demo.css",
            "demos/todo/index.html",
            "demos/todo/todo.js",
            "demos/board/index.html",
            "demos/board/board.js");

    private static final Map<String, Function<Request, String>> PLACES = Map.of(
            "/console", request -> PAGE,
            "/console/{file}", request -> named(request, "file"),
            "/console/demos/{file}", request -> "demos/" + named(request, "file"),
            "/console/demos/{demo}/{file}",
                    request -> "demos/" + named(request, "demo") + "/" + named(request, "file"));

    /** Each is read when somebody first asks for it, so a start need not wait. */
    private final Map<String, WebFile> files = new ConcurrentHashMap<>();

    /** The URLs of its files. */
    public static Set<String> templates() {
        return PLACES.keySet();
    }

    /** All of its files. */
    public static Set<String> names() {
        return NAMES;
    }

    /** The paths at which its files are. */
    public static Set<String> paths() {
        return Stream.concat(Stream.of("/console"), NAMES.stream().map(name -> "/console/" + name))
                .collect(Collectors.toSet());
    }

    /**
     * The file that a request at one of the URLs asks for.
     *
     * @throws dev.genstore.resource.Problem 404 where there is none
     */
    public Reply read(String template, Request request) {
        request.query().allowOnly(Set.of());
        String name = Objects.requireNonNull(PLACES.get(template), template).apply(request);
        if (!NAMES.contains(name)) {
            throw ProblemType.NOT_FOUND.because("The console has no such file; it is at /console.");
        }
        return files.computeIfAbsent(name, WebFile::read).answer(request);
    }

    private static String named(Request request, String variable) {
        return request.variable(variable);
    }
}
