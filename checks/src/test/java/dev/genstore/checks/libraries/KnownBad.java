package dev.genstore.checks.libraries;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of the list of versions that the build refuses.
 *
 * @param group of the library
 * @param artifact of the library; {@code *} for all of the group
 * @param versions a range as Maven writes it; null for all
 */
record KnownBad(String group, String artifact, @Nullable String versions) {
    private static final String OTHERS = "<!-- What others often bring. -->";
    private static final Pattern LINE = Pattern.compile(
            "<exclude>([^:<]+):([^:<]+)(?::([^:<]+))?(?::[^<]*)?</exclude> <!-- \\S.* -->");

    /** Where the list is. */
    static Path file() {
        return root().resolve(".mvn/known-bad-versions.xml");
    }

    /** The root of the project is where mvnw is, wherever the tests run. */
    static Path root() {
        Path place = Path.of("").toAbsolutePath();
        while (!Files.exists(place.resolve("mvnw"))) {
            place = place.resolve("..").normalize();
        }
        return place;
    }

    /** The lines on what Genstore is made of or tested by; the others are for what may come. */
    static List<KnownBad> ofOwnLibraries() throws IOException {
        String list = Files.readString(file());
        if (!list.contains(OTHERS)) {
            throw new IllegalStateException("There is no part of the list that begins: " + OTHERS);
        }
        return list.substring(0, list.indexOf(OTHERS))
                .lines()
                .filter(line -> line.contains("<exclude>"))
                .map(KnownBad::read)
                .toList();
    }

    private static KnownBad read(String line) {
        Matcher matcher = LINE.matcher(line.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no library with an advisory: " + line);
        }
        return new KnownBad(matcher.group(1), matcher.group(2), matcher.group(3));
    }

    /** Whether it speaks of this library, in whatever version. */
    boolean isOn(Library library) {
        return library.group().equals(group)
                && ("*".equals(artifact) || library.artifact().equals(artifact));
    }
}
