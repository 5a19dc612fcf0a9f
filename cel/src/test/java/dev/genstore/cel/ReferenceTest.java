package dev.genstore.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.query.FilterLimits;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The reference of filters says what is so. */
class ReferenceTest {
    private static final Pattern EXAMPLES = Pattern.compile("```cel\n(.*?)```", Pattern.DOTALL);

    @Test
    void the_examples_of_the_reference_are_filters() throws IOException {
        List<String> examples = EXAMPLES.matcher(reference())
                .results()
                .flatMap(block -> block.group(1).lines())
                .toList();
        assertThat(examples).hasSizeGreaterThan(5).allSatisfy(Trial::filter);
    }

    @Test
    void the_reference_names_every_limit() throws IOException, IllegalAccessException {
        for (Field limit : FilterLimits.class.getFields()) {
            String value = String.format(Locale.ROOT, "%,d", limit.getInt(null));
            assertThat(reference()).as(limit.getName()).containsPattern("[| ]" + value + "[ ,.]");
        }
    }

    private static String reference() throws IOException {
        Path place = Path.of("").toAbsolutePath();
        while (!Files.exists(place.resolve("mvnw"))) {
            place = place.resolve("..").normalize();
        }
        return Files.readString(place.resolve("docs/reference/filters.md"));
    }
}
