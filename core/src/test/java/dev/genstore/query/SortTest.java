package dev.genstore.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genstore.resource.Json;
import dev.genstore.resource.Problem;
import dev.genstore.resource.Resource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** {@link Sort}, {@link SortValue} and {@link Index}. */
class SortTest {
    @ParameterizedTest
    @ValueSource(strings = {"id", "-id", "a", "-a", "a,-b", "-a,id", "a.b,-c,id", "_created,größe"})
    void an_order_is_written_as_it_is_read(String text) {
        assertThat(Sort.parse(text)).hasToString(text);
        assertThat(Sort.parse(Sort.parse(text).toString())).isEqualTo(Sort.parse(text));
    }

    @Test
    void ids_go_where_the_last_member_goes() {
        assertThat(Sort.parse("a,-b,-id")).isEqualTo(Sort.parse("a,-b")).hasToString("a,-b");
        assertThat(Sort.parse("a,id")).isEqualTo(Sort.parse("a"));
        assertThat(Sort.parse("-a,id")).isNotEqualTo(Sort.parse("-a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", ",", "a,", "a,a", "a,-a", "id,a", "a.", ".a", "a\"", "\\"})
    void what_is_no_order_is_refused(String text) {
        assertThatThrownBy(() -> Sort.parse(text)).isInstanceOf(Problem.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-a", "a,-b", "id", "a,b,c,d,e", ""})
    void what_is_no_index_is_refused(String text) {
        assertThatThrownBy(() -> Index.parse(text)).isInstanceOf(Problem.class);
    }

    @Test
    void values_have_one_order() {
        List<String> inOrder = List.of(
                "null",
                "-1e300",
                "-0.5",
                "-0.0",
                "0.5",
                "true",
                "9007199254740992",
                "6930898827444486144.0",
                "6930898827444487000",
                "1e300",
                "\"\"",
                "\"10\"",
                "\"9\"",
                "[1,2.0]",
                "[1,2]",
                "\"a\\u0000\"",
                "\"\uFFFD\"",
                "\"🌍\"");
        var resources = new ArrayList<>(IntStream.range(0, inOrder.size())
                .mapToObj(i -> resource("%02d".formatted(i), "{\"a\":" + inOrder.get(i) + "}"))
                .toList());
        List<Resource> expected = List.copyOf(resources);
        Collections.shuffle(resources, new Random(1));
        Sort sort = Sort.parse("a");
        resources.sort(Comparator.comparing(sort::place, sort.order()));
        assertThat(resources).isEqualTo(expected);
        Sort reversed = Sort.parse("-a");
        resources.sort(Comparator.comparing(reversed::place, reversed.order()));
        assertThat(resources).isEqualTo(expected.reversed());
    }

    @Test
    void of_a_long_text_only_the_beginning_counts() {
        assertThat(beginning("y".repeat(300))).isEqualTo("y".repeat(256));
        assertThat(beginning("y".repeat(256))).hasSize(256);
        assertThat(beginning("é".repeat(200))).isEqualTo("é".repeat(200));
        assertThat(beginning("🌍".repeat(300))).isEqualTo("🌍".repeat(256));
        assertThat(beginning("a\u0000b")).isEqualTo("a\u0000b");
        assertThat(beginning("a\u0000" + "b".repeat(300))).isEqualTo("a");
    }

    private static String beginning(String text) {
        String once = new SortValue.Text(text).text();
        assertThat(new SortValue.Text(once).text()).isEqualTo(once);
        return once;
    }

    @Test
    void the_servers_members_have_an_order() {
        Sort sort = Sort.parse("_created,_updated,_revision");
        Place place = sort.place(resource("a", "{}"));
        assertThat(place.values())
                .containsExactly(
                        new SortValue.Whole(10), new SortValue.Whole(20), new SortValue.Whole(3));
    }

    @Test
    void fields_are_shown_as_they_were_written() {
        Resource resource = resource(
                "a", "{\"n\":1.50e1,\"t\":\"é\\n\\\"\",\"o\":{\"t\":[1, 2]},\"é\":[],\"z\":null}");
        assertThat(json(resource, "n", "t", "é"))
                .isEqualTo("{\"id\":\"a\",\"_revision\":3,"
                        + "\"n\":1.50e1,\"t\":\"é\\n\\\"\",\"é\":[]}");
        assertThat(json(resource, "o", "z"))
                .isEqualTo("{\"id\":\"a\",\"_revision\":3,\"o\":{\"t\":[1, 2]},\"z\":null}");
        assertThat(json(resource, "none")).isEqualTo("{\"id\":\"a\",\"_revision\":3}");
    }

    private static String json(Resource resource, String... names) {
        return new String(Fields.of(Set.of(names)).json(resource), StandardCharsets.UTF_8);
    }

    private static Resource resource(String id, String json) {
        return new Resource(
                "notes", id, 3, 10, 20, Json.trusted(json.getBytes(StandardCharsets.UTF_8)));
    }
}
