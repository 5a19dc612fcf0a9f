package dev.genstore.checks;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A Java file of the project as the JDK's own compiler parses it. Names are not resolved, so that any
 * text will do, however little of the project stands around it. Confined to the thread that parsed it.
 *
 * @param path from the root of the project, with slashes
 */
record Source(String path, CompilationUnitTree unit, SourcePositions positions) {
    /** The modules that do not stand in the root. */
    private static final List<Path> DEEPER = List.of(
            Path.of("bench", "jmh"),
            Path.of("examples", "plain"),
            Path.of("examples", "spring-boot"));

    /** All Java files below {@code src/main/java} and {@code src/test/java} of all modules. */
    static List<Source> ofProject() {
        Path root = root();
        try (Stream<Path> folders = Files.list(root)) {
            Stream<Path> modules = Stream.concat(folders, DEEPER.stream().map(root::resolve));
            List<Path> files = modules.flatMap(module ->
                            Stream.of("src/main/java", "src/test/java").map(module::resolve))
                    .filter(Files::isDirectory)
                    .flatMap(Source::javaFiles)
                    .sorted()
                    .toList();
            List<JavaFileObject> texts = new ArrayList<>();
            for (Path file : files) {
                String path = root.relativize(file).toString().replace('\\', '/');
                texts.add(new Text(path, Files.readString(file)));
            }
            return parse(texts);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** One file from a string, as if it stood at {@code path}. */
    static Source of(String path, String text) {
        return parse(List.of(new Text(path, text))).getFirst();
    }

    long line(Tree tree) {
        return unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
    }

    /** The lines of {@code tree} with its annotations and without the comment above. */
    long lines(Tree tree) {
        long end = positions.getEndPosition(unit, tree);
        return unit.getLineMap().getLineNumber(end) - line(tree) + 1;
    }

    long lines() {
        return text().lines().count();
    }

    boolean isTest() {
        return path.contains("/src/test/") || path.startsWith("testkit/");
    }

    boolean isMain() {
        return path.contains("/src/main/");
    }

    private String text() {
        try {
            return unit.getSourceFile().getCharContent(true).toString();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<Source> parse(List<JavaFileObject> texts) {
        if (texts.isEmpty()) {
            return List.of();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavacTask task =
                (JavacTask) compiler.getTask(null, null, null, List.of("-proc:none"), null, texts);
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        List<Source> sources = new ArrayList<>();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                String path = unit.getSourceFile().toUri().getPath().substring(1);
                sources.add(new Source(path, unit, positions));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return sources;
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Where mvnw is: Maven runs tests in the module's directory, an editor perhaps in the project's. */
    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        for (Path place = here; place != null; place = place.getParent()) {
            if (Files.exists(place.resolve("mvnw"))) {
                return place;
            }
        }
        throw new IllegalStateException("no directory from " + here + " upwards has an mvnw");
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(String path, String text) {
            super(URI.create("string:///" + path), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
