package dev.genstore.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;

class PropertyLinesTest {
    @ParameterizedTest
    @MethodSource("texts")
    void each_property_has_its_line(String text, List<String> expected) {
        assertThat(read(text)).isEqualTo(expected);
    }

    static List<Arguments> texts() {
        return List.of(
                Arguments.of("", List.of()),
                Arguments.of(
                        "a=1\nb = 2\n\nc:3\nd 4",
                        List.of("f:1: a=1", "f:2: b=2", "f:4: c=3", "f:5: d=4")),
                Arguments.of("a=1\r\nb=2\rc=3", List.of("f:1: a=1", "f:2: b=2", "f:3: c=3")),
                Arguments.of("# a=1\n  ! b=2\nc=3 # d", List.of("f:3: c=3 # d")),
                Arguments.of("# goes on \\\na=1", List.of("f:2: a=1")),
                Arguments.of("a=1,\\\n  2,\\\n  #3\nb=4", List.of("f:1: a=1,2,#3", "f:4: b=4")),
                Arguments.of("a=1\\\\\nb=2", List.of("f:1: a=1\\", "f:2: b=2")),
                Arguments.of("a=1\\", List.of("f:1: a=1")),
                Arguments.of("a=1\na=2", List.of("f:1: a=1", "f:2: a=2")),
                Arguments.of("a", List.of("f:1: a=")),
                Arguments.of("\uFEFFa=\u00FC\\u00fc", List.of("f:1: a=\u00FC\u00FC")));
    }

    @Test
    void a_malformed_escape_is_refused_with_its_line() {
        assertThatThrownBy(() -> read("a=1\nb=\\u12"))
                .isInstanceOf(UsageError.class)
                .hasMessage("f:2: A \\u must have four hexadecimal digits behind it.");
    }

    private static List<String> read(String text) {
        var properties = new ArrayList<String>();
        PropertyLines.read(
                "f", text, (place, key, value) -> properties.add(place + key + "=" + value));
        return properties;
    }
}
