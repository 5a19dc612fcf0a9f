package dev.genstore.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

/** Whether random schedules would find a bug if there were one. */
class PlantedBugsTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/genstore/client");
    private static final int SCHEDULES_MAX = 1000;

    /** What is wrong, the file, what stands there, and what stands there instead. */
    record Plant(String bug, String file, String right, String wrong) {
        @Override
        public String toString() {
            return bug;
        }
    }

    static List<Plant> plants() {
        return Stream.of(inTheLine(), inTheRest()).flatMap(List::stream).toList();
    }

    private static List<Plant> inTheLine() {
        return List.of(
                new Plant("a hole is not seen", "Line", "prev.halves() > here.halves()", "false"),
                new Plant(
                        "what was told is told again",
                        "Line",
                        "return there.halves() > here.halves()",
                        "return true"),
                new Plant(
                        "a batch is not held together",
                        "Line",
                        "commit == null ? 0 : commit.halves()",
                        "0"),
                new Plant("two events of one change are not", "Line", "there.upwards()", "0"));
    }

    private static List<Plant> inTheRest() {
        return List.of(
                new Plant(
                        "a half state is shown",
                        "Live",
                        "RESET -> fresh = new TreeMap",
                        "RESET -> items = new TreeMap"),
                new Plant(
                        "what a new state does not have stays",
                        "Live",
                        "items = fresh;",
                        "items.putAll(fresh);"),
                new Plant(
                        "a connection that is silent is kept",
                        "Link",
                        "wait == waits",
                        "wait == Integer.MIN_VALUE"),
                new Plant(
                        "a better transport is not tried again",
                        "Follower",
                        "tryBeside(probes % rung);",
                        ""),
                new Plant(
                        "more is told than was asked for", "Delivery", "demand > 0", "demand > -1"),
                new Plant(
                        "who was slow is not told more",
                        "Delivery",
                        "hungry = follower;",
                        "hungry = null;"),
                new Plant(
                        "who was slow is not connected again",
                        "Follower",
                        "if (isRunning && isHeldBack)",
                        "if (isRunning && isOver)"));
    }

    @ParameterizedTest
    @MethodSource("plants")
    void it_would_be_found_that(Plant plant, @TempDir Path folder) throws Exception {
        compile(plant, folder);
        Class<?> schedule = new Variant(folder).loadClass(Schedule.class.getName());
        Constructor<?> constructor = schedule.getDeclaredConstructor(long.class);
        Method run = schedule.getDeclaredMethod("run");
        constructor.setAccessible(true);
        run.setAccessible(true);
        int tried = 0;
        while (tried < SCHEDULES_MAX && passes(constructor, run, tried)) {
            tried++;
        }
        assertThat(tried).as("schedules that do not find it").isLessThan(SCHEDULES_MAX);
    }

    private static boolean passes(Constructor<?> constructor, Method run, long seed)
            throws ReflectiveOperationException {
        try {
            run.invoke(constructor.newInstance(seed));
            return true;
        } catch (InvocationTargetException found) {
            return false;
        }
    }

    private static void compile(Plant plant, Path folder) throws IOException {
        var arguments = new ArrayList<>(List.of(
                "-proc:none",
                "-nowarn",
                "-d",
                folder.toString(),
                "-cp",
                System.getProperty("java.class.path")));
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                arguments.add(spoilt(file, plant, folder).toString());
            }
        }
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, arguments.toArray(String[]::new));
        assertThat(status).isZero();
    }

    private static Path spoilt(Path file, Plant plant, Path folder) throws IOException {
        if (!file.endsWith(plant.file() + ".java")) {
            return file;
        }
        String text = Files.readString(file);
        assertThat(text).contains(plant.right());
        return Files.writeString(
                folder.resolve(file.getFileName()), text.replace(plant.right(), plant.wrong()));
    }

    /** The client with the bug, and the tests with this client; all else is shared. */
    private static final class Variant extends ClassLoader {
        private final Path folder;

        Variant(Path folder) {
            super(PlantedBugsTest.class.getClassLoader());
            this.folder = folder;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(PlantedBugsTest.class.getPackageName() + ".")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) {
            String file = name.replace('.', '/') + ".class";
            try (InputStream bytes = open(file)) {
                byte[] all = bytes.readAllBytes();
                return defineClass(name, all, 0, all.length);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        private InputStream open(String file) throws IOException {
            Path variant = folder.resolve(file);
            if (Files.exists(variant)) {
                return Files.newInputStream(variant);
            }
            InputStream same = getParent().getResourceAsStream(file);
            if (same == null) {
                throw new IOException("no " + file);
            }
            return same;
        }
    }
}
